"""Judgement without database: life cycle, run time, weight."""

from datetime import date

import pytest

from sites.enums import Balance, SiteStatus
from sites.rules.balance import needs_reconciliation
from sites.rules.lifecycle import lies_outside, takes_entries

START, END = date(2015, 10, 1), date(2017, 6, 30)


@pytest.mark.parametrize(
    ("status", "takes"),
    [
        (SiteStatus.APPLIED, False),
        (SiteStatus.SELECTED, True),
        (SiteStatus.ACTIVE, True),
        (SiteStatus.COMPLETED, True),
        (SiteStatus.WITHDRAWN, False),
    ],
)
def test_only_selected_active_and_completed_sites_take_entries(status, takes):
    assert takes_entries(status) is takes


@pytest.mark.parametrize(
    ("day", "outside"),
    [
        (None, False),
        (date(2015, 9, 30), True),
        (date(2015, 10, 1), False),
        (date(2016, 2, 29), False),
        (date(2017, 6, 30), False),
        (date(2017, 7, 1), True),
    ],
)
def test_first_and_last_day_belong_to_the_run_time(day, outside):
    assert lies_outside(day, START, END) is outside


@pytest.mark.parametrize("step", Balance)
def test_a_note_is_due_as_soon_as_one_side_weighs_more(step):
    assert needs_reconciliation(step) is (step != Balance.BOTH)


def test_an_open_weight_needs_no_note():
    assert needs_reconciliation(None) is False
