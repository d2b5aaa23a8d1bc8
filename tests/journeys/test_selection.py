"""An office applies, two score, one decides, letters go, a withdrawn site stays (U04)."""

from collections.abc import Callable

import pytest

from programme import clock
from programme.models import OutgoingMail
from sites.models import Site
from tests.journeys.conftest import Visitor, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
CALL = "/intern/aufrufe/beispielaufruf/"


def apply(member: Visitor) -> str:
    """Write and hand in an application; return its path."""
    member.open("/intern/bewerbungen/")
    member.press("Bewerbung schreiben", role="link")
    member.press("Bewerbung abgeben")
    assert member.page.get_by_role("alert").get_by_role("link").count() >= 1
    member.page.locator("[name=reasons]").fill("Am Empfang warten täglich 85 Menschen.")
    member.page.locator("[name=wishes]").first.check()
    member.page.locator("[name=figures_as_of]").fill("2016-02-29")
    member.page.locator("[name=head_function]").fill("Amtsleitung")
    member.page.locator("[name=head_consents]").check()
    member.page.locator("[name=contact_email]").fill("abh@example.org")
    member.press("Bewerbung abgeben")
    return member.page.url.removeprefix(member.base)


def score(scorer: Visitor, path: str) -> None:
    """Give three points for every criterion and hand the sheet in."""
    scorer.open(path)
    scorer.press("Bewerten", role="link")
    for group in scorer.page.locator("main fieldset").all():
        if group.locator("input[type=radio]").count():
            group.locator("input[type=radio][value='3']").first.check()
    scorer.page.locator("[name=comment]").fill("Überzeugend und übertragbar.")
    scorer.press("Bogen abgeben")


def decide(scorer: Visitor) -> None:
    """Select the office, from the page of its application."""
    assert "3,00" in scorer.text()
    scorer.press("Entscheiden", role="link")
    scorer.page.locator("[name=select][value=ja]").check()
    scorer.page.locator("[name=reason]").fill("Die Leitung trägt das Vorhaben.")
    scorer.press("Entscheidung festhalten")
    assert "ausgewählt" in scorer.text()


def withdraw(team: Visitor, site: Site) -> None:
    """Note that the site left, with day and reason."""
    team.open(f"/intern/standorte/{site.slug}/akte/ausscheiden/")
    team.page.locator("[name=day]").fill(f"{clock.today():%Y-%m-%d}")
    team.page.locator("[name=reason]").fill("Die Behörde zieht um.")
    team.press("Ausscheiden festhalten|Speichern")


def test_an_application_becomes_a_site_that_stays_visible(visit: Callable[[], Visitor]) -> None:
    member, first, second, public = (visit() for _ in range(4))
    member.sign_in("mitglied@example.org")
    first.sign_in("team@example.org")
    second.sign_in("team2@example.org")

    first.open(CALL)
    first.press("Ändern.*Vorerfahrung", role="link")
    first.page.locator("[name=weight]").select_option("2")
    first.press("Speichern")
    assert "Vorerfahrung, Gewicht 2 von 5" in first.text()
    path = apply(member)
    score(first, path)
    score(second, path)
    decide(second)

    member.open(path)
    assert "Die Leitung trägt das Vorhaben." in member.text()
    letters = OutgoingMail.objects.filter(letter__startswith="sites/application_")
    assert set(letters.values_list("letter", flat=True)) == {
        "sites/application_received",
        "sites/application_selected",
    }

    first.open(CALL)
    assert first.page.get_by_role("link", name="Kriterium hinzufügen").count() == 0
    first.press("Auswahlvermerk als PDF")
    run_jobs()
    first.wait_until_made()
    assert "Auswahlvermerk" in first.text()

    site = Site.objects.get(status="selected")
    withdraw(first, site)
    first.open(CALL)
    assert "ausgeschieden am" in first.text()
    public.open(f"/standorte/{site.slug}/")
    assert "Die Behörde zieht um." in public.text()
