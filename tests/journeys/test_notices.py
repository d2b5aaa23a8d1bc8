"""News: how soon is one click, on the page and behind the link of a letter."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from programme.models import NoticeChoice, OutgoingMail, User
from programme.services import digests, notices
from tests.journeys.conftest import Visitor, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def tell(person: User, key: str) -> None:
    notices.tell(
        topic="coaching",
        people=[person],
        key=key,
        sentence="Standort Gießen: Der Begleittag vom 28.02.2017 ist vom Standort bestätigt.",
        path="/intern/standorte/giessen/",
        by=None,
    )


def test_how_soon_is_one_click_on_the_page_and_behind_the_link_of_a_letter(
    visit: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = User.objects.get(email="begleitung@example.org")
    chosen = NoticeChoice.objects.filter(user=person, topic="coaching")
    tell(person, "first")
    coach = visit()
    coach.sign_in(person.email)
    coach.open("/intern/benachrichtigungen/")
    assert "Der Begleittag vom 28.02.2017 ist vom Standort bestätigt." in coach.text()

    topic = coach.page.get_by_role("group", name="Begleittage")
    coach.follow(topic.get_by_role("button", name="einmal in der Woche"))

    assert "Von „Begleittage“ hören Sie jetzt: einmal in der Woche." in coach.text()
    assert chosen.get().speed == "weekly"
    pressed = coach.page.locator("#thema-coaching [aria-pressed=true]")
    assert pressed.inner_text().endswith("einmal in der Woche")

    monkeypatch.setattr("programme.rules.notices.is_due", lambda **_: True)
    digests.send_due.call()
    run_jobs()
    letter = OutgoingMail.objects.get(letter="programme/digest", recipient=person.email)
    link = re.search(r"https?://\S+/benachrichtigung/\S+/coaching/", letter.text_body)
    assert link is not None
    reader = visit()
    reader.open(urlsplit(link[0]).path)
    assert chosen.get().speed == "weekly"

    reader.press("sofort")

    assert "Von „Begleittage“ hören Sie jetzt: sofort." in reader.text()
    assert chosen.get().speed == "now"
    tell(person, "second")
    assert OutgoingMail.objects.filter(letter="programme/news", recipient=person.email).exists()

    reader.open(urlsplit(letter.unsubscribe_url).path)
    reader.press("Alle gesammelten Nachrichten abbestellen")
    assert "Sie bekommen zurzeit keine gesammelten Nachrichten." in reader.text()
    assert chosen.get().speed == "now"
