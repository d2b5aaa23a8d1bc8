"""What speaks against a plan is said at the field it belongs to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from network.enums import MeetingMode
from network.rules.deadlines import HESSEN
from network.rules.meetings import Plan, objections

NOW = datetime(2028, 1, 10, 12, 0, tzinfo=HESSEN)
START = datetime(2028, 2, 29, 10, 0, tzinfo=HESSEN)
PLAN = Plan(
    title="3. Landesnetzwerktreffen",
    starts_at=START,
    ends_at=START + timedelta(hours=6),
    reply_until=START - timedelta(days=14),
    venue="Regierungspräsidium Kassel",
    city="Kassel",
)


def test_nothing_speaks_against_a_sound_plan_on_a_leap_day():
    assert objections(PLAN, moment=NOW) == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"ends_at": START}, ["ends"]),
        ({"reply_until": START}, ["reply_until"]),
        ({"reply_until": NOW - timedelta(days=1)}, ["reply_until"]),
        ({"venue": ""}, ["venue"]),
        ({"seats": 0}, ["seats"]),
        ({"seats_per_office": 0}, ["seats_per_office"]),
        ({"seats": 1}, ["seats_per_office"]),
        ({"ends_at": START - timedelta(hours=1), "venue": ""}, ["ends", "venue"]),
    ],
)
def test_each_mistake_is_named_at_its_field(change, fields):
    found = objections(replace(PLAN, **change), moment=NOW)

    assert [objection.field for objection in found] == fields


def test_an_online_meeting_needs_no_venue():
    assert objections(replace(PLAN, venue="", mode=MeetingMode.ONLINE), moment=NOW) == []


def test_a_meeting_in_the_past_is_asked_about_and_accepted_on_purpose():
    later = START + timedelta(days=365)

    assert [each.field for each in objections(PLAN, moment=later)] == ["day"]
    assert objections(replace(PLAN, is_looking_back=True), moment=later) == []


def test_a_deadline_that_passed_may_stay_when_something_else_is_corrected():
    late = PLAN.reply_until + timedelta(days=1)

    assert objections(PLAN, moment=late, known_deadline=PLAN.reply_until) == []
    assert [each.field for each in objections(PLAN, moment=late)] == ["reply_until"]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"online_seats": 0}, ["online_seats"]),
        ({"seats": 1, "online_seats": 1}, []),
        ({"seats": 1, "online_seats": None}, []),
        ({"change_until": START + timedelta(hours=1)}, ["change_until"]),
        ({"change_until": START - timedelta(days=20)}, ["change_until"]),
        ({"change_until": START - timedelta(days=2)}, []),
    ],
)
def test_a_hybrid_plan_counts_both_kinds_of_seats(change, fields):
    hybrid = replace(PLAN, mode=MeetingMode.HYBRID, **change)

    assert [each.field for each in objections(hybrid, moment=NOW)] == fields


def test_what_a_mode_has_no_use_for_is_not_kept():
    url = "https://konferenz.example.org/raum"
    plans = [replace(PLAN, mode=mode, online_seats=9, online_url=url) for mode in MeetingMode]

    kept = [(row["online_seats"], row["online_url"]) for row in (each.columns() for each in plans)]

    assert kept == [(None, ""), (None, url), (9, url)]
