"""How an indicator moved at all sites is told in one short sentence below its name."""

from types import SimpleNamespace

import pytest

from sites.queries.comparisons import across_sentence


def moved(*changes):
    """Make comparisons that changed like this; None cannot be compared."""
    return [SimpleNamespace(change=change or "", is_drawn=change is not None) for change in changes]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (["+1 Tag"], "An einem Standort gestiegen."),
        (
            ["+1 Tag", "−2 Tage", "−3 Tage", "−1 Tag"],
            "An einem Standort gestiegen, an drei Standorten gesunken.",
        ),
        (
            ["unverändert", "unverändert", None],
            "An zwei Standorten gleich geblieben; an einem Standort nicht vergleichbar.",
        ),
        (["+1 Tag"] * 13, "An 13 Standorten gestiegen."),
        ([None], "An keinem Standort lassen sich zwei Werte vergleichen."),
    ],
)
def test_the_sentence_counts_sites_in_words_and_repeats_no_name(changes, told):
    assert across_sentence(moved(*changes)) == told
