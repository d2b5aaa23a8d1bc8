"""News: told once, as soon as each person chose, never to who did it."""

from datetime import timedelta

import pytest

from programme import clock, tokens
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Notice, NoticeChoice, NoticeLink, OutgoingMail
from programme.services import notices
from tests.factories.programme import NoticeChoiceFactory, NoticeFactory, UserFactory
from tests.letters import letters

pytestmark = pytest.mark.django_db


def tell(*people, by=None, key="coaching:7:confirmed", topic="coaching"):
    return notices.tell(
        topic=topic,
        people=people,
        key=key,
        sentence="Der Standort Kassel hat den Begleittag vom 29.02.2016 bestätigt.",
        path="/intern/standorte/kassel/",
        by=by,
    )


def coach(**more):
    return UserFactory(roles=[Role.COACH], **more)


def test_news_wait_for_the_next_collected_letter_unless_somebody_chose(programme):
    person = coach()

    new = tell(person)

    row = Notice.objects.get()
    assert (new, row.user, row.topic, row.sent_at, row.mail) == (1, person, "coaching", None, None)
    assert letters() == []


def test_who_wants_to_hear_at_once_gets_a_letter_in_the_same_transaction(programme):
    person = coach(email="joerg@example.org")
    NoticeChoiceFactory(user=person, speed="now")

    tell(person, coach())

    told = Notice.objects.get(user=person)
    assert letters() == [("programme/news", "joerg@example.org")]
    assert told.mail == OutgoingMail.objects.get()
    assert told.sent_at is not None


def test_who_wants_no_mail_reads_it_on_the_page_only(programme):
    person = coach()
    NoticeChoiceFactory(user=person, speed="never")

    tell(person)

    row = Notice.objects.get()
    assert (row.sent_at, row.mail) == (row.created_at, None)
    assert letters() == []


@pytest.mark.parametrize("speed", ["now", "daily", "never"])
def test_telling_twice_changes_nothing(programme, speed):
    person = coach()
    NoticeChoiceFactory(user=person, speed=speed)
    tell(person)
    before = list(Notice.objects.values())

    again = tell(person, person)

    assert again == 0
    assert list(Notice.objects.values()) == before
    assert OutgoingMail.objects.count() == (speed == "now")


def test_what_waited_is_not_hurried_by_a_second_telling(programme):
    person = coach()
    tell(person)
    notices.choose(person=person, topic="coaching", speed="now", by=person)

    tell(person)

    assert letters() == []


def test_the_one_who_did_it_and_closed_accounts_are_left_out(programme):
    doer, gone, hearer = coach(), coach(is_active=False), coach()

    new = tell(doer, gone, hearer, hearer, by=doer)

    assert new == 1
    assert [row.user for row in Notice.objects.all()] == [hearer]


def test_nobody_to_tell_is_no_error(programme):
    doer = coach()

    assert tell(by=doer) == 0
    assert tell(doer, by=doer) == 0


def test_a_long_sentence_is_cut_where_the_column_ends(programme):
    notices.tell(
        topic="coaching", people=[coach()], key="x", sentence="Ü" * 400, path="/intern/", by=None
    )

    sentence = Notice.objects.get().sentence
    assert (len(sentence), sentence[-2:]) == (300, "Ü…")


def test_news_about_an_unknown_topic_are_refused(programme):
    with pytest.raises(RuleBroken, match="Dieses Thema gibt es nicht"):
        tell(coach(), topic="weather")


@pytest.mark.parametrize("amount", [1, 3])
def test_telling_many_costs_as_many_queries_as_telling_one(
    programme, amount, django_assert_num_queries
):
    people = [coach() for _ in range(amount)]

    # Savepoint and its release, who knows it, who chose, the new rows.
    with django_assert_num_queries(5):
        tell(*people)


def test_a_choice_is_stored_and_noted_once(programme):
    person = coach(full_name="Jörg Ünal")

    notices.choose(person=person, topic="coaching", speed="weekly", by=person)
    notices.choose(person=person, topic="coaching", speed="weekly", by=person)

    assert list(NoticeChoice.objects.values_list("user", "topic", "speed")) == [
        (person.pk, "coaching", "weekly")
    ]
    assert list(AuditEntry.objects.values_list("actor", "sentence", "changes")) == [
        (
            person.pk,
            "Jörg Ünal hört von „Begleittage“ jetzt: einmal in der Woche.",
            {"coaching": ["daily", "weekly"]},
        )
    ]


def test_choosing_what_holds_anyway_writes_no_log(programme):
    person = coach()

    notices.choose(person=person, topic="coaching", speed="daily", by=person)

    assert AuditEntry.objects.count() == 0


def test_who_ends_the_letters_does_not_get_what_waits(programme):
    person = coach()
    waiting = NoticeFactory(user=person)
    other = NoticeFactory(user=person, topic="steps")

    notices.choose(person=person, topic="coaching", speed="never", by=None)

    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (waiting.sent_at is not None, waiting.mail, other.sent_at) == (True, None, None)


@pytest.mark.parametrize(
    ("topic", "speed", "words"),
    [
        ("weather", "daily", "Dieses Thema gibt es nicht"),
        ("post", "daily", "Dieses Thema gibt es nicht"),
        ("coaching", "yearly", "Bitte wählen Sie"),
        ("coaching", "", "Bitte wählen Sie"),
    ],
)
def test_an_impossible_choice_is_refused(programme, topic, speed, words):
    person = coach()

    with pytest.raises(RuleBroken, match=words):
        notices.choose(person=person, topic=topic, speed=speed, by=person)

    assert NoticeChoice.objects.count() == 0


def test_a_person_keeps_one_link_until_it_is_made_worthless(programme):
    person = coach()
    first = notices.link_of(person=person)
    again = notices.link_of(person=person)

    notices.renew_link(person=person, by=person)

    assert first == again
    assert notices.link_of(person=person) != first
    assert tokens.digest(notices.link_of(person=person)) == NoticeLink.objects.get().token_digest


def test_news_are_forgotten_90_days_after_they_were_told(programme):
    moment = clock.now()
    old, young = moment - timedelta(days=91), moment - timedelta(days=89)
    kept = [
        NoticeFactory(created_at=old, sent_at=young),
        NoticeFactory(created_at=young, sent_at=None),
    ]
    NoticeFactory(created_at=old, sent_at=old)
    NoticeFactory(created_at=old, sent_at=None)

    gone = notices.forget_told.func()

    assert gone == 2
    assert list(Notice.objects.order_by("pk")) == kept
