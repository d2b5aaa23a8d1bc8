"""Requests after a deadline: one letter each way, settled once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from network import emails
from network.enums import LateOutcome
from network.models import LateRequest
from network.services import late_requests
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import InvitationFactory, LateRequestFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"
ASKED = {"name": "Jörg Weiß", "email": "Joerg@example.org", "message": "Noch eine Person, bitte."}


@pytest.fixture
def request_of_fulda(programme) -> LateRequest:
    """A request with two lines and signs that HTML would read."""
    return LateRequestFactory(
        invitation__meeting__programme=programme,
        invitation__meeting__title="3. Landesnetzwerktreffen",
        invitation__meeting__starts_at=datetime(2028, 2, 29, 8, 30, tzinfo=UTC),
        invitation__meeting__ends_at=datetime(2028, 2, 29, 15, 0, tzinfo=UTC),
        invitation__organisation__name="Ausländerbehörde Landkreis Fulda & Rhön",
        invitation__organisation__short_name="Fulda",
        name="Öznur Groß",
        message="Können wir noch jemanden anmelden?\n<b>Danke</b> & Grüße",
    )


def test_a_request_reaches_the_mailbox_of_the_team_and_answers_go_to_the_person(programme):
    invitation = InvitationFactory(meeting__programme=programme)

    made = late_requests.ask(invitation=invitation, **ASKED)

    assert (made.email, made.settled_at) == ("joerg@example.org", None)
    mail = OutgoingMail.objects.get()
    assert (mail.letter, mail.recipient) == ("network/late_request", programme.contact_email)
    assert mail.reply_to == "joerg@example.org"
    assert "Jörg" not in AuditEntry.objects.get().sentence


def test_the_same_words_twice_are_one_request():
    invitation = InvitationFactory()

    first, second = (late_requests.ask(invitation=invitation, **ASKED) for _ in range(2))

    assert first == second
    assert OutgoingMail.objects.count() == 1


def test_ten_open_requests_of_an_invitation_are_enough():
    invitation = InvitationFactory()
    words = {number: ASKED | {"message": f"Anliegen {number}"} for number in range(11)}
    asked = [late_requests.ask(invitation=invitation, **words[number]) for number in range(10)]

    with pytest.raises(RuleBroken, match="10 Anfragen"):
        late_requests.ask(invitation=invitation, **words[10])

    assert OutgoingMail.objects.count() == 10
    late_requests.accept(request=asked[0], by=UserFactory())
    late_requests.ask(invitation=invitation, **words[10])


@pytest.mark.parametrize(
    ("field", "value"), [("name", " \u200b "), ("message", "  "), ("message", "x" * 1001)]
)
def test_a_request_needs_a_name_and_words(field, value):
    with pytest.raises(RuleBroken) as caught:
        late_requests.ask(invitation=InvitationFactory(), **(ASKED | {field: value}))

    assert caught.value.field == field
    assert not LateRequest.objects.exists()


def test_a_yes_settles_once_and_tells_the_person():
    office = UserFactory(roles=[Role.OFFICE])
    asked = LateRequestFactory()

    late_requests.accept(request=asked, by=office)
    with pytest.raises(RuleBroken, match="schon erledigt"):
        late_requests.reject(request=asked, sentence="Nein", by=office)

    asked.refresh_from_db()
    assert (asked.settled_by, asked.outcome) == (office, LateOutcome.ACCEPTED)
    assert [mail.letter for mail in OutgoingMail.objects.all()] == ["network/late_request_accepted"]


def test_a_no_needs_a_sentence():
    with pytest.raises(RuleBroken) as caught:
        late_requests.reject(
            request=LateRequestFactory(), sentence=" ", by=UserFactory(roles=[Role.OFFICE])
        )

    assert caught.value.field == "sentence"
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("name", ["late_request", "late_request_accepted", "late_request_rejected"])
def test_the_letters_as_they_are_read(request_of_fulda, name):
    more = {"sentence": "Die Plätze sind vergeben."} if name.endswith("rejected") else {}

    mail = getattr(emails, name)(request_of_fulda, **more)

    read = f"Betreff: {mail.subject}\nAn: {mail.recipient}\nAntwort an: {mail.reply_to}\n\n"
    assert read + mail.text_body == (LETTERS / f"{name}.txt").read_text()
    assert "&lt;b&gt;Danke&lt;/b&gt; &amp; Grüße" in mail.html_body
    assert "None" not in mail.html_body
