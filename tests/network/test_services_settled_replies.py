"""Answers from calendars that a person settles."""

from datetime import UTC, datetime, timedelta

import pytest

from network.enums import (
    ReplyState,
)
from network.services import replies
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import ContactFactory
from tests.factories.programme import UserFactory
from tests.network.replies_corpus import invited, registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]


def test_a_person_settles_a_parked_answer_by_choosing_who_it_is():
    person = registered()
    row = take("forged_attendee")
    team = UserFactory()

    settled = replies.settle(reply=row, registration=person, by=team)

    person.refresh_from_db()
    assert not person.is_active
    assert (settled.state, settled.settled_by, settled.registration) == (
        ReplyState.SETTLED,
        team,
        person,
    )
    told = AuditEntry.objects.get(verb="calendar_reply.settled").sentence
    assert told == "Antwort aus einem Kalender einer Person zugeordnet."
    with pytest.raises(RuleBroken, match="schon geklärt"):
        replies.settle(reply=row, by=team)


def test_settling_for_an_office_never_sends_its_link_to_a_stranger():
    office = invited()
    ContactFactory(organisation=office.organisation, email="leitung@example.org")
    row = take("unknown_uid")

    replies.settle(reply=row, invitation=office, by=UserFactory())

    assert OutgoingMail.objects.get().recipient == "leitung@example.org"


def test_an_answer_may_be_put_away_without_effect():
    person = registered()
    row = replies.settle(reply=take("outlook_counter"), by=UserFactory())

    person.refresh_from_db()
    assert (row.state, row.note) == (ReplyState.SETTLED, "Ohne Wirkung abgelegt.")
    assert person.is_active


def test_a_counter_proposal_cannot_be_applied():
    person = registered()
    with pytest.raises(RuleBroken, match="weder zu noch ab"):
        replies.settle(reply=take("gmail_counter"), registration=person, by=UserFactory())


def test_a_settled_answer_makes_older_ones_outdated():
    person = registered()
    row = take("later_version", stamped_at=datetime(2026, 5, 4, tzinfo=UTC))
    replies.settle(reply=row, registration=person, by=UserFactory())

    older = take("outlook_decline")

    assert older.state == ReplyState.OUTDATED
    assert row.stamped_at - older.stamped_at < timedelta(days=2)
