"""Journeys of an authority without an account (J2a-d): pages, fields and clicks are budgets.

Opening the link of a mail is the first page and the first click.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from network.enums import Answer, RegistrationStatus
from network.models import Invitation, Meeting, Registration
from network.services import registrations
from network.services.demo_next import SLUG as NEXT
from network.services.registrations import Person
from programme import tokens
from programme.models import OutgoingMail
from tests.journeys.conftest import Visitor, run_jobs
from tests.journeys.test_meeting import link_in

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Walk:
    """What one journey costs."""

    visitor: Visitor
    pages: int = 0
    fields: int = 0
    clicks: int = 0

    def follow_link(self, path: str) -> None:
        self.visitor.open(path)
        self.pages += 1
        self.clicks += 1

    def type(self, name: str, value: str) -> None:
        self.visitor.page.locator(f"[name={name}]:visible").fill(value)
        self.fields += 1

    def press(self, name: str) -> None:
        self.visitor.press(name)
        self.clicks += 1

    @property
    def cost(self) -> tuple[int, int, int]:
        return self.pages, self.fields, self.clicks


@pytest.fixture
def office(demo: None) -> Invitation:
    """An office that has not answered the next meeting of the demo data, with room for two."""
    meeting = Meeting.objects.on().get(slug=NEXT)
    rows = meeting.invitations.filter(answer=Answer.OPEN, registrations=None, seats_override=None)
    return rows.select_related("meeting").earliest("pk")


def office_link(invitation: Invitation) -> str:
    return f"/einladung/{tokens.token('invitation', invitation.token_seed)}/"


def registered(invitation: Invitation, name: str = "Aylin Özdemir") -> OutgoingMail:
    """Register somebody and return the confirmation that person gets."""
    registrations.register(
        invitation=invitation, people=[Person(name, "aylin@example.org")], accept_waiting=True
    )
    run_jobs()
    return OutgoingMail.objects.filter(recipient="aylin@example.org").latest("pk")


def names(invitation: Invitation) -> dict[str, str]:
    return dict(invitation.registrations.values_list("full_name", "status"))


def test_j2a_two_people_are_registered_on_one_page(
    visit: Callable[[], Visitor], office: Invitation
) -> None:
    walk = Walk(visit())

    walk.follow_link(office_link(office))
    walk.type("name_1", "Aylin Özdemir")
    walk.type("email_1", "aylin@example.org")
    walk.type("name_2", "Jörg Weiß")
    walk.type("email_2", "joerg@example.org")
    walk.press("Verbindlich anmelden")

    assert "2 Personen sind eingetragen" in walk.visitor.text()
    assert names(office) == {
        "Aylin Özdemir": RegistrationStatus.CONFIRMED,
        "Jörg Weiß": RegistrationStatus.CONFIRMED,
    }
    assert walk.cost == (1, 4, 2)


def test_j2a_with_the_keyboard_only(visit: Callable[[], Visitor], office: Invitation) -> None:
    guest = visit()
    keys = guest.page.keyboard
    guest.open(office_link(office))

    def reach(name: str) -> None:
        """Press the tabulator until this field has the focus; nothing may hold it back."""
        for _ in range(60):
            keys.press("Tab")
            if guest.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"no way to {name}")

    for name, value in {
        "name_1": "Aylin Özdemir",
        "email_1": "aylin@example.org",
        "name_2": "Jörg Weiß",
        "email_2": "joerg@example.org",
    }.items():
        reach(name)
        keys.type(value)
    with guest.page.expect_navigation():
        keys.press("Enter")
    guest.check()

    assert "2 Personen sind eingetragen" in guest.text()
    assert office.registrations.active().count() == 2


def test_j2b_somebody_else_takes_over(visit: Callable[[], Visitor], office: Invitation) -> None:
    mail = registered(office)
    walk = Walk(visit())

    walk.follow_link(link_in(mail, "/ersetzen/"))
    walk.type("name_1", "Bärbel Süß")
    walk.type("email_1", "baerbel@example.org")
    walk.press("Ersetzen")

    assert names(office) == {
        "Aylin Özdemir": RegistrationStatus.CANCELLED,
        "Bärbel Süß": RegistrationStatus.CONFIRMED,
    }
    assert walk.cost == (1, 2, 2)


def test_j2c_cancelling_clears_the_calendar_and_the_next_moves_up(
    visit: Callable[[], Visitor], office: Invitation
) -> None:
    mail = registered(office)
    meeting = office.meeting
    taken = Registration.objects.filter(meeting=meeting, mode="on_site").confirmed().count()
    Meeting.objects.filter(pk=meeting.pk).update(seats=taken)
    registrations.register(
        invitation=office, people=[Person("Wer Wartet", "w@example.org")], accept_waiting=True
    )
    walk = Walk(visit())

    walk.follow_link(link_in(mail, "/abmelden/"))
    walk.press("Ja, abmelden")
    run_jobs()

    assert "gilt nicht mehr" in walk.visitor.text()
    assert walk.cost == (1, 0, 2)
    last = OutgoingMail.objects.filter(recipient="aylin@example.org").latest("pk")
    assert b"METHOD:CANCEL" in bytes(last.attachments.get().content)
    promoted = OutgoingMail.objects.filter(letter="network/registration_promoted")
    assert promoted.filter(created_at__gte=mail.created_at).count() == 1


def test_j2d_the_office_declines(visit: Callable[[], Visitor], office: Invitation) -> None:
    walk = Walk(visit())

    walk.follow_link(f"{office_link(office)}absagen/")  # the second link of the invitation
    walk.press("Absage senden")

    office.refresh_from_db()
    assert office.answer == Answer.DECLINED
    assert walk.cost == (1, 0, 2)


def test_a_name_without_a_blank_widens_no_page(
    visit: Callable[[], Visitor], office: Invitation
) -> None:
    mail = registered(office, name="Ü" * 120)
    guest, team = visit(), visit()
    meeting = f"/intern/netzwerk/treffen/{office.meeting.slug}/"
    team.sign_in("team@example.org")

    guest.open(office_link(office))
    guest.open(link_in(mail, "/ersetzen/"))
    guest.open(link_in(mail, "/ersetzen/").replace("ersetzen/", ""))
    guest.open(link_in(mail, "/abmelden/"))
    team.open(meeting)
    team.open(f"{meeting}anmeldungen/")
    team.open(f"{meeting}einladung/{office.organisation.slug}/")

    assert "Ü" * 120 in team.text()
