"""Numbers of certificates: typing errors are caught, look-alikes are not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.rules.certificates import SIGNS, initials, new_number, read, written

DRAWN = st.text(SIGNS, min_size=7, max_size=7)
YEARS = st.integers(2015, 2099)


@given(YEARS, DRAWN)
def test_a_number_is_read_as_it_is_written(year, drawn):
    number = written(year=year, drawn=drawn)

    assert read(number) == number
    assert read(number.lower().replace("-", " ")) == number
    assert read(number.replace("0", "O").replace("1", "l").replace("5", "S")) == number


@given(YEARS, DRAWN, st.integers(3, 16), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_no_number(year, drawn, place, sign):
    number = written(year=year, drawn=drawn)
    if number[place] in {"-", sign}:
        return
    wrong = number[:place] + sign + number[place + 1 :]

    assert read(wrong) is None


@given(YEARS, DRAWN)
def test_two_swapped_signs_are_no_number(year, drawn):
    number = written(year=year, drawn=drawn)
    packed = number.replace("-", "")

    for place, (first, second) in enumerate(pairwise(packed)):
        if place >= 2 and first != second:
            assert read(f"{packed[:place]}{second}{first}{packed[place + 2 :]}") is None


@pytest.mark.parametrize("text", ["", "LN", "LN-2026", "x" * 5000, "LN-２０２６-AAAA-AAAA", "\x00"])
def test_what_is_no_number_is_none(text):
    assert read(text) is None


def test_new_numbers_differ():
    assert len({new_number(year=2026) for _ in range(500)}) == 500


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Dr. Zoë Groß", "Z. G."),
        ("Öznur", "Ö."),
        ("Anna-Lena von der Weiß", "A. W."),
        ("Dr.", ""),
    ],
)
def test_initials_say_little(name, shown):
    assert initials(name) == shown
