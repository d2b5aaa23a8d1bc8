"""Addresses of the floor network."""

from django.urls import URLPattern, path

from network.urls import records
from network.views import (
    answers,
    board,
    check_in,
    clones,
    contacts,
    day_papers,
    directory,
    directory_files,
    invitations,
    late_requests,
    life_cycle,
    meetings,
    merges,
    office_feeds,
    office_people,
    offices,
    organisations,
    own,
    paper,
    participants,
    public,
    registrations,
    reminders,
    replies,
    send_log,
    undo,
    workshops,
)

app_name = "network"

public_pages = [
    path("netzwerk/", public.Network.as_view(), name="network"),
    path("netzwerk/beteiligung/", public.Participation.as_view(), name="participation"),
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
    path(f"{MEETING}kopieren/", clones.CloneMeeting.as_view(), name="clone_meeting"),
    path(f"{MEETING}workshops/", workshops.Workshops.as_view(), name="workshops"),
    path(f"{MEETING}workshops/neu/", workshops.AddWorkshop.as_view(), name="add_workshop"),
    path(f"{MEETING}workshops/<int:pk>/", workshops.EditWorkshop.as_view(), name="edit_workshop"),
    path(
        f"{MEETING}workshops/<int:pk>/verschieben/",
        workshops.MoveWorkshop.as_view(),
        name="move_workshop",
    ),
    path(
        f"{MEETING}workshops/<int:pk>/entfernen/",
        workshops.RemoveWorkshop.as_view(),
        name="remove_workshop",
    ),
]

OFFICE = f"{MEETING}einladung/<slug:organisation>/"
LETTER = f"{MEETING}einladen/mail/"
PAPER = "intern/netzwerk/rueckantwort/"
invite_pages = [
    path(MEETING, board.Board.as_view(), name="board"),
    path(f"{MEETING}einladen/", invitations.InviteOffices.as_view(), name="invite"),
    path(f"{MEETING}einladen/gast/", invitations.InviteGuest.as_view(), name="invite_guest"),
    path(f"{LETTER}<slug:organisation>/", invitations.InviteLetter.as_view(), name="invite_letter"),
    path(f"{MEETING}briefe/", paper.Letters.as_view(), name="letters"),
    path(PAPER, paper.EnterCode.as_view(), name="enter_code"),
    path(f"{PAPER}<str:code>/", paper.PaperAnswer.as_view(), name="paper_answer"),
    path(f"{MEETING}versand/", send_log.SendLog.as_view(), name="send_log"),
    path(f"{MEETING}erinnerungen/", reminders.Reminders.as_view(), name="reminders"),
    path(f"{MEETING}erinnerungen/<int:pk>/", reminders.Switch.as_view(), name="switch_reminder"),
    path(OFFICE, offices.InvitationHistory.as_view(), name="invitation_history"),
    path(f"{OFFICE}erneut/", offices.Resend.as_view(), name="resend_invitation"),
    path(f"{OFFICE}zurueckziehen/", offices.Withdraw.as_view(), name="withdraw_invitation"),
    path(f"{OFFICE}wieder/", offices.Restore.as_view(), name="restore_invitation"),
    path(f"{OFFICE}plaetze/", offices.ChangeSeats.as_view(), name="change_seats"),
]

DOOR = f"{MEETING}einlass/"

day_pages: list[URLPattern] = [
    path(DOOR, check_in.CheckInPage.as_view(), name="check_in"),
    path(f"{DOOR}schritte/", check_in.CheckInSteps.as_view(), name="check_in_steps"),
    path(f"{DOOR}neu/", check_in.AddWalkIn.as_view(), name="add_walk_in"),
    path(
        "intern/netzwerk/einlass/<int:pk>-<str:code>/",
        check_in.ScannedPerson.as_view(),
        name="check_in_code",
    ),
    path(f"{DOOR}liste/", day_papers.PrintAttendance.as_view(), name="print_attendance"),
    path(f"{DOOR}schilder/", day_papers.PrintBadges.as_view(), name="print_badges"),
    path("intern/netzwerk/verpflegung/", day_papers.NeedsOverview.as_view(), name="needs_overview"),
    path(f"{MEETING}verpflegung/", day_papers.CatererNeeds.as_view(), name="needs"),
    path(f"{MEETING}verpflegung/namen/", day_papers.NeedsByName.as_view(), name="needs_by_name"),
    path(f"{MEETING}bescheinigungen/", day_papers.Certificates.as_view(), name="certificates"),
    path("netzwerk/nachweis/", day_papers.VerifyCertificate.as_view(), name="verify_certificate"),
    path(
        "anmeldung/<str:token>/bescheinigung/",
        day_papers.OwnCertificate.as_view(),
        name="certificate",
    ),
]

LIST = f"{MEETING}anmeldungen"
seat_pages = [
    path(f"{LIST}/", participants.Participants.as_view(), name="registrations"),
    path(f"{LIST}.csv", participants.Export.as_view(), {"kind": "csv"}, name="registrations_csv"),
    path(
        f"{LIST}.xlsx", participants.Export.as_view(), {"kind": "xlsx"}, name="registrations_xlsx"
    ),
    path(f"{LIST}/neu/", participants.AddParticipant.as_view(), name="add_registration"),
    path(
        f"{LIST}/<int:pk>/abmelden/",
        participants.CancelParticipant.as_view(),
        name="cancel_participant",
    ),
    path(
        f"{LIST}/<int:pk>/ersetzen/",
        participants.ReplaceParticipant.as_view(),
        name="replace_participant",
    ),
    path(
        f"{LIST}/<int:pk>/nachruecken/",
        participants.MoveUpParticipant.as_view(),
        name="move_up_participant",
    ),
]

