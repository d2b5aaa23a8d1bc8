"""A site adds a measure, the coach logs a day, both show on the public page (e)."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_measure_and_a_coaching_day_reach_the_public_page(visit: Callable[[], Visitor]) -> None:
    staff = visit()
    staff.sign_in("standort@example.org")
    staff.open("/intern/standorte/giessen/")
    pages = staff.page.get_by_role("navigation", name="Seiten des Standorts Gießen")
    assert [link.is_visible() for link in pages.get_by_role("link").all()] == [True] * 9
    staff.press("Maßnahme eintragen", role="link")
    staff.press("Maßnahme speichern")
    assert staff.page.get_by_role("alert").get_by_role("link").count() >= 1
    staff.page.locator("[name=field_of_action]").select_option(label="Binnenorganisation")
    staff.page.locator("[name=title]").fill("Servicetelefon mit Rückruf")
    staff.page.locator("[name=balance]").nth(2).check()
    staff.page.locator("[name=reconciliation]").fill("Auskünfte entlasten die Prüfung der Akten.")
    staff.press("Maßnahme speichern")
    assert "Servicetelefon mit Rückruf" in staff.text()

    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open("/intern/standorte/giessen/")
    coach.press("Begleittag eintragen", role="link")
    for name, value in {
        "held_on": "2016-02-29",
        "hours": "6,5",
        "participants": "7",
        "happened": "Aufbau des Servicetelefons. Gesprächsleitfaden entworfen.",
        "site_steps": "Leitfaden zwei Wochen erproben",
    }.items():
        coach.page.locator(f"[name={name}]").fill(value)
    coach.press("Begleittag einreichen")
    assert "Aufbau des Servicetelefons" in coach.text()

    staff.open("/intern/standorte/giessen/")
    staff.press("Lesen und bestätigen.*Aufbau des Servicetelefons", role="link")
    staff.press("Begleittag bestätigen")

    public = visit()
    public.open("/standorte/")
    public.press("Gießen", role="link", exact=True)
    assert "Servicetelefon mit Rückruf" in public.text()
    assert "Dient beiden gleichermaßen" in public.text()
    assert "40" in public.page.locator(".key-figures").inner_text()


def test_a_foreign_site_looks_like_a_missing_one(visit: Callable[[], Visitor]) -> None:
    staff = visit()
    staff.sign_in("standort@example.org")
    answers = [
        staff.page.goto(f"{staff.base}/intern/standorte/{slug}/") for slug in ("wiesbaden", "xyz")
    ]
    assert [answer.status for answer in answers if answer] == [404, 404]
