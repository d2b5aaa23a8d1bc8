"""The day of a meeting: the door with and without a connection (J1d), certificates (J1f)."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from network.exports import entrance
from network.models import Certificate, CheckIn, Meeting, Needs, Registration
from network.rules.deadlines import HESSEN
from programme import clock
from programme.models import OutgoingMail
from tests.journeys.conftest import Visitor, run_jobs
from tests.journeys.test_meeting import link_in

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS_A_PERSON = 3.0
LAST = "fachaustausch-erstvorsprache"


class Clicks:
    """Counts what a person presses."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, control: Any) -> None:
        self.count += 1
        control.click()


@pytest.fixture
def today(demo: None) -> Meeting:
    """The demo's next meeting, as if it were today, from midnight to midnight."""
    meeting = Meeting.objects.get(slug="fachaustausch-terminvergabe")
    day = clock.today()
    meeting.starts_at = datetime.combine(day, time(0, 1), tzinfo=HESSEN)
    meeting.ends_at = datetime.combine(day, time(23, 59), tzinfo=HESSEN)
    meeting.reply_until = meeting.starts_at - timedelta(days=14)
    meeting.change_until = None
    meeting.save()
    return meeting


def door(meeting: Meeting) -> str:
    return f"/intern/netzwerk/treffen/{meeting.slug}/einlass/"


def confirmed(meeting: Meeting) -> list[Registration]:
    return list(meeting.registrations.confirmed().order_by("pk"))


def tap(visitor: Visitor, person: Registration, kind: str = "arrived") -> Any:
    return visitor.page.locator(f"button[value='{person.pk}:{kind}']")


def state(visitor: Visitor, person: Registration) -> Any:
    return visitor.page.locator(f"#person-{person.pk} [data-state]")


def test_j1d_one_tap_a_person_also_without_a_connection(
    visit: Callable[[], Visitor], today: Meeting
) -> None:
    team, clicks, people = visit(), Clicks(), confirmed(today)
    team.sign_in("team@example.org")
    team.open(door(today))
    count = team.page.locator("[data-count]")
    connection = team.page.locator("[data-connection]")

    # Online: one tap, counted within three seconds.
    began = clock.now()
    for person in people[:3]:
        clicks.on(tap(team, person))
        expect(state(team, person)).to_have_text(re.compile(r"^da seit \d\d:\d\d Uhr$"))
    assert clicks.count == 3
    assert (clock.now() - began).total_seconds() <= 3 * SECONDS_A_PERSON

    # The connection drops: taps still count, one is taken back, nothing is named in storage.
    team.page.context.set_offline(True)
    for person in people[3:6]:
        clicks.on(tap(team, person))
    expect(connection).to_have_text("nicht verbunden, 3 Schritte warten")
    team.page.wait_for_timeout(800)  # a second tap at once would be a slip of the finger
    clicks.on(tap(team, people[5], "undone"))
    expect(connection).to_have_text("nicht verbunden, 4 Schritte warten")
    expect(count).to_have_text("5")
    kept = team.page.evaluate("JSON.stringify(localStorage)")
    assert not any(person.full_name in kept for person in people)
    assert CheckIn.objects.filter(registration__meeting=today).count() == 3
    team.check()

    # It comes back: everything is there exactly once.
    team.page.context.set_offline(False)
    expect(connection).to_have_text("verbunden, alles übertragen")
    steps = CheckIn.objects.filter(registration__meeting=today)
    assert steps.count() == 7
    assert {person.pk for person in confirmed(today) if person.arrived_at is not None} == {
        person.pk for person in people[:5]
    }
    expect(count).to_have_text("5")

    team.open(door(today))
    expect(team.page.locator("[data-count]")).to_have_text("5")
    assert team.page.evaluate("localStorage.length") == 0


def test_j1d_steps_survive_a_closed_page_and_two_phones_agree(
    visit: Callable[[], Visitor], today: Meeting
) -> None:
    first, second, people = visit(), visit(), confirmed(today)
    for phone in (first, second):
        phone.sign_in("team@example.org")
        phone.open(door(today))
    first.page.context.set_offline(True)
    tap(first, people[0]).click()
    expect(first.page.locator("[data-connection]")).to_have_text(
        "nicht verbunden, 1 Schritt wartet"
    )
    since = state(first, people[0]).inner_text()[:17]
    tap(second, people[0]).click()
    expect(state(second, people[0])).to_have_text(re.compile("^da seit"))

    context = first.page.context
    first.page.close()
    context.set_offline(False)
    first.page = context.new_page()
    first.open(door(today))

    expect(first.page.locator("[data-connection]")).to_have_text("verbunden, alles übertragen")
    expect(state(first, people[0])).to_have_text(re.compile("da seit"))
    assert since in state(first, people[0]).inner_text()
    people[0].refresh_from_db()
    assert people[0].check_ins.count() == 2


