"""The made-up deliveries: who was written to, what came back, what was sent again."""

import pytest
from django.urls import reverse

from network.models import Contact, Invitation, Meeting
from network.queries.letters import delivery, lost, send_log
from network.services import demo_data, demo_letters, master_data
from network.services.demo_next import SLUG as NEXT
from network.services.demo_past import EARLIER, LATEST
from programme.enums import Role
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(programme):
    master_data.load(programme=programme)
    addresses = ("team@example.org", *demo_data.MEMBERS)
    people = {email: UserFactory(email=email, roles=[Role.OFFICE]) for email in addresses}
    demo_data.load(programme=programme, people=people)
    return people["team@example.org"]


def test_all_offices_of_the_last_meeting_were_written_to_and_a_lost_letter_went_out_again(team):
    demo_letters.load(by=team)  # a second time changes nothing

    meeting = Meeting.objects.get(slug=LATEST.slug)
    rows = list(send_log(meeting=meeting))
    again = [row for row in rows if row.invitation.organisation.slug == "odenwaldkreis"]
    assert len(rows) == Invitation.objects.filter(meeting=meeting).count() + 1 == 40
    assert [(row.recipient, delivery(row)[0]) for row in again] == [
        ("abh-odenwaldkreis@example.org", "versendet"),
        ("auslaenderamt-odenwaldkreis@example.org", "zurückgekommen"),
    ]
    assert {row.sent_at.date() for row in rows} == {
        again[0].sent_at.date(),
        rows[-1].invitation.invited_at.date(),
    }
    assert all(row.by == team for row in rows)
    assert lost(meeting=meeting) == 0


def test_a_lost_letter_of_the_next_meeting_shows_in_its_log_and_at_the_contact(team, client):
    meeting = Meeting.objects.get(slug=NEXT)
    client.force_login(team)

    (row,) = send_log(meeting=meeting, state="lost")
    page = client.get(reverse("network:organisation", args=[demo_letters.LOST]))

    assert lost(meeting=meeting) == 1
    assert row.mail_error == "550 5.1.1 Unter dieser Adresse gibt es kein Postfach."
    assert row.invitation.answer == "open"
    assert row.recipient == Contact.objects.get(organisation__slug=demo_letters.LOST).email
    assert "letzte E-Mail kam nicht an" in page.text
    other = client.get(reverse("network:organisation", args=["odenwaldkreis"]))
    assert "letzte E-Mail kam nicht an" not in other.text


def test_a_meeting_of_long_ago_says_that_its_letters_are_gone(team, client):
    client.force_login(team)

    page = client.get(reverse("network:send_log", args=[EARLIER.slug]))

    assert "Kein Schreiben mehr" in page.text
