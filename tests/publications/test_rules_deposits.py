"""What libraries get of an edition, and when."""

from datetime import date

import pytest

from publications.enums import DepositForm, DepositLibrary
from publications.rules.deposits import FEW_PAGES, SMALL_RUN, owed

OUT = date(2017, 1, 31)


def found(**changes):
    """Library, form, copies, day and exemption of what is owed."""
    edition = {"published_on": OUT, "is_printed": True, "print_run": None, "pages": 60}
    return [
        (one.library, one.form, one.copies, one.due_on, one.exempt_because)
        for one in owed(**edition | changes)
    ]


def test_two_libraries_get_print_and_online_within_a_week_and_a_month():
    assert found() == [
        (DepositLibrary.DNB, DepositForm.PRINT, 2, date(2017, 2, 7), ""),
        (DepositLibrary.HLB, DepositForm.PRINT, 1, date(2017, 2, 28), ""),
        (DepositLibrary.DNB, DepositForm.ONLINE, 1, date(2017, 2, 7), ""),
        (DepositLibrary.HLB, DepositForm.ONLINE, 1, date(2017, 2, 28), ""),
    ]


def test_what_is_not_printed_is_owed_online_only():
    assert [form for _, form, *_ in found(is_printed=False)] == [DepositForm.ONLINE] * 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"print_run": 24}, SMALL_RUN),
        ({"print_run": 25}, ""),
        ({"pages": 4}, FEW_PAGES),
        ({"pages": 5}, ""),
        ({"pages": 0}, ""),
    ],
)
def test_small_prints_are_exempt_at_the_national_library_only(changes, reason):
    assert [exempt for *_, exempt in found(**changes)] == [reason, "", "", ""]


def test_a_month_after_a_leap_day_is_the_same_day():
    assert found(published_on=date(2016, 2, 29))[1][3] == date(2016, 3, 29)
