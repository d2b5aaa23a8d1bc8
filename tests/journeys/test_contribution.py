"""A site writes beside its figures, the coach comments, the team signs, everybody reads (U15)."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/intern/standorte/giessen/beitrag/"


def test_a_site_writes_its_part_of_the_report(visit: Callable[[], Visitor], width: int) -> None:
    site = visit()
    site.sign_in("standort@example.org")
    site.press("Beitrag schreiben, fällig am", role="link")
    figures = site.page.locator("[data-figures]").first
    assert figures.evaluate("each => each.open") == (width > 1000)
    site.press("Beitrag abgeben")
    assert site.page.get_by_role("alert").get_by_role("link").count() == 1

    site.page.locator("[name=result]").fill("Die Wartezeit ist **deutlich** kürzer.")
    site.page.locator("[name=lessons]").fill("Mit dem Empfang beginnen.")
    site.page.get_by_text("Entwurf um").wait_for()
    site.open(PAGE)
    assert "Die Wartezeit ist deutlich kürzer." in site.text()

    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open(PAGE)
    coach.follow(coach.page.get_by_role("link", name="Anmerkung schreiben").nth(2))
    coach.fill("Anmerkung", "Um wie viele Minuten?")
    coach.press("Anmerkung speichern")

    site.press("Weiterschreiben", role="link")
    site.page.locator("[name=result]").fill("Die Wartezeit sank um 20 Minuten.")
    site.press("Beitrag abgeben")
    assert "als Fassung 1 abgegeben" in site.text()

    team = visit()
    team.sign_in("team@example.org")
    team.open("/intern/standorte/beitraege/")
    team.press("Gießen", role="link")
    team.press("Abgegebene Fassung lesen", role="link")
    assert "Es ist noch eine Anmerkung offen." in team.text()
    assert team.page.get_by_role("button", name="Diese Fassung freigeben").count() == 0

    site.open(PAGE)
    site.press("Erledigt")
    team.open(PAGE)
    team.press("Lesen und freigeben", role="link")
    team.press("Diese Fassung freigeben")
    assert "ist freigegeben und öffentlich" in team.text()

    anybody = visit()
    anybody.open("/standorte/giessen/")
    assert "Die Wartezeit sank um 20 Minuten." in anybody.text()
    assert "Mit dem Empfang beginnen." in anybody.text()


def test_two_people_at_once_see_both_versions(visit: Callable[[], Visitor]) -> None:
    first, second = visit(), visit()
    for person in (first, second):
        person.sign_in("standort@example.org")
        person.open(f"{PAGE}schreiben/")

    first.page.locator("[name=result]").fill("Fassung der ersten Person.")
    first.press("Entwurf speichern")
    second.page.locator("[name=result]").fill("Fassung der zweiten Person.")
    second.press("Entwurf speichern")

    told = second.page.locator(".clash").inner_text()
    assert "Fassung der ersten Person." in told
    assert "Fassung der zweiten Person." in told
