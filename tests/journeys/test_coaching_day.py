"""J7: a coaching day on one page, once without a connection; the site confirms by link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from programme.models import OutgoingMail
from sites.models import CoachingDay, DayDraft
from tests.journeys.conftest import Visitor
from tests.sites.test_services_coaching_answers import picture

pytestmark = pytest.mark.django_db(transaction=True)

SIX_FIELDS = {
    "held_on": "2017-02-28",
    "hours": "6,5",
    "participants": "7",
    "happened": "Servicetelefon erprobt. Gespräche mit zwölf Anrufen ausgewertet.",
}


def fill_in(coach: Visitor) -> None:
    """Six fields; mode is on site unless said otherwise."""
    coach.page.locator("[name=site]").select_option(label="Gießen")
    coach.page.locator("[name=mode]").first.check()
    for name, value in SIX_FIELDS.items():
        coach.page.locator(f"[name={name}]").fill(value)
    coach.page.locator("[name=site_steps]").fill("Leitfaden erproben bis 15.03.2017")


def test_a_day_without_connection_arrives_once_and_the_site_confirms_by_link(
    visit: Callable[[], Visitor],
) -> None:
    before = CoachingDay.objects.count()
    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open("/intern/begleittage/neu/")
    state = coach.page.locator("[data-state]")

    coach.page.context.set_offline(True)
    fill_in(coach)
    coach.page.get_by_role("button", name="Begleittag einreichen").click()
    expect(state).to_contain_text("1 Begleittag wartet auf diesem Gerät")
    assert CoachingDay.objects.count() == before
    coach.page.context.set_offline(False)
    expect(state).to_contain_text("Der Begleittag ist übertragen.")

    coach.check()
    kept = coach.page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('begleit'))")
    assert kept == []
    assert CoachingDay.objects.count() == before + 1
    coach.open("/intern/begleittage/neu/")
    assert CoachingDay.objects.count() == before + 1

    letter = OutgoingMail.objects.filter(letter="sites/coaching_day_to_confirm").latest("pk")
    link = re.search(r"https?://\S+/standort-bestaetigung/\S+", letter.text_body)
    assert link is not None
    site = visit()
    site.open("/standort-bestaetigung/" + link[0].split("/standort-bestaetigung/")[1])
    assert "Servicetelefon erprobt" in site.text()
    site.press("Mit Anmerkung zurückgeben")
    site.fill("Anmerkung", "Es waren acht Personen.")
    site.press("Begleittag bestätigen")
    assert "ist der Begleittag bestätigt" in site.text() or "bestätigt" in site.text()
    assert CoachingDay.objects.latest("pk").state == "confirmed"


def test_what_is_typed_becomes_a_draft_that_opens_again(visit: Callable[[], Visitor]) -> None:
    DayDraft.objects.all().delete()
    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open("/intern/begleittage/neu/")
    coach.page.locator("[name=site]").select_option(label="Gießen")
    coach.page.locator("[name=happened]").fill("Erste Notizen")
    expect(coach.page.locator("[data-state]")).to_contain_text("Entwurf gespeichert")

    coach.open("/intern/begleittage/")
    coach.press("Gießen: Erste Notizen", role="link")
    assert coach.page.locator("[name=happened]").input_value() == "Erste Notizen"
    coach.page.get_by_role("button", name="Begleittag einreichen").click()
    coach.page.wait_for_url("**pruefen=1")
    coach.check()
    assert coach.page.get_by_role("alert").get_by_role("link").count() >= 2

    fill_in(coach)
    coach.follow(coach.page.get_by_role("button", name="Begleittag einreichen"))
    assert "Servicetelefon erprobt" in coach.text()
    assert not DayDraft.objects.exists()


def test_a_photo_chosen_early_is_there_when_the_draft_opens_again(
    visit: Callable[[], Visitor],
) -> None:
    DayDraft.objects.all().delete()
    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open("/intern/begleittage/neu/")
    state = coach.page.locator("[data-state]")

    coach.page.locator("[name=photo]").set_input_files(
        {"name": "Tafel.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(state).to_contain_text("Entwurf gespeichert")
    draft = DayDraft.objects.get()
    coach.open(f"/intern/begleittage/neu/?entwurf={draft.key}")
    assert "Das Foto „Tafel.jpg“ ist schon angekommen" in coach.text()

    coach.open("/intern/begleittage/neu/")
    coach.page.locator("[name=photo]").set_input_files(
        {"name": "Tafel.heic", "mimeType": "image/heic", "buffer": b"unlesbar"}
    )
    expect(state).to_contain_text("Das Foto wurde nicht gespeichert, bitte wählen Sie es erneut.")
    coach.open("/intern/begleittage/")
    coach.check()
    assert "„Tafel.heic“ wurde nicht gespeichert" in coach.text()


def test_an_emptied_form_leaves_no_draft_and_says_what_it_needs(
    visit: Callable[[], Visitor],
) -> None:
    DayDraft.objects.all().delete()
    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open("/intern/begleittage/neu/")
    happened = coach.page.locator("[name=happened]")

    happened.fill("Notiz")
    expect(coach.page.locator("[data-state]")).to_contain_text("Entwurf gespeichert")
    happened.fill("")
    expect(coach.page.locator("[data-state]")).to_be_empty()
    assert not DayDraft.objects.exists()

    coach.page.get_by_role("button", name="Begleittag einreichen").click()
    expect(coach.page.get_by_role("alert").first).to_be_visible()
    assert not DayDraft.objects.exists()
