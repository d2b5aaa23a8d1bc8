"""The steps of a meeting, by hand and by the clock."""

from datetime import timedelta

import pytest

from network.enums import MeetingStatus
from network.services import life_cycle
from programme import clock
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import MeetingFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def past():
    """A meeting that began and ended yesterday."""
    begin = clock.now() - DAY
    return MeetingFactory(
        starts_at=begin, ends_at=begin + timedelta(hours=3), reply_until=begin - 14 * DAY
    )


def test_a_meeting_goes_from_announced_to_documented(past, by):
    for step in (life_cycle.close, life_cycle.hold, life_cycle.document):
        past = step(meeting=past, by=by)

    assert past.status == MeetingStatus.DOCUMENTED
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "meeting.closed",
        "meeting.held",
        "meeting.documented",
    ]


@pytest.mark.parametrize("step", ["close", "hold", "document"])
def test_each_step_counts_once(past, by, step):
    if step == "document":
        life_cycle.hold(meeting=past, by=by)
    getattr(life_cycle, step)(meeting=past, by=by)
    count = AuditEntry.objects.count()

    getattr(life_cycle, step)(meeting=past, by=by)

    assert AuditEntry.objects.count() == count


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("draft", "close"),
        ("draft", "reopen"),
        ("draft", "hold"),
        ("draft", "document"),
        ("published", "document"),
        ("held", "close"),
        ("held", "reopen"),
        ("documented", "hold"),
        ("cancelled", "close"),
        ("cancelled", "hold"),
        ("cancelled", "document"),
    ],
)
def test_no_step_jumps(past, by, status, step):
    past.status = status
    past.save()

    with pytest.raises(RuleBroken):
        getattr(life_cycle, step)(meeting=past, by=by)

    past.refresh_from_db()
    assert past.status == status


def test_nothing_was_held_before_it_began(by):
    with pytest.raises(RuleBroken, match="noch nicht begonnen"):
        life_cycle.hold(meeting=MeetingFactory(), by=by)


def test_a_closed_registration_opens_again(by):
    meeting = life_cycle.close(meeting=MeetingFactory(), by=by)

    assert life_cycle.reopen(meeting=meeting, by=by).status == MeetingStatus.PUBLISHED


def test_a_deadline_that_ran_out_keeps_the_registration_closed(by):
    meeting = MeetingFactory(reply_until=clock.now() - DAY, status=MeetingStatus.CLOSED)

    with pytest.raises(RuleBroken, match="spätere Frist"):
        life_cycle.reopen(meeting=meeting, by=by)


def test_the_clock_closes_what_ran_out_and_notes_what_is_over(past):
    late = MeetingFactory(reply_until=clock.now() - DAY)
    coming = MeetingFactory()
    draft = MeetingFactory(reply_until=clock.now() - DAY, status=MeetingStatus.DRAFT)
    RegistrationFactory(invitation__meeting=late)

    for _ in range(2):
        life_cycle.follow_the_clock.call()

    for meeting in (past, late, coming, draft):
        meeting.refresh_from_db()
    assert [past.status, late.status, coming.status, draft.status] == [
        MeetingStatus.HELD,
        MeetingStatus.CLOSED,
        MeetingStatus.PUBLISHED,
        MeetingStatus.DRAFT,
    ]
    assert AuditEntry.objects.count() == 2
    assert not OutgoingMail.objects.exists()
