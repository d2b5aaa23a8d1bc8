"""Charts before and after are figures like all others: numbered, listed, cited, kept."""

import copy
from decimal import Decimal

import pytest

from publications.enums import BlockKind
from publications.exports.reading import reading
from publications.exports.rendering import rendered
from publications.models import Block
from publications.queries import content, snapshots
from publications.rules.references import Target
from sites.models import Site
from tests.factories.sites import IndicatorFactory, IndicatorReleaseFactory, IndicatorValueFactory
from tests.publications import world

pytestmark = pytest.mark.django_db


def measured(name, before, after):
    """Let Gießen release an indicator with both values."""
    site = Site.objects.get(name="Gießen")
    indicator = IndicatorFactory(site=None, name=name)
    for phase, value in (("baseline", before), ("end", after)):
        IndicatorValueFactory(site=site, indicator=indicator, phase=phase, value=Decimal(value))
    IndicatorReleaseFactory(site=site, indicator=indicator)


@pytest.fixture
def report():
    """A report with two indicators that can be compared and one that cannot."""
    report, _ = world.compiled()
    measured("Wartezeit vor Ort (Öffnungstage)", "45", "20")
    measured("Vorlauf bis zum Termin", "30", "12")
    site = Site.objects.get(name="Gießen")
    alone = IndicatorFactory(site=None, name="Nur vorher")
    IndicatorValueFactory(site=site, indicator=alone)
    IndicatorReleaseFactory(site=site, indicator=alone)
    return report


def effects(frozen):
    """Return the block before and after of a snapshot."""
    found = (block for chapter in frozen["chapters"] for block in chapter["blocks"])
    return next(block for block in found if block["kind"] == BlockKind.BEFORE_AFTER)


def test_each_chart_has_a_number_and_stands_in_the_list_of_figures(report):
    body = rendered(reading(snapshots.current(report)))

    assert [(row.anchor, row.label, row.title) for row in body.figures][-2:] == [
        (
            "abb-wirkung-wartezeit-vor-ort-oeffnungstage",
            "Abbildung 6",
            "Wartezeit vor Ort (Öffnungstage)",
        ),
        ("abb-wirkung-vorlauf-bis-zum-termin", "Abbildung 7", "Vorlauf bis zum Termin"),
    ]
    html = "".join(chapter.html for chapter in body.chapters)
    assert html.count('id="abb-wirkung-vorlauf-bis-zum-termin"') == 1


def test_a_text_cites_a_chart_by_its_name(report):
    name = "abb:wirkung-vorlauf-bis-zum-termin"
    Block.objects.filter(key="dank").update(body=f"Siehe [[{name}]].")

    chapters = snapshots.manuscript_chapters(report)
    known = snapshots.targets(chapters, content.report_data(report.programme))
    body = rendered(reading(snapshots.current(report)))

    assert known[name] == Target("Abbildung 7", "abb-wirkung-vorlauf-bis-zum-termin")
    html = "".join(chapter.html for chapter in body.chapters)
    assert 'href="#abb-wirkung-vorlauf-bis-zum-termin"' in html


def test_two_indicators_of_one_name_get_two_names(report):
    measured("Vorlauf bis zum Termin", "9", "8")

    frozen = snapshots.current(report)

    assert effects(frozen)["figures"] == [
        "wartezeit-vor-ort-oeffnungstage",
        "vorlauf-bis-zum-termin",
        "vorlauf-bis-zum-termin-2",
    ]


def test_an_edition_from_before_shows_its_charts_without_numbers(report):
    older = copy.deepcopy(snapshots.current(report))
    del effects(older)["figures"]

    body = rendered(reading(older))

    html = "".join(chapter.html for chapter in body.chapters)
    assert [row.label for row in body.figures][-1] == "Abbildung 5"
    assert html.count("report-chart--pair") == 2
    assert "Abbildung 6" not in html
