"""The one sentence a comparison writes about itself, in German as people write it."""

import pytest

from sites.rules.comparisons import in_dative


@pytest.mark.parametrize(
    ("stands", "told"),
    [
        ("34 Tage", "34 Tagen"),
        ("1.200,5 Fälle je Stelle", "1.200,5 Fällen je Stelle"),
        ("74 Minuten", "74 Minuten"),
        ("1 Minute", "1 Minute"),
        ("12 Bescheide", "12 Bescheiden"),
        ("23,3 %", "23,3 %"),
        ("7", "7"),
    ],
)
def test_after_von_and_bei_a_unit_stands_in_the_dative(stands, told):
    assert in_dative(stands) == told
