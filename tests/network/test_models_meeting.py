"""The day of a meeting is the one on the wall in Hessen."""

from datetime import UTC, date, datetime

import pytest

from network.models import Meeting


@pytest.mark.parametrize(
    ("starts_at", "day"),
    [
        (datetime(2016, 6, 30, 22, 30, tzinfo=UTC), date(2016, 7, 1)),
        (datetime(2016, 2, 28, 23, 0, tzinfo=UTC), date(2016, 2, 29)),
        (datetime(2016, 12, 31, 22, 59, tzinfo=UTC), date(2016, 12, 31)),
    ],
)
def test_a_meeting_counts_to_the_day_in_hessen(starts_at, day):
    assert Meeting(starts_at=starts_at).day == day


def test_an_undated_meeting_stands_where_the_chronicle_shows_it():
    assert Meeting(date_label="Juni 2017", listed_on=date(2017, 6, 30)).day == date(2017, 6, 30)
    assert Meeting(date_label="irgendwann").day is None
