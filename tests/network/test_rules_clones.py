"""Titles are counted on, days and times keep their distance."""

from datetime import date, datetime, time, timedelta

import pytest

from network.rules import places
from network.rules.clones import next_day, next_title, reply_day, shifted, shifted_clock
from network.rules.deadlines import HESSEN
from network.rules.places import Place

DAY = date(2027, 3, 4)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2. Landesnetzwerktreffen", "5. Landesnetzwerktreffen"),
        ("9. Landesnetzwerktreffen", "10. Landesnetzwerktreffen"),
        ("Netzwerkforum 2026", "Netzwerkforum 2027"),
        ("Werkstatt Nr. 3", "Werkstatt Nr. 4"),
        ("Fachaustausch Terminvergabe", "Fachaustausch Terminvergabe 3"),
        ("Ä" * 160, "Ä" * 156 + " 2"),
    ],
)
def test_titles_are_counted_on_past_those_that_are_taken(title, expected):
    taken = {
        title,
        "3. Landesnetzwerktreffen",
        "4. Landesnetzwerktreffen",
        "Fachaustausch Terminvergabe 2",
    }

    assert next_title(title, taken=taken, day=DAY) == expected


def test_the_next_day_is_half_a_year_on_or_far_enough_ahead_on_the_same_weekday():
    thursday = date(2026, 10, 1)

    assert next_day(thursday, today=date(2026, 10, 20)) == date(2027, 4, 1)
    assert next_day(date(2016, 9, 16), today=date(2026, 11, 23)) == date(2027, 1, 22)
    assert next_day(None, today=date(2026, 11, 23)) == date(2027, 1, 18)


def test_the_deadline_keeps_its_distance():
    deadline = datetime(2026, 9, 10, 23, 59, tzinfo=HESSEN)

    assert reply_day(day=DAY, old_day=date(2026, 10, 1), old_deadline=deadline) == date(2027, 2, 11)
    assert reply_day(day=DAY, old_day=None, old_deadline=None) == DAY - timedelta(days=14)


def test_a_moment_keeps_its_time_of_day_across_summer_time():
    old_start = datetime(2027, 3, 4, 10, tzinfo=HESSEN)
    start = datetime(2027, 4, 1, 9, tzinfo=HESSEN)
    before = datetime(2027, 3, 2, 23, 59, tzinfo=HESSEN)

    moved = shifted(before, old_start=old_start, start=start)

    assert moved == datetime(2027, 3, 30, 23, 59, tzinfo=HESSEN)
    assert shifted(None, old_start=old_start, start=start) is None


@pytest.mark.parametrize(
    ("at", "hour", "expected"),
    [
        (time(10, 15), 9, time(9, 15)),
        (time(23, 30), 11, None),
        (time(0, 30), 9, None),
        (None, 9, None),
    ],
)
def test_times_keep_their_distance_to_the_beginning(at, hour, expected):
    old_start = datetime(2027, 3, 4, 10, tzinfo=HESSEN)
    start = datetime(2027, 9, 2, hour, tzinfo=HESSEN)

    assert shifted_clock(at, old_start=old_start, start=start) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Regierungspräsidium Gießen, Großer Saal, Landgraf-Philipp-Platz 1–7, 35390 Gießen",
            Place(
                "Regierungspräsidium Gießen, Großer Saal",
                "Landgraf-Philipp-Platz 1–7",
                "35390",
                "Gießen",
            ),
        ),
        ("Rathaus, Fulda", Place("Rathaus", "", "", "Fulda")),
        ("Stadtschloss, 36037 Fulda", Place("Stadtschloss", "", "36037", "Fulda")),
        ("Rathaus, Raum A, Fulda", Place("Rathaus, Raum A", "", "", "Fulda")),
        ("Haus am Dom", Place("Haus am Dom")),
        ("  ", Place()),
    ],
)
def test_a_place_is_read_from_one_line_and_written_again(text, place):
    assert places.read(text) == place
    assert places.written(place) == " ".join(text.split())


def test_a_place_left_as_it_was_keeps_its_parts():
    known = Place("Saal 3, Nebengebäude 2", "", "", "Hanau")

    assert places.read(places.written(known), known=known) == known
