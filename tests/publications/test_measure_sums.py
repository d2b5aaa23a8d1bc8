"""Tables of measures say of every measure where it went; nothing is left out in silence."""

import copy

import pytest

from publications.enums import BlockKind
from publications.exports.reading import reading
from publications.exports.rendering import rendered
from publications.models import Chapter
from publications.queries import snapshots
from publications.rules.live_blocks import Choice
from publications.services import live_blocks
from sites.enums import MeasureStatus
from sites.models import Measure
from tests.factories.sites import MeasureFactory, MeasureUpdateFactory
from tests.publications import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen():
    """The data of a report with four public measures: one dated, one ended, one planned."""
    report, by = world.compiled()
    first = Measure.objects.get(title="Terminvergabe 0")
    MeasureUpdateFactory(measure=first)
    shared = {"site": first.site, "field_of_action": first.field_of_action, "is_public": True}
    for status in (MeasureStatus.STOPPED, MeasureStatus.PLANNED):
        MeasureFactory(title=f"Neu {status}", status=status, balance=None, **shared)
    chapter = Chapter.objects.get(publication=report, anchor="programm")
    live_blocks.add(chapter=chapter, choice=Choice(BlockKind.TIMELINE), by=by)
    return snapshots.current(report)


def item_of(read, kind):
    return next(item for section in read.sections for item in section.items if item.kind == kind)


def html_of(read):
    return "".join(chapter.html for chapter in rendered(read).chapters)


def test_measures_that_ended_otherwise_are_not_open(frozen):
    read = reading(frozen)

    item = item_of(read, BlockKind.MEASURES_BY_FIELD)
    assert item.sheet.heads == (
        "Handlungsfeld",
        "umgesetzt",
        "noch offen",
        "beendet ohne Umsetzung",
    )
    assert item.sheet.rows == (("Binnenorganisation", 2, 1, 1),)
    assert [(one.name, sum(one.values)) for one in item.chart.series] == [
        ("umgesetzt", 2),
        ("noch offen", 1),
        ("beendet ohne Umsetzung", 1),
    ]
    assert '<th class="num" scope="col">beendet ohne Umsetzung</th>' in html_of(read)


def test_an_edition_from_before_keeps_its_two_columns(frozen):
    older = copy.deepcopy(frozen)
    for chapter in older["chapters"]:
        for block in chapter["blocks"]:
            for field in block.get("data", {}).get("fields", ()):
                del field["stopped"]
            block.get("data", {}).pop("measures_done", None)

    read = reading(older)

    item = item_of(read, BlockKind.MEASURES_BY_FIELD)
    assert item.sheet.heads == ("Handlungsfeld", "umgesetzt", "noch offen")
    assert len(item.chart.series) == 2
    assert item_of(read, BlockKind.TIMELINE).note == ""
    assert '<th class="num" scope="col">beendet ohne Umsetzung</th>' not in html_of(read)


def test_measures_a_table_leaves_out_are_counted_below_it(frozen):
    read = reading(frozen)

    weighed = "Bei 2 von 4 Maßnahmen liegt keine Einschätzung vor."
    dated = (
        "Bei einer von 2 umgesetzten Maßnahmen ist kein Monat innerhalb der Laufzeit festgehalten; "
        "die Tabelle nennt sie nicht."
    )
    assert item_of(read, BlockKind.BALANCE).note == weighed
    assert item_of(read, BlockKind.TIMELINE).note == dated
    assert f'<p class="report-note">{weighed}</p>' in html_of(read)
    assert dated in html_of(read)


def test_n_is_explained_where_it_stands_and_only_there(frozen):
    assert "nennt die Zahl der Fälle" not in html_of(reading(frozen))

    Measure.objects.filter(title="Terminvergabe 1").update(effect="Um 3 Tage kürzer.", effect_n=40)
    report = Chapter.objects.get(anchor="programm").publication
    html = html_of(reading(snapshots.current(report)))

    place = html.index("(n\u00a0=\u00a040)")
    legend = "(n = …) nennt die Zahl der Fälle, auf denen eine Angabe beruht."
    assert html.index(legend) < place
    assert html.count(legend) == 1