def test_j1d_the_search_the_code_and_somebody_without_a_registration(
    visit: Callable[[], Visitor], today: Meeting
) -> None:
    team, clicks, people = visit(), Clicks(), confirmed(today)
    team.sign_in("team@example.org")
    team.open(door(today))
    team.page.get_by_label("Name oder Organisation").fill(people[7].full_name.upper())
    expect(team.page.locator("[data-person]:visible")).to_have_count(1)
    team.page.get_by_label("Name oder Organisation").fill("nirgends")
    expect(team.page.locator("[data-nobody]")).to_be_visible()

    # The phone's camera opens the address of the code; one button lets in.
    team.open(entrance.address(people[8])[len("https://portal.example.org") :])
    team.press("Ist da")
    assert "Da seit" in team.text()
    people[8].refresh_from_db()
    assert people[8].arrived_at is not None

    team.press("zur Liste", role="link")
    team.press("Person ohne Anmeldung", role="link")
    team.fill("Vor- und Nachname", "Zoë Größe")
    team.page.locator("[name=organisation]").select_option(label="Fulda")
    team.press("Eintragen")
    assert "Zoë Größe ist eingetragen und da." in team.text()

    # The list on paper is one click.
    clicks.on(team.page.get_by_role("button", name="Anwesenheitsliste"))
    team.page.wait_for_url("**/ausdruck/**")
    team.check()
    run_jobs()
    expect(team.page.get_by_role("link", name=re.compile("anwesenheitsliste"))).to_be_visible()
    assert clicks.count == 1


def test_j1d_without_scripts_plain_forms_do_the_same(
    browser: Any, live_server: Any, today: Meeting, width: int
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page, person = context.new_page(), confirmed(today)[0]
    page.goto(f"{live_server.url}/konto/login/?next={door(today)}")
    page.fill("input[name=login]", "team@example.org")
    page.fill("input[name=password]", "Beispiel-Zugang-2017")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{door(today)}")
    page.fill("#suche", person.full_name)
    page.get_by_role("button", name="Suchen").click()
    page.locator(f"button[value='{person.pk}:arrived']").click()

    assert f"{person.full_name}: da seit" in page.locator("main").inner_text()
    assert page.locator("#suche").input_value() == person.full_name
    context.close()


def test_j1f_certificates_for_everybody_who_was_there_in_two_clicks(
    visit: Callable[[], Visitor], demo: None
) -> None:
    meeting, clicks = Meeting.objects.get(slug=LAST), Clicks()
    present = meeting.registrations.filter(arrived_at__isnull=False).count()
    team = visit()
    team.sign_in("team@example.org")
    team.open(door(meeting))

    clicks.on(team.page.locator("main").get_by_role("link", name="Bescheinigungen"))
    team.page.wait_for_url("**/bescheinigungen/")
    team.check()
    clicks.on(team.page.get_by_role("button", name="Bescheinigungen ausstellen"))
    team.page.wait_for_url("**/ausdruck/**")
    team.check()
    assert clicks.count == 2
    run_jobs()
    expect(team.page.get_by_role("link", name=re.compile("bescheinigungen.*pdf"))).to_be_visible()
    assert f"{present} Seiten." in team.text()

    rows = Certificate.objects.filter(registration__meeting=meeting)
    mails = OutgoingMail.objects.filter(letter="network/certificate_issued")
    assert (rows.count(), mails.count()) == (present, present)
    row = rows.select_related("registration").order_by("pk")[0]
    mail = mails.get(recipient=row.registration.email, text_body__contains=row.number)
    guest = visit()
    guest.open("/")
    with guest.page.expect_download() as download:
        guest.page.evaluate("path => { location.href = path }", link_in(mail, "/bescheinigung/"))
    assert download.value.suggested_filename == f"bescheinigung-{row.number}.pdf"

    guest.open("/netzwerk/nachweis/")
    guest.fill("Nummer der Bescheinigung", row.number.lower())
    guest.press("Prüfen")
    assert f"Die Bescheinigung {row.number} ist echt" in guest.text()
    assert row.registration.full_name not in guest.text()


def test_the_kitchen_gets_numbers_and_the_team_names_on_request(
    visit: Callable[[], Visitor], today: Meeting
) -> None:
    team = visit()
    team.sign_in("team@example.org")
    team.open(door(today))
    team.press("Verpflegung", role="link")
    assert "Personen vor Ort" in team.text()
    team.press("Namen anzeigen")
    names = Needs.objects.filter(
        registration__in=confirmed(today), registration__mode="on_site"
    ).values_list("registration__full_name", flat=True)
    assert names
    assert all(name in team.text() for name in names)
