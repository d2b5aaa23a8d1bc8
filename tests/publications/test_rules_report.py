"""Pure rules of the report: ranges, placeholders, drafts, checksums."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from publications.rules import drafts, placeholders, snapshots
from publications.rules.ranges import NotSatisfiable, wanted_part


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-99", (0, 99)),
        ("bytes=900-", (900, 999)),
        ("bytes=900-5000", (900, 999)),
        ("bytes=-100", (900, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=9-3", None),
        ("bytes=0-1,4-5", None),
        ("bytes=-", None),
        ("pages=1-2", None),
        ("bytes=٣-٤", None),
    ],
)
def test_a_range_header_names_a_part(header, part):
    assert wanted_part(header, 1000) == part


@pytest.mark.parametrize(
    "header", ["bytes=1000-", "bytes=-0", "bytes=9999999999999999-", "bytes=5000-6000"]
)
def test_a_part_outside_the_file_is_refused(header):
    with pytest.raises(NotSatisfiable):
        wanted_part(header, 1000)


def test_placeholders_are_filled_and_strangers_stay_visible():
    text = "Es waren {anzahl} Maßnahmen, {anzahl} mal {fremd}, {0} und {Groß}."

    assert placeholders.fill(text, {"anzahl": "7"}) == (
        "Es waren 7 Maßnahmen, 7 mal {fremd}, {0} und {Groß}."
    )
    assert placeholders.unknown(text, {"anzahl": "7"}) == ["fremd"]
    assert placeholders.used(text) == ["anzahl", "fremd"]


def test_a_draft_is_read_chapter_by_chapter():
    source = (
        "# eins: Über Maß\n\n<!-- text: a -->\nText\num\n* Punkt\n  am\n\nEnde\n\n"
        "<!-- live: balance -->\n# zwei: B\n"
    )

    assert drafts.chapters(source) == (
        drafts.DraftChapter(
            "eins",
            "Über Maß",
            (
                drafts.DraftBlock("a", "text", "Text um\n* Punkt am\n\nEnde"),
                drafts.DraftBlock("balance", "balance", ""),
            ),
        ),
        drafts.DraftChapter("zwei", "B", ()),
    )


def test_no_heading_level_is_skipped_below_a_chapter():
    text = "# Eins\n\n##### Fünf\n\nNummer #5 bleibt"

    assert drafts.below_the_chapter(text) == "### Eins\n\n### Fünf\n\nNummer #5 bleibt"


def test_figures_become_plain_values_with_one_checksum():
    @dataclass(frozen=True)
    class Figures:
        amount_eur: Decimal
        day: date
        names: tuple[str, ...]

    frozen = snapshots.plain({"b": Figures(Decimal("1.50"), date(2016, 2, 29), ("ä",)), "a": 1})

    assert frozen == {"b": {"amount_eur": "1.50", "day": "2016-02-29", "names": ["ä"]}, "a": 1}
    assert snapshots.checksum(frozen) == snapshots.checksum({"a": 1, "b": frozen["b"]})
