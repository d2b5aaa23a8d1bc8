"""Live blocks people choose: the timeline, one site, one survey; seen, kept, frozen."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from network.enums import MeetingStatus
from programme.errors import RuleBroken
from programme.models import AuditEntry
from publications.enums import BlockKind
from publications.exports import preflight
from publications.exports.data_files import table_csv
from publications.exports.reading import reading
from publications.exports.rendering import rendered
from publications.models import Block
from publications.queries import snapshots
from publications.rules.live_blocks import Choice
from publications.services import editions, live_blocks
from sites.enums import MeasureStatus, SiteStatus
from sites.models import Measure, Site
from tests.factories.network import (
    MeetingFactory,
    SurveyAnswerFactory,
    SurveyFactory,
    SurveyTicketFactory,
)
from tests.factories.sites import GoalFactory, MeasureUpdateFactory, PracticeCardFactory
from tests.publications import world

pytestmark = pytest.mark.django_db

QUESTIONS = [
    {"key": "q1", "text": "Das Treffen hat geholfen.", "kind": "scale"},
    {"key": "q2", "text": "Es war genug Zeit.", "kind": "scale"},
    {"key": "q3", "text": "Was nehmen Sie mit?", "kind": "text"},
]


@pytest.fixture
def report():
    """A report two people have agreed with."""
    return world.compiled()[0]


def with_survey(report, answers):
    """Make a survey of a meeting with these answers and three more links."""
    meeting = MeetingFactory(
        programme=report.programme,
        title="Fachaustausch Größe",
        status=MeetingStatus.HELD,
        starts_at=datetime(2016, 11, 3, 8, tzinfo=UTC),
        ends_at=datetime(2016, 11, 3, 14, tzinfo=UTC),
    )
    survey = SurveyFactory(
        meeting=meeting, questions=QUESTIONS, sent_at=datetime(2016, 11, 3, 15, tzinfo=UTC)
    )
    SurveyTicketFactory.create_batch(len(answers) + 3, survey=survey)
    for values in answers:
        SurveyAnswerFactory(survey=survey, values=values)
    return meeting


def add(report, kind, about="", anchor="ergebnisse"):
    """Put a live block into a chapter; return it."""
    chapter = report.chapters.get(anchor=anchor)
    return live_blocks.add(chapter=chapter, choice=Choice(kind, about), by=world.office_person())


def frozen(report, kind):
    """Return the frozen blocks of one kind."""
    chapters = snapshots.current(report)["chapters"]
    return [block for one in chapters for block in one["blocks"] if block["kind"] == kind]


def test_the_timeline_tells_in_order_what_happened_in_the_run_time(report):
    programme = report.programme
    Site.objects.update(
        selected_label="Anfang 2016", completed_on=date(2017, 6, 30), status=SiteStatus.COMPLETED
    )
    for number, day in enumerate((date(2016, 9, 5), date(2016, 9, 30))):
        measure = Measure.objects.get(title=f"Terminvergabe {number}")
        MeasureUpdateFactory(measure=measure, status=MeasureStatus.DONE, happened_on=day)
    late = Measure.objects.get(title="Terminvergabe 1")
    MeasureUpdateFactory(measure=late, status=MeasureStatus.RUNNING, happened_on=programme.ends_on)

    add(report, BlockKind.TIMELINE)

    (block,) = frozen(report, BlockKind.TIMELINE)
    assert [tuple(row.values()) for row in block["data"]["milestones"]] == [
        ("1. Oktober 2015", "Programm", "Das Programm beginnt"),
        ("Anfang 2016", "Auswahl", "Als Standort ausgewählt: Gießen"),
        (
            "September 2016",
            "Maßnahmen",
            "2 Maßnahmen umgesetzt: Terminvergabe 0 (Gießen); Terminvergabe 1 (Gießen)",
        ),
        ("16. September 2016", "Treffen", "2. Landesnetzwerktreffen"),
        ("30. Juni 2017", "Begleitung", "Begleitung abgeschlossen: Gießen"),
        ("30. Juni 2017", "Programm", "Das Programm endet"),
    ]


def test_a_site_profile_holds_what_everybody_may_read(report):
    site = Site.objects.get(name="Gießen")
    GoalFactory(site=site, title="Kürzer warten", target="unter 30 Minuten", status="reached")
    GoalFactory(site=site, title="Nur intern", is_public=False)
    PracticeCardFactory(site=site, public=True, title="Servicepunkt")
    PracticeCardFactory(site=site, title="Noch nicht frei")

    add(report, BlockKind.SITE_PROFILE, site.slug)

    (block,) = frozen(report, BlockKind.SITE_PROFILE)
    profile = block["data"]["profile"]
    assert block["about"] == site.slug
    assert [row["title"] for row in profile["goals"]] == ["Kürzer warten"]
    assert [row["title"] for row in profile["cards"]] == ["Servicepunkt"]
    assert [row["title"] for row in profile["measures"]] == ["Terminvergabe 0", "Terminvergabe 1"]
    facts = {row["name"]: row["value"] for row in profile["facts"]}
    assert facts["Behörde"] == "Ausländerbehörde Gießen"
    assert facts["Maßnahmen"] == "2, davon 2 umgesetzt"


def test_a_survey_is_told_with_its_balance_and_its_rate(report):
    answers = [{"q1": mark, "q2": 3, "q3": "Frau Weiß hilft"} for mark in (5, 5, 4, 3, 1)]
    meeting = with_survey(report, answers)

    add(report, BlockKind.SURVEY, str(meeting.pk))

    (block,) = frozen(report, BlockKind.SURVEY)
    survey = block["data"]["survey"]
    assert (survey["sent"], survey["answered"], survey["rate"]) == (8, 5, "63 %")
    assert survey["questions"][0] == {
        "text": "Das Treffen hat geholfen.",
        "answered": 5,
        "agree": 3,
        "undecided": 1,
        "disagree": 1,
        "mean": "3,6",
    }
    assert block["figures"] == [""]
    assert "Weiß" not in str(block)


def test_a_survey_with_four_answers_is_not_broken_down(report):
    meeting = with_survey(report, [{"q1": 5}] * 4)

    add(report, BlockKind.SURVEY, str(meeting.pk))

    (block,) = frozen(report, BlockKind.SURVEY)
    survey = block["data"]["survey"]
    assert (survey["answered"], survey["questions"], block["figures"]) == (4, [], [])
    body = "".join(one.html for one in rendered(reading(snapshots.current(report))).chapters)
    assert "Bei weniger als fünf Antworten wird nicht gezeigt" in body


def test_a_question_few_answered_is_counted_but_not_broken_down(report):
    meeting = with_survey(report, [{"q1": 5, "q2": 1}] * 4 + [{"q1": 4}] * 2)

    add(report, BlockKind.SURVEY, str(meeting.pk))

    (block,) = frozen(report, BlockKind.SURVEY)
    assert block["data"]["survey"]["questions"][1] == {
        "text": "Es war genug Zeit.",
        "answered": 4,
        "agree": None,
        "undecided": None,
        "disagree": None,
        "mean": "",
    }


def test_an_edition_keeps_the_values_and_offers_them_as_tables(report):
    meeting = with_survey(report, [{"q1": 5, "q2": 4}] * 5)
    site = Site.objects.get(name="Gießen")
    add(report, BlockKind.TIMELINE)
    add(report, BlockKind.SITE_PROFILE, site.slug)
    add(report, BlockKind.SURVEY, str(meeting.pk))
    world.sign(report)

    edition = editions.publish(publication=report, by=world.office_person())
    Site.objects.update(name="Umbenannt")
    shown = reading(edition.snapshot)

    assert table_csv(shown.table("befragung")).decode("utf-8-sig").splitlines() == [
        "Aussage;Antworten;stimmen zu;teils, teils;stimmen nicht zu;im Mittel (1 bis 5)",
        "Das Treffen hat geholfen.;5;5;0;0;5,0",
        "Es war genug Zeit.;5;5;0;0;4,0",
    ]
    assert shown.table("zeitverlauf").rows[0] == (
        "1. Oktober 2015",
        "Programm",
        "Das Programm beginnt",
    )
    assert shown.table(f"steckbrief-{site.slug}"[:29]).title == "Steckbrief: Gießen"
    body = rendered(shown)
    assert [row.title for row in body.figures][-1] == "Antworten nach „Fachaustausch Größe“"
    assert [row.title for row in body.tables][-3:] == [
        "Was wann geschehen ist",
        "Kennzahlen vorher und nachher: Gießen",
        "Ergebnisse der Befragung: Fachaustausch Größe",
    ]
    # The measures stand in two blocks, in the index once.
    assert [row.title for row in body.measures] == ["Terminvergabe 0", "Terminvergabe 1"]


def test_the_same_block_twice_is_refused_at_the_field(report):
    add(report, BlockKind.TIMELINE)

    with pytest.raises(RuleBroken, match="im Kapitel „Ergebnisse“") as broken:
        add(report, BlockKind.TIMELINE, anchor="programm")

    assert broken.value.field == "choice"


def test_a_block_of_a_site_that_is_no_longer_public_says_so(report):
    site = Site.objects.get(name="Gießen")
    add(report, BlockKind.SITE_PROFILE, site.slug)
    Site.objects.update(status=SiteStatus.APPLIED)

    looked = preflight.run(report)

    texts = [row.text for check in looked.checks for row in check.hints]
    assert "Für diesen Baustein gibt es noch keine Daten." in texts
    assert frozen(report, BlockKind.SITE_PROFILE)[0]["data"] == {"profile": None}


def address(name, report, *more):
    return reverse(f"publications:{name}", args=[report.slug, *more])


@pytest.fixture
def client_of_office(signed_in):
    return signed_in(user=world.office_person())


def test_a_person_sees_a_block_before_keeping_it(report, client_of_office):
    meeting = with_survey(report, [{"q1": 5}] * 5)
    url = address("add_live_block", report, "ergebnisse")
    sent = {"choice": f"survey:{meeting.pk}"}

    form = client_of_office.get(url)
    preview = client_of_office.post(url, sent | {"step": "preview"})
    before = Block.objects.filter(kind=BlockKind.SURVEY).count()
    response = client_of_office.post(url, sent, follow=True)

    assert "Fachaustausch Größe" in form.text
    assert "gespeichert ist noch nichts" in preview.text
    assert "Rücklauf 63 %" in preview.text
    assert before == 0
    assert "Der Baustein steht im Bericht." in response.text
    block = Block.objects.get(kind=BlockKind.SURVEY)
    assert (block.about, block.chapter.anchor) == (str(meeting.pk), "ergebnisse")


@pytest.mark.parametrize("choice", ["", "site_profile:gibt-es-nicht", "imprint:", "x" * 300])
def test_an_unknown_choice_is_said_at_the_field(report, client_of_office, choice):
    url = address("add_live_block", report, "ergebnisse")

    response = client_of_office.post(url, {"choice": choice})

    assert response.status_code == 422
    assert "choice" in response.context["form"].errors
    assert not Block.objects.filter(kind=BlockKind.SITE_PROFILE).exists()


def test_another_choice_is_kept_and_a_clash_overwrites_nothing(report, client_of_office):
    site = Site.objects.get(name="Gießen")
    block = add(report, BlockKind.TIMELINE)
    url = address("choose_live_block", report, block.pk)
    sent = {"choice": f"site_profile:{site.slug}", "version": 1}

    first = client_of_office.post(url, sent, follow=True)
    second = client_of_office.post(url, {"choice": "timeline:", "version": 1})

    block.refresh_from_db()
    assert "Die Auswahl ist gespeichert." in first.text
    assert (block.kind, block.about, block.version) == (BlockKind.SITE_PROFILE, site.slug, 2)
    assert second.status_code == 422
    assert "Gespeicherte Auswahl" in second.text
    assert re.findall(r'name="version" value="(\d+)"', second.text) == ["2"]
    assert AuditEntry.objects.filter(verb="manuscript.chosen").count() == 1


def test_a_text_has_nothing_to_choose(report, client_of_office):
    block = Block.objects.get(key="dank")

    assert client_of_office.get(address("choose_live_block", report, block.pk)).status_code == 404


def test_several_blocks_of_sites_cost_no_more_than_one(report, django_assert_num_queries):
    site = Site.objects.get(name="Gießen")
    add(report, BlockKind.SITE_PROFILE, site.slug)
    snapshots.current(report)
    with django_assert_num_queries(16):
        snapshots.current(report)
    add(report, BlockKind.SITE_PROFILE, "gibt-es-nicht")
    with django_assert_num_queries(16):
        snapshots.current(report)


def test_hours_of_coaching_are_written_with_a_comma(report):
    site = Site.objects.get(name="Gießen")
    site.coaching_days.update(hours=Decimal("7.50"))

    add(report, BlockKind.SITE_PROFILE, site.slug)

    facts = frozen(report, BlockKind.SITE_PROFILE)[0]["data"]["profile"]["facts"]
    assert {"name": "Begleitung", "value": "1 Tag, 7,5 Stunden"} in facts
