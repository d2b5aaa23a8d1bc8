"""Issue of a meeting: what remains of it, minutes, material, survey, closing (J1e)."""

from collections.abc import Callable

import pytest

from network.models import Meeting, SurveyAnswer
from network.services.demo_past import LATEST
from programme.models import OutgoingMail
from tests.journeys.conftest import Visitor, run_jobs
from tests.journeys.test_meeting import link_in

pytestmark = pytest.mark.django_db(transaction=True)
INSIDE = f"/intern/netzwerk/treffen/{LATEST.slug}/"


def test_the_agenda_becomes_minutes_and_both_are_released_in_two_clicks_each(
    visit: Callable[[], Visitor],
) -> None:
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"{INSIDE}niederschrift/")
    item = Meeting.objects.get(slug=LATEST.slug).agenda.get(title__startswith="Dolmetschen")
    assert item.title in office.text()
    office.page.locator(f"[name=n{item.pk}_text]").fill("Eine Liste von Dolmetschenden entsteht.")
    office.page.locator(f"[name=n{item.pk}_owner]").fill("Kassel")
    office.press("Speichern und freigeben")
    office.press("Niederschrift freigeben")
    assert "alle Stellen des Landesnetzwerks" in office.text()

    office.open(f"{INSIDE}material/")
    office.press("Freigeben", role="link")
    office.press("Freigeben")
    assert "freigegeben" in office.text()
    office.open("/intern/netzwerk/verabredungen/")
    assert "Eine Liste von Dolmetschenden entsteht." in office.text()

    member = visit()
    member.sign_in("mitglied@example.org")
    member.open("/intern/netzwerk/unterlagen/?suche=Dolmetschenden")
    member.press(LATEST.title, role="link")
    assert "Verabredung: Eine Liste von Dolmetschenden entsteht." in member.text()
    assert "Was beim ersten Gespräch zählt" in member.text()

    stranger = visit()
    stranger.open(f"/netzwerk/treffen/{LATEST.slug}/")
    assert "Eine Liste von Dolmetschenden" not in stranger.text()


def test_a_survey_is_sent_answered_once_and_the_meeting_is_closed(
    visit: Callable[[], Visitor],
) -> None:
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"{INSIDE}befragung/")
    office.press("Speichern und weiter zum Versand")
    office.press("Jetzt verschicken")
    run_jobs()
    mails = OutgoingMail.objects.filter(letter="network/survey_asked")
    mail = mails.first()
    assert mail is not None

    guest = visit()
    guest.open(link_in(mail, "/befragung/"))
    guest.page.get_by_label("4 – trifft eher zu").first.check()
    guest.press("Antwort absenden")
    assert "Vielen Dank" in guest.text()
    guest.open(link_in(mail, "/befragung/"))
    assert "schon eine Antwort angekommen" in guest.text()
    assert SurveyAnswer.objects.filter(survey__meeting__slug=LATEST.slug).count() == 1

    office.open(f"{INSIDE}abschluss/")
    assert "Ausländerbehörden erreicht" in office.text()
    assert "Die Niederschrift ist noch leer." in office.text()
    office.press("Treffen abschließen")
    assert "Das Treffen ist abgeschlossen." in office.text()
