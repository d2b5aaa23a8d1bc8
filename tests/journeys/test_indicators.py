"""A site enters figures before and after; the coach reads them, the page tells what changed."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
SITE = "/intern/standorte/giessen"


def field(visitor: Visitor, indicator: str, label: str) -> object:
    """Return the field with this label within the lines of one indicator."""
    row = visitor.page.get_by_role("group", name=indicator)
    return row.get_by_label(label, exact=False).first


def all_lines(visitor: Visitor, day: str) -> None:
    """Say once what holds for all lines."""
    top = visitor.page.get_by_role("group", name="Gilt für alle Werte")
    top.get_by_label("Gemessen am").fill(day)
    top.get_by_label("Methode").select_option(label="Zählung")
    top.get_by_label("Quelle").fill("Strichliste am Empfang")


def test_the_site_enters_baseline_figures_and_the_coach_reads_them(
    visit: Callable[[], Visitor],
) -> None:
    staff = visit()
    staff.sign_in("standort@example.org")
    staff.open(f"{SITE}/kennzahlen/")
    staff.press("Ausgangswert eintragen", role="link")
    all_lines(staff, "2016-03-11")
    field(staff, "Rückstand", "Wert").fill("1.240")  # type: ignore[attr-defined]
    field(staff, "Erreichbarkeit am Telefon", "Zähler").fill("310")  # type: ignore[attr-defined]
    staff.press("Alle Werte speichern")
    assert "Ein Anteil braucht" in staff.text() or "Grundmenge" in staff.text()
    field(staff, "Erreichbarkeit am Telefon", "Nenner").fill("820")  # type: ignore[attr-defined]
    staff.press("Alle Werte speichern")
    assert "2 Werte sind gespeichert" in staff.text()

    staff.follow(staff.page.get_by_role("link", name="Ausgangswert Rückstand"))
    staff.press("Einzelmessungen bearbeiten", role="link")
    for number, (day, value) in enumerate((("2016-03-04", "1.180"), ("2016-03-11", "1.240"))):
        staff.page.locator(f"[name=measured_on_{number}]").fill(day)
        staff.page.locator(f"[name=value_{number}]").fill(value)
    staff.press("Speichern")
    assert "2 Messungen von 1.180 bis 1.240 Fälle" in staff.text()
    staff.press("Gruppen bearbeiten", role="link")
    for number, (label, value) in enumerate((("Erstantrag", "1.237"), ("Eilfälle", "3"))):
        staff.page.locator(f"[name=label_{number}]").fill(label)
        staff.page.locator(f"[name=value_{number}]").fill(value)
    staff.press("Speichern")
    assert "Diese Aufgliederung sehen nur Sie" in staff.text()

    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open(f"{SITE}/kennzahlen/")
    assert "1.240 Fälle" in coach.text()
    assert "37,8 %" in coach.text()
    assert "Eilfälle" not in coach.text()


def test_follow_up_figures_show_before_and_after_in_a_sentence_and_a_table(
    visit: Callable[[], Visitor],
) -> None:
    staff = visit()
    staff.sign_in("standort2@example.org")
    staff.open("/intern/standorte/wiesbaden/kennzahlen/eingabe/ausgangswert/")
    all_lines(staff, "2016-04-08")
    field(staff, "Vorlauf bis zum Termin", "Wert").fill("30")  # type: ignore[attr-defined]
    staff.press("Alle Werte speichern")
    staff.press("Endstand eintragen", role="link")
    all_lines(staff, "2017-05-26")
    field(staff, "Vorlauf bis zum Termin", "Wert").fill("12,5")  # type: ignore[attr-defined]
    staff.press("Alle Werte speichern")

    told = "„Vorlauf bis zum Termin“ am Standort Wiesbaden sank von 30 Tagen auf 12,5 Tage"
    assert told in staff.text()
    block = staff.page.get_by_role("region", name="Vorlauf bis zum Termin")
    assert block.get_by_role("table").get_by_text("12,5 Tage").count() == 1
    staff.follow(block.get_by_role("button", name="Veröffentlichen"))

    public = visit()
    public.open("/standorte/wiesbaden/")
    assert told in public.text()
    public.open("/standorte/vergleich/")
    assert "Vorlauf bis zum Termin" in public.text()
    assert "Empfang: 3" not in public.text()
