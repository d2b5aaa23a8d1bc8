"""An office applies, two people score, the team selects, the site appears (U04)."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_application_becomes_a_site(visit: Callable[[], Visitor]) -> None:
    member = visit()
    member.sign_in("mitglied@example.org")
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
    path = member.page.url.removeprefix(member.base)

    scorer = member
    for email in ("team@example.org", "team2@example.org"):
        scorer = visit()
        scorer.sign_in(email)
        scorer.open(path)
        scorer.press("Bewerten", role="link")
        for group in scorer.page.locator("main fieldset").all():
            if group.locator("input[type=radio]").count():
                group.locator("input[type=radio][value='3']").first.check()
        scorer.page.locator("[name=comment]").fill("Überzeugend und übertragbar.")
        scorer.press("Bogen abgeben")
    assert "3,00" in scorer.text()
    scorer.press("Entscheiden", role="link")
    scorer.page.locator("[name=select][value=ja]").check()
    scorer.page.locator("[name=reason]").fill("Die Leitung trägt das Vorhaben.")
    scorer.press("Entscheidung festhalten")
    assert "ausgewählt" in scorer.text()

    member.open(path)
    assert "Die Leitung trägt das Vorhaben." in member.text()
