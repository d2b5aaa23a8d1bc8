"""Times that are known only roughly find their place among exact days."""

from datetime import date

import pytest

from sites.rules.vague_dates import begins


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Anfang 2016", date(2016, 1, 1)),
        ("Juni 2017", date(2017, 6, 1)),
        ("März 2016", date(2016, 3, 1)),
        ("Mitte 2016", date(2016, 6, 1)),
        ("Ende 1999", date(1999, 11, 1)),
        ("2016, vor September", date(2016, 1, 1)),
        ("2016", date(2016, 1, 1)),
        ("Treffen am Main, Mai 2016", date(2016, 5, 1)),
        ("noch offen", None),
        ("", None),
    ],
)
def test_a_rough_time_stands_where_it_may_begin(label, day):
    assert begins(label) == day
