"""Who reads what of a meeting: each audience also what wider ones may, nothing before its day."""

from datetime import timedelta

import pytest

from network.enums import Audience, MeetingStatus, MinutesKind
from network.queries import minutes, released
from programme import clock, tokens
from tests.factories.network import (
    MaterialFactory,
    MeetingFactory,
    MinutesItemFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, status=MeetingStatus.HELD)


def titles(meeting, audience):
    return {file.material.title for file in released.for_audience(meeting, audience).files}


def test_each_audience_reads_what_wider_ones_may(meeting):
    for audience in Audience:
        MaterialFactory(meeting=meeting, title=audience.value, audience=audience)

    found = {audience.value: titles(meeting, audience) for audience in Audience}

    assert found == {
        "team": {"team", "participants", "offices", "public"},
        "participants": {"participants", "offices", "public"},
        "offices": {"offices", "public"},
        "public": {"public"},
    }


def test_a_file_is_not_shown_before_its_day(meeting):
    tomorrow = clock.today() + timedelta(days=1)
    MaterialFactory(meeting=meeting, title="heute", audience="public", release_on=clock.today())
    MaterialFactory(meeting=meeting, title="morgen", audience="public", release_on=tomorrow)

    assert titles(meeting, Audience.PUBLIC) == {"heute"}


def test_minutes_are_read_once_released_and_only_by_their_audience(meeting):
    MinutesItemFactory(meeting=meeting, kind=MinutesKind.DECISION)
    before = released.for_audience(meeting, Audience.OFFICES)
    meeting.minutes_audience, meeting.minutes_released_at = Audience.OFFICES, clock.now()

    assert not before
    assert released.for_audience(meeting, Audience.OFFICES).minutes
    assert not released.for_audience(meeting, Audience.PUBLIC)


def test_minutes_follow_the_agenda_and_keep_what_lost_its_item(meeting):
    item = meeting.agenda.create(position=1, title="Begrüßung")
    empty = meeting.agenda.create(position=2, title="Pause")
    MinutesItemFactory(meeting=meeting, agenda_item=item, position=2, text="zweitens")
    MinutesItemFactory(meeting=meeting, agenda_item=item, position=1, text="erstens")
    MinutesItemFactory(meeting=meeting, position=3, text="sonst")

    told = [(part.title, [row.text for row in part.rows]) for part in minutes.sections(meeting)]

    assert told == [
        ("Begrüßung", ["erstens", "zweitens"]),
        (empty.title, []),
        ("Weitere Ergebnisse", ["sonst"]),
    ]
    assert len(minutes.sections(meeting, filled_only=True)) == 2


def test_a_participants_link_works_after_the_meeting_but_not_without_a_seat(meeting):
    seated = RegistrationFactory(invitation__meeting=meeting)
    waiting = RegistrationFactory(invitation__meeting=meeting, status="waiting")

    def found(row):
        return released.participant(token=tokens.token("registration", row.token_seed))

    assert found(seated) == seated
    assert found(waiting) is None
    assert released.participant(token="x" * 43) is None
