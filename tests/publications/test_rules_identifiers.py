"""Identifiers: their form, their check digits, and what is told if they are wrong."""

import pytest

from programme.errors import RuleBroken
from publications.rules import identifiers


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("978-3-16-148410-0", "978-3-16-148410-0"),
        (" ISBN 978 3 16 148410 0 ", "978-3-16-148410-0"),
        ("ISBN-13: 9783161484100", "9783161484100"),
        ("3-924428-15-8", "3-924428-15-8"),
        ("0-8044-2957-x", "0-8044-2957-X"),
        ("978‑3‑16‑148410‑0", "978-3-16-148410-0"),
        ("9-7-8-3-1-6-1-4-8-4-1-0-0", "9783161484100"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_right_isbn_is_kept_with_its_hyphens(written, kept):
    assert identifiers.isbn(written) == kept


@pytest.mark.parametrize(
    "written", ["978-3-16-148410-1", "978-3-16-148401-0", "3-924428-15-9", "0-8044-2957-1"]
)
def test_a_wrong_check_digit_of_an_isbn_is_refused(written):
    with pytest.raises(RuleBroken, match="Prüfziffer dieser ISBN") as broken:
        identifiers.isbn(written)

    assert broken.value.field == "isbn"


@pytest.mark.parametrize("written", ["977-3-16-148410-0", "12345", "X", "978316148410٠", "<b>"])
def test_what_is_no_isbn_is_refused(written):
    with pytest.raises(RuleBroken, match="978 oder 979"):
        identifiers.isbn(written)


@pytest.mark.parametrize(
    "written", ["10.5555/Bericht.1", "https://doi.org/10.5555/Bericht.1", "doi: 10.5555/Bericht.1"]
)
def test_a_doi_is_kept_without_its_resolver(written):
    assert identifiers.doi(written) == "10.5555/Bericht.1"


@pytest.mark.parametrize(
    "written", ["11.5555/x", "10.55/x", "10.5555/", "10.5555/a b", "10.5555/ü"]
)
def test_what_is_no_doi_is_refused(written):
    with pytest.raises(RuleBroken, match="Eine DOI beginnt"):
        identifiers.doi(written)


@pytest.mark.parametrize(
    "written",
    [
        "urn:nbn:de:gbv:089-3321752945",
        "URN:NBN:de:101:1-201102033592",
        "https://nbn-resolving.org/urn:nbn:de:gbv:7-isbn-90-6984-508-3-8",
    ],
)
def test_a_urn_with_its_check_digit_is_kept(written):
    assert identifiers.urn(written).startswith("urn:nbn:de:")


def test_a_wrong_check_digit_of_a_urn_is_refused():
    with pytest.raises(RuleBroken, match="Prüfziffer dieser URN"):
        identifiers.urn("urn:nbn:de:gbv:089-3321752946")


@pytest.mark.parametrize("written", ["urn:isbn:9783161484100", "urn:nbn:de:", "urn:nbn:de:ä-1"])
def test_what_is_no_urn_of_the_library_is_refused(written):
    with pytest.raises(RuleBroken, match="Eine URN beginnt"):
        identifiers.urn(written)
