"""What can be ordered."""

import pytest

from publications.models import Publication
from publications.rules import postcodes
from publications.rules.orders import Wish, available, refusal


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
    title = Publication(max_copies=10, limit_is_soft=False)

    said = refusal(Wish(title, copies, free=6))

    assert words in said
    assert bool(words) == bool(said)


def test_the_last_copy_gone_names_the_pdf():
    assert "PDF" in refusal(Wish(Publication(), 1, free=0))


@pytest.mark.parametrize(
    ("postcode", "exists"),
    [("65183", True), ("01067", True), ("00123", False), ("05123", False), ("6518", False)],
)
def test_a_postcode_begins_with_a_zone_in_use(postcode, exists):
    assert postcodes.exists(postcode) is exists


@pytest.mark.parametrize(
    ("known", "fits"),
    [([], True), (["65183"], True), (["34117", "65929"], True), (["10115"], False)],
)
def test_only_a_known_town_contradicts_a_postcode(known, fits):
    assert postcodes.fits_town("65185", known) is fits


def test_nothing_smaller_than_a_zone_stays_of_an_address():
    areas = [
        postcodes.area("65183"),
        postcodes.area("65183", region="Hessen", inside=True),
        postcodes.area("10115", region="Hessen"),
        postcodes.area(""),
    ]

    assert areas == [
        "Postleitzone 65",
        "Hessen, Postleitzone 65",
        "anderes Gebiet, Postleitzone 10",
        "anderes Gebiet",
    ]