DIRECTORY = "intern/netzwerk/verzeichnis/"
ONE = f"{DIRECTORY}<slug:slug>/"
directory_pages = [
    path(DIRECTORY, directory.Directory.as_view(), name="directory"),
    path(f"{DIRECTORY}neu/", organisations.AddOrganisation.as_view(), name="add_organisation"),
    path(f"{DIRECTORY}import/", directory_files.ImportDirectory.as_view(), name="import_directory"),
    path(f"{DIRECTORY}import/ja/", directory_files.ConfirmImport.as_view(), name="confirm_import"),
    path(
        f"{DIRECTORY}alles.<str:kind>",
        directory_files.DirectoryFile.as_view(),
        name="directory_file",
    ),
    path(
        f"{DIRECTORY}vorlage.<str:kind>",
        directory_files.DirectoryTemplate.as_view(),
        name="directory_template",
    ),
    path(f"{DIRECTORY}nicht-erreicht/", directory.Unreached.as_view(), name="unreached"),
    path(ONE, directory.ShowOrganisation.as_view(), name="organisation"),
    path(f"{ONE}aendern/", organisations.ChangeOrganisation.as_view(), name="change_organisation"),
    path(f"{ONE}beenden/", organisations.EndOrganisation.as_view(), name="end_organisation"),
    path(f"{ONE}weiter/", organisations.ReopenOrganisation.as_view(), name="reopen_organisation"),
    path(f"{ONE}zusammen/", merges.MergeOrganisation.as_view(), name="merge_organisation"),
    path(f"{ONE}kontakt/", contacts.AddContact.as_view(), name="add_contact"),
    path(f"{ONE}kontakt/<int:pk>/", contacts.EditContact.as_view(), name="edit_contact"),
    path(f"{ONE}kontakt/<int:pk>/weg/", contacts.RemoveContact.as_view(), name="remove_contact"),
    path(f"{ONE}gebiet/", organisations.AddBody.as_view(), name="add_body"),
    path(f"{ONE}gebiet/<int:pk>/", organisations.ChangeBody.as_view(), name="change_body"),
    path(f"{ONE}gebiet/<int:pk>/beenden/", organisations.EndBody.as_view(), name="end_body"),
]

OFFICE = "einladung/<str:token>/"
OWN = "anmeldung/<str:token>/"

guest_pages: list[URLPattern] = [
    path("einladung/rueckgaengig/<str:token>/", undo.UndoAnswer.as_view(), name="undo_answer"),
    path(OFFICE, answers.AnswerInvitation.as_view(), name="invitation"),
    path(f"{OFFICE}absagen/", answers.DeclineInvitation.as_view(), name="decline_invitation"),
    path(
        f"{OFFICE}vertretung/", answers.RepresentInvitation.as_view(), name="represent_invitation"
    ),
    path(f"{OFFICE}abmelden/<int:pk>/", office_people.CancelPerson.as_view(), name="cancel_person"),
    path(
        f"{OFFICE}ersetzen/<int:pk>/", office_people.ReplacePerson.as_view(), name="replace_person"
    ),
    path(f"{OFFICE}anfrage/", late_requests.AskByOffice.as_view(), name="ask_late"),
    path(OWN, registrations.RegistrationPage.as_view(), name="registration"),
    path(f"{OWN}abmelden/", registrations.CancelRegistration.as_view(), name="cancel_registration"),
    path(
        f"{OWN}ersetzen/", registrations.ReplaceRegistration.as_view(), name="replace_registration"
    ),
    path(
        f"{OWN}termin.ics",
        registrations.RegistrationCalendar.as_view(),
        name="registration_calendar",
    ),
    path(f"{OWN}anfrage/", late_requests.AskByPerson.as_view(), name="ask_late_own"),
]

LATE = "intern/netzwerk/anfragen/"

late_pages = [
    path(LATE, late_requests.LateRequests.as_view(), name="late_requests"),
    path(f"{LATE}<int:pk>/annehmen/", late_requests.Accept.as_view(), name="accept_late"),
    path(f"{LATE}<int:pk>/ablehnen/", late_requests.Reject.as_view(), name="reject_late"),
]

member_pages: list[URLPattern] = [
    path(
        "intern/netzwerk/bescheinigung/<int:pk>/",
        own.OfficeCertificate.as_view(),
        name="office_certificate",
    ),
    path("intern/netzwerk/einladungen/", own.MyInvitations.as_view(), name="my_invitations"),
    path(
        "intern/netzwerk/einladungen/<int:pk>/",
        own.AnswerOwnInvitation.as_view(),
        name="my_invitation",
    ),
]

REPLIES = "intern/netzwerk/kalenderantworten/"

calendar_pages = [
    path(REPLIES, replies.Replies.as_view(), name="replies"),
    path(f"{REPLIES}neu/", replies.AddReply.as_view(), name="add_reply"),
    path(f"{REPLIES}<int:pk>/", replies.ShowReply.as_view(), name="reply"),
    path(
        "netzwerk/kalender/<str:token>.ics", office_feeds.OfficeFeed.as_view(), name="office_feed"
    ),
    path(f"{ONE}kalender/", office_feeds.RenewFeed.as_view(), name="renew_feed"),
]

urlpatterns = [
    *public_pages,
    *meeting_pages,
    *invite_pages,
    *day_pages,
    *seat_pages,
    *directory_pages,
    *guest_pages,
    *late_pages,
    *member_pages,
    *records.pages,
    *calendar_pages,
]
