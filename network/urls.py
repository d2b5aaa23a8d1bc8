"""Addresses of the floor network."""

from django.urls import URLPattern, path

from network.views import (
    answers,
    board,
    directory,
    downloads,
    life_cycle,
    meetings,
    own,
    public,
    registrations,
    undo,
)

app_name = "network"

public_pages = [
    path("netzwerk/", public.Network.as_view(), name="network"),
    path("netzwerk/treffen/", public.Meetings.as_view(), name="meetings"),
    path("netzwerk/treffen.ics", public.MeetingsCalendar.as_view(), name="meetings_calendar"),
    path("netzwerk/treffen.atom", public.MeetingsFeed.as_view(), name="meetings_feed"),
    path("netzwerk/treffen/<slug:slug>/", public.ShowMeeting.as_view(), name="meeting"),
    path(
        "netzwerk/treffen/<slug:slug>.ics",
        public.MeetingCalendar.as_view(),
        name="meeting_calendar",
    ),
]

# Compact on purpose: ten areas share this file, each has its own list.
MEETING = "intern/netzwerk/treffen/<slug:slug>/"

meeting_pages = [
    path("intern/netzwerk/", meetings.Workspace.as_view(), name="workspace"),
    path("intern/netzwerk/treffen/neu/", meetings.CreateMeeting.as_view(), name="create_meeting"),
    path(f"{MEETING}bearbeiten/", meetings.EditMeeting.as_view(), name="edit_meeting"),
    path(f"{MEETING}veroeffentlichen/", meetings.PublishMeeting.as_view(), name="publish_meeting"),
    path(f"{MEETING}absagen/", meetings.CancelMeeting.as_view(), name="cancel_meeting"),
    path(f"{MEETING}schliessen/", life_cycle.CloseMeeting.as_view(), name="close_meeting"),
    path(f"{MEETING}oeffnen/", life_cycle.ReopenMeeting.as_view(), name="reopen_meeting"),
    path(f"{MEETING}durchgefuehrt/", life_cycle.HoldMeeting.as_view(), name="hold_meeting"),
]

invite_pages = [
    path(MEETING, board.Board.as_view(), name="board"),
    path(f"{MEETING}einladen/", meetings.InviteOffices.as_view(), name="invite"),
    path(
        f"{MEETING}erneut/<slug:organisation>/",
        board.ResendInvitation.as_view(),
        name="resend_invitation",
    ),
]

directory_pages = [
    path("intern/netzwerk/verzeichnis/", directory.Directory.as_view(), name="directory"),
    path(
        "intern/netzwerk/verzeichnis/<slug:slug>/",
        directory.ShowOrganisation.as_view(),
        name="organisation",
    ),
    path(
        "intern/netzwerk/verzeichnis/<slug:slug>/kontakt/",
        directory.AddContact.as_view(),
        name="add_contact",
    ),
    path(
        "intern/netzwerk/verzeichnis/<slug:slug>/kontakt/<int:pk>/",
        directory.EditContact.as_view(),
        name="edit_contact",
    ),
]

guest_pages: list[URLPattern] = [
    path("einladung/rueckgaengig/<str:token>/", undo.UndoAnswer.as_view(), name="undo_answer"),
    path("einladung/<str:token>/", answers.AnswerInvitation.as_view(), name="invitation"),
    path(
        "einladung/<str:token>/absagen/",
        answers.DeclineInvitation.as_view(),
        name="decline_invitation",
    ),
    path(
        "einladung/<str:token>/vertretung/",
        answers.RepresentInvitation.as_view(),
        name="represent_invitation",
    ),
    path(
        "einladung/<str:token>/abmelden/<int:pk>/",
        answers.CancelPerson.as_view(),
        name="cancel_person",
    ),
    path(
        "einladung/<str:token>/ersetzen/<int:pk>/",
        answers.ReplacePerson.as_view(),
        name="replace_person",
    ),
    path("anmeldung/<str:token>/", registrations.RegistrationPage.as_view(), name="registration"),
    path(
        "anmeldung/<str:token>/abmelden/",
        registrations.CancelRegistration.as_view(),
        name="cancel_registration",
    ),
    path(
        "anmeldung/<str:token>/ersetzen/",
        registrations.ReplaceRegistration.as_view(),
        name="replace_registration",
    ),
]

member_pages: list[URLPattern] = [
    path("intern/netzwerk/einladungen/", own.MyInvitations.as_view(), name="my_invitations"),
    path(
        "intern/netzwerk/einladungen/<int:pk>/",
        own.AnswerOwnInvitation.as_view(),
        name="my_invitation",
    ),
]

released_pages = [
    path(
        "netzwerk/treffen/<slug:slug>/material/<int:pk>/",
        downloads.PublicMaterial.as_view(),
        name="material",
    ),
    path(
        "anmeldung/<str:token>/material/<int:pk>/",
        downloads.ParticipantMaterial.as_view(),
        name="participant_material",
    ),
    path(
        "intern/netzwerk/unterlagen/<slug:slug>/material/<int:pk>/",
        downloads.OfficeMaterial.as_view(),
        name="office_material",
    ),
]

urlpatterns = [
    *public_pages,
    *meeting_pages,
    *invite_pages,
    *directory_pages,
    *guest_pages,
    *member_pages,
    *released_pages,
]
