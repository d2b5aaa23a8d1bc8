"""U06: the coach runs the kick-off. U12: a member looks for what others did and reuses it."""

from collections.abc import Callable
from datetime import date

import pytest

from programme.exports.sample_files import sample_pdf
from sites.models import Adoption, SiteAgreement, SiteDocument, SitePhase
from tests.journeys.conftest import Visitor

LEAP_DAY = date(2016, 2, 29)

pytestmark = pytest.mark.django_db(transaction=True)


def choose_file(visitor: Visitor, name: str) -> None:
    content = sample_pdf(title=name, lines=["Beispiel"])
    visitor.page.locator("input[type=file]").set_input_files(
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": content}
    )


def test_the_coach_runs_the_kick_off(visit: Callable[[], Visitor]) -> None:
    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open("/intern/standorte/giessen/phasen/kickoff/")
    coach.page.locator("[name=actual_from]").fill("2016-02-04")
    coach.page.locator("[name=actual_to]").fill("2016-02-26")
    coach.press("Termine speichern")
    assert str(SitePhase.objects.get(site__slug="giessen", phase="kickoff").actual_from) == (
        "2016-02-04"
    )

    coach.open("/intern/standorte/giessen/akte/")
    coach.press("Vereinbarung ablegen", role="link")
    coach.page.locator("[name=agreed_on]").fill("2016-02-29")
    choose_file(coach, "Standortvereinbarung")
    coach.press("Speichern")
    assert "Vereinbarung vom 29. Februar 2016" in coach.text()
    assert SiteAgreement.objects.filter(site__slug="giessen", agreed_on=LEAP_DAY).count() == 1

    coach.press("Ansprechperson eintragen", role="link")
    coach.page.locator("[name=function]").fill("Teamleitung Empfang")
    coach.press("Speichern")
    assert "Teamleitung Empfang" in coach.text()

    coach.open("/intern/standorte/giessen/unterlagen/")
    coach.press("Unterlage ablegen", role="link")
    assert "keine Daten einzelner Ausländerinnen und Ausländer" in coach.text()
    coach.press("Unterlage ablegen")
    assert coach.page.get_by_role("alert").get_by_role("link").count() >= 2
    coach.page.locator("[name=kind]").select_option(label="Protokoll")
    coach.page.locator("[name=title]").fill("Auftakt mit der Steuerungsgruppe")
    choose_file(coach, "Protokoll")
    coach.press("Unterlage ablegen")
    assert "Fassung 1: Protokoll.pdf" in coach.text()
    assert "Landesarchiv" in coach.text()

    coach.press("Neue Fassung ablegen", role="link")
    choose_file(coach, "Protokoll ergänzt")
    coach.page.locator("[name=note]").fill("nach der Sitzung ergänzt")
    coach.press("Fassung ablegen")
    assert "Fassung 2: Protokoll ergänzt.pdf" in coach.text()
    assert "Fassung 1: Protokoll.pdf" in coach.text()

    coach.open("/intern/standorte/giessen/verlauf/?art=unterlagen")
    assert "„Auftakt mit der Steuerungsgruppe“, Fassung 2, ist abgelegt." in coach.text()
    coach.open("/intern/standorte/giessen/verlauf/")
    assert "Februar 2016" in coach.text()


def test_a_contact_is_followed_up_from_the_start_page(visit: Callable[[], Visitor]) -> None:
    coach = visit()
    coach.sign_in("begleitung@example.org")
    coach.open("/intern/standorte/giessen/kontakte/")
    coach.press("Kontakt eintragen", role="link")
    coach.page.locator("[name=happened_on]").fill("2016-02-29")
    coach.page.locator("[name=kind]").select_option(label="Telefonat")
    coach.page.locator("[name=partner]").fill("Amtsleitung")
    coach.page.locator("[name=topic]").fill("Räume für den Auftakt")
    coach.page.locator("[name=due_on]").fill("2016-03-15")
    coach.press("Kontakt eintragen")

    coach.open("/intern/")
    coach.press("Wiedervorlage: Räume für den Auftakt", role="link")
    coach.open("/intern/standorte/giessen/kontakte/?stand=offen")
    coach.press("Erledigt.*Räume für den Auftakt")
    coach.open("/intern/")
    assert "Räume für den Auftakt" not in coach.text()


def test_a_member_finds_asks_and_reuses(visit: Callable[[], Visitor]) -> None:
    member = visit()
    member.sign_in("mitglied@example.org")
    member.open("/intern/netzwerk/wissen/")
    field = member.page.locator("[name=handlungsfeld] option").nth(1)
    member.page.locator("[name=handlungsfeld]").select_option(value=field.get_attribute("value"))
    member.press("Suchen")
    kinds = member.page.locator(".site-list .card-meta").all_inner_texts()
    assert kinds
    assert all(text.startswith(("Praxisbaustein", "Maßnahme")) for text in kinds)

    member.open("/intern/netzwerk/wissen/?suche=merkblatt&art=unterlage")
    member.press("Vorlage: Merkblatt zur Terminvereinbarung", role="link")
    assert "projekt-giessen@example.org" in member.text()
    with member.page.expect_download() as download:
        member.page.locator("main").get_by_role("link", name="Fassung 3 herunterladen").click()
    assert download.value.suggested_filename.endswith(".pdf")

    hidden = SiteDocument.objects.get(audience="team")
    answer = member.page.goto(
        f"{member.base}/intern/standorte/{hidden.site.slug}/unterlagen/{hidden.pk}/"
    )
    assert answer is not None
    assert answer.status == 404

    before = Adoption.objects.count()
    member.open("/intern/netzwerk/wissen/?art=baustein")
    for link in member.page.locator(".site-list h2 a").all():
        address = link.get_attribute("href") or ""
        member.open(address)
        if member.page.get_by_role("button", name="Wir probieren das").count():
            break
        member.open("/intern/netzwerk/wissen/?art=baustein")
    member.press("Wir probieren das")
    assert Adoption.objects.count() == before + 1
