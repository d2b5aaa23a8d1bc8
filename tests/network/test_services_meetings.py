"""Drafting, publishing and cancelling meetings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from network.enums import MeetingStatus
from network.models import Meeting
from network.services import meetings
from programme import clock
from programme.errors import RuleBroken
from programme.models import AuditEntry
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    RegistrationFactory,
)
from tests.letters import letters
from tests.network.revising import change

pytestmark = pytest.mark.django_db


def test_a_meeting_starts_as_a_draft_with_its_agenda(programme, plan, by):
    meeting = meetings.draft(programme=programme, plan=plan, by=by)

    assert (meeting.slug, meeting.status) == ("3-landesnetzwerktreffen", MeetingStatus.DRAFT)
    assert [(item.position, item.title, item.speaker) for item in meeting.agenda.all()] == [
        (1, "Begrüßung", ""),
        (2, "Terminvergabe", "Stadt Gießen"),
    ]
    assert AuditEntry.objects.get().verb == "meeting.created"


def test_equal_titles_get_different_addresses(programme, plan, by):
    slugs = [meetings.draft(programme=programme, plan=plan, by=by).slug for _ in range(3)]

    assert slugs == [
        "3-landesnetzwerktreffen",
        "3-landesnetzwerktreffen-2",
        "3-landesnetzwerktreffen-3",
    ]


def test_a_draft_takes_the_address_of_its_new_title_a_public_meeting_keeps_its_links(
    programme, plan, by
):
    meeting = meetings.draft(programme=programme, plan=replace(plan, title="Kopie 2"), by=by)

    meeting = change(meeting, plan, by)
    assert meeting.slug == "3-landesnetzwerktreffen"
    meeting = meetings.publish(meeting=meeting, by=by)
    assert change(meeting, replace(plan, title="Anders"), by).slug == "3-landesnetzwerktreffen"


def test_a_bad_plan_is_refused_and_nothing_is_written(programme, plan, by):
    with pytest.raises(RuleBroken) as broken:
        meetings.draft(programme=programme, plan=replace(plan, seats=0), by=by)

    assert broken.value.field == "seats"
    assert not Meeting.objects.exists()


def test_a_draft_in_the_past_is_published_as_held(programme, plan, by):
    start = clock.now() - timedelta(days=30)
    old = replace(
        plan,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        reply_until=start - timedelta(days=3),
        is_looking_back=True,
    )
    meeting = meetings.draft(programme=programme, plan=old, by=by)

    assert meetings.publish(meeting=meeting, by=by).status == MeetingStatus.HELD


def test_a_held_meeting_cannot_be_changed(programme, plan, by, published):
    Meeting.objects.update(status=MeetingStatus.HELD)

    with pytest.raises(RuleBroken):
        change(published, plan, by)


def test_cancelling_tells_people_and_offices_once(published, by):
    contact = ContactFactory()
    invitation = InvitationFactory(meeting=published, organisation=contact.organisation)
    guest = RegistrationFactory(invitation=invitation, meeting=published)

    for _ in range(2):
        meeting = meetings.cancel(meeting=published, reason="Sturm", by=by)

    assert (meeting.status, meeting.cancel_reason) == (MeetingStatus.CANCELLED, "Sturm")
    assert sorted(letters()) == [
        ("network/invitation_cancelled", contact.email),
        ("network/meeting_cancelled", guest.email),
    ]


def test_a_draft_cannot_be_cancelled(programme, plan, by):
    meeting = meetings.draft(programme=programme, plan=plan, by=by)

    with pytest.raises(RuleBroken):
        meetings.cancel(meeting=meeting, reason="", by=by)
