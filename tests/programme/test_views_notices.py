"""The page of news, and the link in the letters that changes the choice without a login."""

import pytest
from django.test import Client
from django.urls import reverse

from programme import submissions, tokens
from programme.enums import Role
from programme.models import AuditEntry, NoticeChoice
from programme.pages import UNKNOWN_LINKS
from programme.services import notices
from tests.factories.programme import (
    NoticeChoiceFactory,
    NoticeFactory,
    NoticeLinkFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach(programme):
    return UserFactory(roles=[Role.COACH])


@pytest.fixture
def token(coach):
    return notices.link_of(person=coach)


def by_link(token, scope="coaching"):
    return reverse("programme:change_notices", args=[token, scope])


def chosen(person):
    return dict(NoticeChoice.objects.filter(user=person).values_list("topic", "speed"))


@pytest.mark.parametrize("amount", [1, 3])
def test_the_page_shows_own_news_for_the_same_price(
    coach, signed_in, amount, django_assert_num_queries
):
    own = [NoticeFactory(user=coach) for _ in range(amount)]
    NoticeFactory(user=coach, topic="post")
    NoticeFactory()
    client = signed_in(user=coach)

    with django_assert_num_queries(8):
        response = client.get(reverse("programme:notices"))

    assert response.context["rows"] == [(row, "Begleittage") for row in reversed(own)]


@pytest.mark.parametrize(
    ("role", "topics"),
    [
        (Role.MEMBER, ["practice"]),
        (Role.FINANCE, []),
        (Role.ADMIN, ["post"]),
        (
            Role.SITE,
            [
                *("coaching", "steps", "measures", "phases", "indicators", "documents"),
                *("contributions", "practice"),
            ],
        ),
    ],
)
def test_each_role_is_offered_what_it_can_hear_of(programme, signed_in, role, topics):
    response = signed_in(role).get(reverse("programme:notices"))

    assert [choice.topic.key for choice in response.context["choices"]] == topics


def test_one_click_stores_the_choice(coach, signed_in):
    client = signed_in(user=coach)

    response = client.post(
        reverse("programme:choose_notices"), {"topic": "coaching", "speed": "weekly"}, follow=True
    )

    assert chosen(coach) == {"coaching": "weekly"}
    assert response.redirect_chain == [("/intern/benachrichtigungen/#thema-coaching", 302)]
    assert "Von „Begleittage“ hören Sie jetzt: einmal in der Woche." in response.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"topic": "post", "speed": "now"}, {"topic": "coaching", "speed": "ü\x00"}]
)
def test_an_impossible_choice_is_told_and_changes_nothing(coach, signed_in, sent):
    response = signed_in(user=coach).post(reverse("programme:choose_notices"), sent)

    assert (response.status_code, chosen(coach)) == (302, {})


def test_opening_the_link_changes_nothing(coach, token):
    before = AuditEntry.objects.count()

    for method in (Client().get, Client().head):
        response = method(by_link(token))
        assert response.status_code == 200

    assert (chosen(coach), AuditEntry.objects.count()) == ({}, before)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_link_shows_no_name_and_no_address(coach, token):
    page = Client().get(by_link(token)).content.decode()

    assert coach.email not in page
    assert coach.full_name not in page


def test_one_button_behind_the_link_changes_the_choice(coach, token):
    client = Client(enforce_csrf_checks=True)

    response = client.post(by_link(token), {"topic": "coaching", "speed": "weekly"}, follow=True)

    assert chosen(coach) == {"coaching": "weekly"}
    assert "Gespeichert" in response.content.decode()


def test_a_mail_program_ends_the_letters_of_one_topic_with_one_post(coach, token):
    client = Client(enforce_csrf_checks=True)

    response = client.post(by_link(token), {"List-Unsubscribe": "One-Click"})

    assert (response.status_code, response.content) == (200, b"")
    assert chosen(coach) == {"coaching": "never"}


def test_ending_the_collected_letters_leaves_what_comes_at_once(coach, token):
    NoticeChoiceFactory(user=coach, topic="steps", speed="now")

    Client(enforce_csrf_checks=True).post(
        by_link(token, "gesammelt"), {"List-Unsubscribe": "One-Click"}
    )

    assert chosen(coach) == {"steps": "now"} | dict.fromkeys(
        ("coaching", "measures", "phases", "indicators", "documents", "contributions", "practice"),
        "never",
    )


def test_a_button_ends_all_collected_letters(coach, token):
    response = Client().post(by_link(token, "gesammelt"), follow=True)

    assert set(chosen(coach).values()) == {"never"}
    page = response.content.decode()
    assert "Sie bekommen keine gesammelten Nachrichten mehr." in page
    assert "Alle gesammelten Nachrichten abbestellen" not in page


def test_an_impossible_choice_behind_the_link_changes_nothing(coach, token):
    response = Client().post(by_link(token), {"topic": "post", "speed": "now"}, follow=True)

    assert chosen(coach) == {}
    assert "Dieses Thema gibt es nicht." in response.content.decode()


def test_links_that_lead_nowhere_look_alike(coach, token, signed_in):
    gone = NoticeLinkFactory(user__is_active=False)
    lost = UserFactory()
    addresses = [
        by_link("unbekannt"),
        by_link(token, "post"),
        by_link(token, "wetter"),
        by_link(tokens.token("notices", gone.token_seed)),
        by_link(notices.link_of(person=lost)),
    ]

    assert [Client().get(address).status_code for address in addresses] == [404] * 5
    assert [Client().post(address).status_code for address in addresses] == [404] * 5


def test_a_person_makes_the_links_of_earlier_letters_worthless(coach, token, signed_in):
    signed_in(user=coach).post(reverse("programme:renew_notice_link"))

    assert Client().get(by_link(token)).status_code == 404
    assert Client().get(by_link(notices.link_of(person=coach))).status_code == 200


def test_guessing_links_is_stopped_and_the_right_one_too(token):
    for _ in range(UNKNOWN_LINKS["most"]):
        submissions.take_turn(**UNKNOWN_LINKS, address="127.0.0.1")

    assert Client().get(by_link(token)).status_code == 429
    assert Client().post(by_link(token), {"List-Unsubscribe": "One-Click"}).status_code == 429


def test_the_page_behind_a_link_stays_in_the_budget(token, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        Client().get(by_link(token))


def test_tokens_of_these_links_are_not_written_to_the_log(token):
    hidden = tokens.IN_ADDRESSES.sub(r"/\1/***", f"GET {by_link(token)}")

    assert hidden == "GET /benachrichtigung/***/coaching/"
