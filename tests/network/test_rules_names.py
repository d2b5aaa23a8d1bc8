"""German names in searches and addresses."""

import pytest

from network.rules import names


@pytest.mark.parametrize("wanted", ["gießen", "GIESSEN", "giessen", "gieß", "landkreis gießen", ""])
def test_a_search_finds_umlauts_however_they_are_typed(wanted):
    assert names.matches(wanted, "Landkreis Gießen", "06531")


def test_a_search_needs_every_word():
    assert not names.matches("gießen fulda", "Landkreis Gießen")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("3. Landesnetzwerktreffen", "3-landesnetzwerktreffen"),
        ("Größe & Maß: Öffnungszeiten", "groesse-mass-oeffnungszeiten"),
        ("Neu", "treffen-neu"),
        ("…", "treffen"),
    ],
)
def test_titles_become_addresses(title, slug):
    assert names.slug_of(title, prefix="treffen") == slug
