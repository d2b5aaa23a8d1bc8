"""The office compiles, proofs, publishes, corrects and publishes anew (J6a to J6e)."""

from collections.abc import Callable

import pytest

from programme import clock
from programme.models import User
from publications.models import Edition, Publication
from publications.queries import snapshots
from publications.services import sign_offs
from tests.journeys.conftest import Visitor, run_jobs
from tests.journeys.effort import Effort, count_from_now, effort_of

pytestmark = pytest.mark.django_db(transaction=True)
INSIDE = "/intern/publikationen/abschlussbericht/"
LANDING = "/publikationen/abschlussbericht/"
CHECKS = 11
ADDED = "Dieser Satz kam zur zweiten Ausgabe dazu."


def agree() -> None:
    """Let two people of the team agree with the manuscript as it is now."""
    report = Publication.objects.get(slug="abschlussbericht")
    state = snapshots.state_of(snapshots.current(report))
    for email in ("team@example.org", "team2@example.org"):
        sign_offs.sign(publication=report, state=state, by=User.objects.get(email=email))


def add_sentence(office: Visitor) -> None:
    """Write one more sentence into the first text of the manuscript."""
    office.open(INSIDE)
    office.follow(office.page.get_by_role("link", name="Text bearbeiten").first)
    body = office.page.locator("[name=body]")
    body.fill(f"{body.input_value()}\n\n{ADDED}")
    office.press("Speichern", exact=True)


def test_one_click_writes_the_first_draft(visit: Callable[[], Visitor]) -> None:
    report = Publication.objects.get(slug="abschlussbericht")
    report.sign_offs.all().delete()
    report.chapters.all().delete()
    office = visit()
    office.sign_in("team@example.org")
    office.open(INSIDE)
    assert "Noch kein Manuskript" in office.text()
    count_from_now(office)

    office.press("Bericht zusammenstellen")  # 1

    assert effort_of(office) == Effort(pages=1, fields=0, clicks=1)
    chapters = office.page.locator(".manuscript-chapter")
    assert chapters.count() == report.chapters.count() > 5
    assert office.page.locator(".manuscript-block figure").count() > 3
    assert office.page.locator(".manuscript-block table").count() > 3


def test_a_remark_and_two_sign_offs_stand_between_draft_and_edition(
    visit: Callable[[], Visitor],
) -> None:
    office, second = visit(), visit()
    office.sign_in("team@example.org")
    add_sentence(office)
    second.sign_in("team2@example.org")
    second.open(INSIDE)
    second.follow(second.page.get_by_role("link", name="Anmerken").nth(3))
    second.page.locator("[name=text]").fill("Bitte die Quelle dieser Zahl nennen.")
    second.press("Anmerken", exact=True)

    office.open(f"{INSIDE}pruefen/")
    assert office.page.locator(".preflight").count() == CHECKS
    assert "2 Punkte halten die Veröffentlichung auf." in office.text()
    office.follow(office.page.locator(".preflight__list").get_by_role("link").first)
    assert "Bitte die Quelle dieser Zahl nennen." in office.text()
    office.press("Erledigt", exact=True)
    office.open(f"{INSIDE}pruefen/")
    assert "1 Punkt hält die Veröffentlichung auf." in office.text()
    office.press("Gelesen, ich gebe frei")
    assert "Es fehlt noch die Freigabe einer zweiten Person" in office.text()
    second.open(f"{INSIDE}pruefen/")
    second.press("Gelesen, ich gebe frei")

    assert second.page.get_by_role("main").get_by_role("link", name="Veröffentlichen").count() == 1


def test_three_clicks_publish_every_format(visit: Callable[[], Visitor]) -> None:
    agree()
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"{INSIDE}pruefen/")
    count_from_now(office)

    office.press("Veröffentlichen", role="link")  # 1
    office.press("Jetzt veröffentlichen")  # 2
    run_jobs()
    office.wait_until_made()
    assert "Ausgabe 2 ist veröffentlicht" in office.text()
    office.press("Online lesen", role="link")  # 3

    effort = effort_of(office)
    assert (effort.fields, effort.clicks) == (0, 3)
    edition = Edition.objects.get(number=2)
    assert f"PDF herunterladen ({edition.pdf_pages} Seiten" in office.text()
    reader = visit()
    reader.open(f"{LANDING}2/")
    starts = {"2.pdf": b"%PDF-", "2.epub": b"PK", "2-daten.xlsx": b"PK"}
    for ending, start in starts.items():
        answer = reader.page.request.get(f"{reader.base}{LANDING}{ending}")
        assert (answer.status, answer.body()[: len(start)]) == (200, start)
    feed = reader.page.locator("link[type='application/atom+xml']").first.get_attribute("href")
    told = reader.page.request.get(f"{reader.base}{feed}").text()
    assert f"{LANDING}2/" in told


def test_a_mistake_is_corrected_on_one_page(visit: Callable[[], Visitor]) -> None:
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"{INSIDE}ausgaben/1/korrekturen/")
    count_from_now(office)

    office.page.locator("[name=anchor]").select_option("hintergrund")
    office.page.locator("[name=passage]").fill("762 Beschäftigte")
    office.page.locator("[name=correction]").fill("763 Beschäftigte")
    office.page.locator("[name=known_since]").fill(clock.today().isoformat())
    office.press("Korrektur veröffentlichen")

    assert effort_of(office) == Effort(pages=1, fields=4, clicks=1)
    reader = visit()
    reader.open(f"{LANDING}1/#korrekturen")
    assert "Dort steht: „762 Beschäftigte“\nRichtig ist: „763 Beschäftigte“" in reader.text()


def test_two_clicks_make_the_next_edition_and_tell_the_difference(
    visit: Callable[[], Visitor],
) -> None:
    office, reader = visit(), visit()
    old = reader.page.request.get(f"{reader.base}{LANDING}1.pdf").body()
    office.sign_in("team@example.org")
    add_sentence(office)
    agree()
    office.open(INSIDE)
    count_from_now(office)

    office.press("Veröffentlichen", role="link")  # 1
    office.press("Jetzt veröffentlichen")  # 2
    run_jobs()

    effort = effort_of(office)
    assert (effort.fields, effort.clicks) == (0, 2)
    reader.open(f"{LANDING}2/aenderungen/")
    assert ADDED in reader.page.locator("ins").all_inner_texts()
    reader.open(f"{LANDING}2/")
    assert ADDED in reader.text()
    reader.open(f"{LANDING}1/")
    assert ADDED not in reader.text()
    assert reader.page.request.get(f"{reader.base}{LANDING}1.pdf").body() == old
