"""Pages about answers from calendars."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from network.enums import RegistrationStatus, ReplyState
from network.models import CalendarReply, Registration
from programme.enums import Role
from tests.factories.network import CalendarReplyFactory, ContactFactory, RegistrationFactory
from tests.network.replies_corpus import content, registered

pytestmark = pytest.mark.django_db
REPLIES = "/intern/netzwerk/kalenderantworten/"


@pytest.fixture
def team(programme, signed_in):
    return signed_in(Role.OFFICE)


def upload(client, name, **fields):
    file = SimpleUploadedFile(name, content(name))
    return client.post(f"{REPLIES}neu/", {"file": file, **fields}, follow=True)


def test_an_uploaded_mail_counts_and_says_so(team):
    person = registered()

    page = upload(team, "outlook_decline.eml").content.decode()

    person.refresh_from_db()
    assert person.status == RegistrationStatus.CANCELLED
    assert "joerg.weiss@example.org: Abgemeldet." in page
    assert CalendarReply.objects.get().source == "uploaded"


def test_a_pasted_text_counts_and_the_second_time_does_not(team):
    person = registered()
    text = content("apple_tentative").decode()

    team.post(f"{REPLIES}neu/", {"text": text})
    page = team.post(f"{REPLIES}neu/", {"text": text}, follow=True).content.decode()

    person.refresh_from_db()
    assert person.calendar_answer == "tentative"
    assert "lag schon vor und zählt einmal" in page
    assert CalendarReply.objects.get().source == "pasted"


def test_what_waits_leads_to_its_own_page(team):
    registered()

    response = upload(team, "forged_attendee.ics")

    row = CalendarReply.objects.get()
    assert response.redirect_chain[-1][0] == reverse("network:reply", args=[row.pk])
    assert "dorthin ging diese Einladung nicht" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Bitte wählen Sie eine Datei"),
        ({"text": "Guten Tag"}, "keine Antwort aus einem Kalender"),
        ({"text": "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nEND:VCALENDAR"}, "Kalender"),
        ({"text": "x\x00"}, "text"),
        ({"file": SimpleUploadedFile("a.eml", b"x" * (1024 * 1024 + 1))}, "größer als 1 MB"),
        ({"file": SimpleUploadedFile("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, ".msg"),
    ],
)
def test_bad_input_gets_an_error_at_its_field_and_is_kept(team, fields, words):
    response = team.post(f"{REPLIES}neu/", fields)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    if fields.get("text") == "Guten Tag":
        assert "Guten Tag</textarea>" in page
    assert not CalendarReply.objects.exists()


def test_settling_applies_the_answer_to_the_chosen_person(team):
    person = registered()
    row = CalendarReplyFactory(
        attendee="j.weiss@example.org", answer="declined", state=ReplyState.PARKED
    )

    page = team.get(reverse("network:reply", args=[row.pk])).content.decode()
    team.post(reverse("network:reply", args=[row.pk]), {"choice": f"person-{person.pk}"})

    person.refresh_from_db()
    row.refresh_from_db()
    assert f"{person.full_name} ({person.invitation.organisation.short_name})" in page
    assert (person.status, row.state) == (RegistrationStatus.CANCELLED, ReplyState.SETTLED)
    assert row.settled_by


def test_nobody_but_the_candidates_can_be_chosen(team):
    stranger = RegistrationFactory(email="fremd@example.com")
    row = CalendarReplyFactory(attendee="j.weiss@example.org", answer="declined")

    response = team.post(
        reverse("network:reply", args=[row.pk]), {"choice": f"person-{stranger.pk}"}
    )

    assert response.status_code == 422
    assert Registration.objects.active().count() == 1


def test_settling_twice_says_so(team):
    row = CalendarReplyFactory(state=ReplyState.SETTLED)

    response = team.post(reverse("network:reply", args=[row.pk]), {"choice": "nothing"})

    assert response.status_code == 422
    assert "schon geklärt" in response.content.decode()


def test_a_proposal_can_only_be_put_away(team):
    registered()
    page = upload(team, "outlook_counter.eml").content.decode()

    assert "Schlägt vor: Montag, 8. März 2100, 10:00 bis 16:00 Uhr" in page
    assert "Einen Vorschlag kann das Portal nicht übernehmen" in page
    assert page.count('type="radio"') == 1


def test_what_waits_stands_first(team):
    CalendarReplyFactory(state=ReplyState.APPLIED, attendee="spaeter@example.org")
    CalendarReplyFactory(state=ReplyState.PARKED, attendee="wartet@example.org")
    CalendarReplyFactory(state=ReplyState.OUTDATED, attendee="zuletzt@example.org")

    page = team.get(REPLIES).content.decode()

    assert page.index("wartet@") < page.index("zuletzt@") < page.index("spaeter@")
    assert "Eine Antwort wartet auf Klärung" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_number_of_queries(team, rows, django_assert_num_queries):
    for _ in range(rows):
        person = RegistrationFactory()
        CalendarReplyFactory(registration=person)
        CalendarReplyFactory(invitation=person.invitation)

    with django_assert_num_queries(7):
        team.get(REPLIES)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_reply_takes_the_same_number_of_queries(team, rows, django_assert_num_queries):
    for _ in range(rows):
        person = RegistrationFactory(email="j@example.org")
        ContactFactory(organisation=person.invitation.organisation, email="abh@example.org")
    row = CalendarReplyFactory(attendee="x@example.org", answer="declined")

    with django_assert_num_queries(7):
        team.get(reverse("network:reply", args=[row.pk]))


def test_an_empty_list_says_where_answers_come_from(team):
    assert "Noch keine Antworten" in team.get(REPLIES).content.decode()


def test_strangers_and_members_see_nothing(signed_in):
    row = CalendarReplyFactory()
    member = signed_in(Role.MEMBER)

    assert member.get(REPLIES).status_code == 403
    assert Client().get(reverse("network:reply", args=[row.pk])).status_code == 302


def test_whose_address_it_is_exactly_stands_first(team):
    for name in ("Anna Berg", "Zoe Zorn"):
        person = RegistrationFactory(
            full_name=name, email=f"{name.split()[0].lower()}@stadt.example.org"
        )
        contact = f"{name.split()[1].lower()}@stadt.example.org"
        ContactFactory(organisation=person.invitation.organisation, email=contact)
    RegistrationFactory(full_name="Fremde Person", email="x@kreis.example.org")
    row = CalendarReplyFactory(attendee="zoe@stadt.example.org", answer="declined")

    page = team.get(reverse("network:reply", args=[row.pk])).content.decode()

    assert page.index("Zoe Zorn") < page.index("Anna Berg")
    assert "Fremde Person" not in page
    assert page.count('type="radio"') == 5


def test_an_answer_that_names_its_entry_offers_this_office_only(team):
    person = registered()
    RegistrationFactory(email="andere@example.org")
    row = CalendarReplyFactory(attendee="eve@example.org", answer="declined", registration=person)

    page = team.get(reverse("network:reply", args=[row.pk])).content.decode()

    assert page.count('type="radio"') == 3
