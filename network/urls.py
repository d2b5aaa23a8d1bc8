"""Addresses of the floor network."""

from django.urls import URLPattern, path

from network.views import answers, own, registrations

app_name = "network"

guest_pages: list[URLPattern] = [
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

urlpatterns: list[URLPattern] = [*guest_pages, *member_pages]
