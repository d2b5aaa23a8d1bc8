"""What can be ordered."""

import pytest

from publications.rules.orders import available, refusal


@pytest.mark.parametrize(
    ("stock", "reserved", "free"), [(10, 0, 10), (10, 10, 0), (3, 5, 0), (0, 0, 0)]
)
def test_free_copies_are_never_negative(stock, reserved, free):
    assert available(stock=stock, reserved=reserved) == free


@pytest.mark.parametrize(
    ("copies", "words"),
    [(0, "mindestens ein"), (11, "höchstens 10"), (7, "nur noch 6"), (6, ""), (1, "")],
)
def test_a_refusal_says_what_is_possible(copies, words):
    said = refusal(copies=copies, max_copies=10, free=6)

    assert words in said
    assert bool(words) == bool(said)


def test_the_last_copy_gone_names_the_pdf():
    assert "PDF" in refusal(copies=1, max_copies=10, free=0)
