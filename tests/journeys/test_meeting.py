"""Issue of a meeting: created, invited, answered, full, freed, seen on the board (a-d)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.text import slugify

from network.models import Meeting, Registration
from programme import clock
from programme.models import OutgoingMail
from tests.journeys.conftest import Visitor, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "3. Landesnetzwerktreffen"


def link_in(mail: OutgoingMail, path: str) -> str:
    """Return the path of the portal's link in a mail, as its recipient would follow it."""
    return next(word for word in mail.text_body.split() if path in word)[
        len("https://portal.example.org") :
    ]


def create_and_invite(office: Visitor, *, seats: int) -> None:
    """The programme team makes the meeting and invites the whole network."""
    day = clock.today() + timedelta(days=60)
    office.sign_in("team@example.org")
    office.open("/intern/netzwerk/")
    office.press("Treffen anlegen", role="link")
    for name, value in {
        "title": TITLE,
        "day": day.isoformat(),
        "venue": "Regierungspräsidium Gießen, Saal",
        "city": "Gießen",
        "seats": str(seats),
        "reply_until": (day - timedelta(days=14)).isoformat(),
    }.items():
        office.page.locator(f"[name={name}]").fill(value)
    office.press("Entwurf speichern")
    assert "39 Organisationen" in office.text()
    office.press("Einladungen senden")


def register(guest: Visitor, invitation: OutgoingMail, names: list[str]) -> None:
    """An authority opens its link and registers these colleagues on one page."""
    guest.open(link_in(invitation, "/einladung/"))
    for row, name in enumerate(names, start=1):
        guest.page.locator(f"[name=name_{row}]").fill(name)
        email = f"{slugify(name)}@example.org"
        guest.page.locator(f"[name=email_{row}]").fill(email)
    guest.press("Verbindlich anmelden")


def test_a_meeting_from_the_draft_to_the_waiting_list(visit: Callable[[], Visitor]) -> None:
    office = visit()
    create_and_invite(office, seats=3)
    run_jobs()
    meeting = Meeting.objects.get(title=TITLE)
    letters = list(
        OutgoingMail.objects.filter(letter="network/invitation", subject__contains=TITLE)
    )
    assert len({link_in(mail, "/einladung/") for mail in letters}) == 39
    assert all(mail.attachments.count() == 1 for mail in letters)
    assert all("Asyl-, Migrations- und Integrationsfonds" in mail.text_body for mail in letters)

    fulda = next(mail for mail in letters if mail.recipient == "abh-fulda@example.org")
    wetzlar = next(mail for mail in letters if mail.recipient == "abh-wetzlar@example.org")
    first = visit()
    register(first, fulda, ["Aylin Özdemir", "Jörg Weiß"])
    second = visit()
    register(second, wetzlar, ["Bärbel Süß", "Carsten Groß"])
    assert "Warteliste" in second.text()
    assert second.page.locator("[name=name_1]").input_value() == "Bärbel Süß"
    second.follow(second.page.locator("button[name=accept_waiting]"))
    assert states(meeting) == {
        "Aylin Özdemir": "confirmed",
        "Jörg Weiß": "confirmed",
        "Bärbel Süß": "confirmed",
        "Carsten Groß": "waiting",
    }

    first.press("Abmelden: Jörg Weiß", role="link")
    first.press("abmelden")
    run_jobs()
    assert states(meeting)["Carsten Groß"] == "confirmed"
    promoted = OutgoingMail.objects.filter(letter="network/registration_promoted")
    assert promoted.filter(recipient="carsten-gro@example.org").count() == 1

    office.open(f"/intern/netzwerk/treffen/{meeting.slug}/")
    row = office.page.get_by_role("row").filter(has_text="Fulda").filter(has_text="1 von 2")
    assert row.count() >= 1


def states(meeting: Meeting) -> dict[str, str]:
    """Return who is in which state."""
    rows = Registration.objects.filter(meeting=meeting)
    return dict(rows.values_list("full_name", "status"))


def test_an_office_declines_and_a_dead_link_tells_nothing(visit: Callable[[], Visitor]) -> None:
    create_and_invite(visit(), seats=10)
    letter = OutgoingMail.objects.get(
        letter="network/invitation", recipient="abh-marburg@example.org", subject__contains=TITLE
    )
    guest = visit()
    guest.open(link_in(letter, "/einladung/"))
    guest.page.get_by_text("Wir kommen nicht").first.click()
    guest.page.locator("[name=decline_reason]").fill("Umzug der Behörde")
    guest.press("Absage senden")
    assert "Umzug der Behörde" in guest.text()
    response = guest.page.goto(f"{guest.base}/einladung/{'a' * 43}/")
    assert response is not None
    assert response.status == 404
    assert "Marburg" not in guest.text()
