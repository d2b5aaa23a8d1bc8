"""The manuscript: one click, nothing overwritten, two people at one text."""

import re

import pytest

from programme.errors import RuleBroken
from publications.enums import BlockKind
from publications.models import Block
from publications.queries import content, snapshots
from publications.services import manuscripts
from tests.publications import world

pytestmark = pytest.mark.django_db


def texts(report):
    return {block.key: block.body for block in Block.objects.filter(chapter__publication=report)}


def test_one_click_makes_all_chapters_with_all_live_blocks():
    report, _ = world.compiled()

    assert list(report.chapters.values_list("title", flat=True)) == [
        "Zusammenfassung",
        "Hintergrund",
        "Das Programm",
        "Die Standorte",
        "Das Landesnetzwerk",
        "Ordnungs- und Integrationsaufgaben im Gleichgewicht",
        "Förderung",
        "Ergebnisse",
        "Impressum",
    ]
    kinds = set(Block.objects.values_list("kind", flat=True))
    by_hand = {"picture", "site_profile", "timeline", "survey"}
    assert kinds == set(BlockKind.values) - by_hand


def test_compiling_again_changes_nothing():
    report, by = world.compiled()
    before = texts(report)

    assert manuscripts.compile(publication=report, by=by) == 0
    assert texts(report) == before


def test_an_edited_text_is_kept_and_gets_the_new_draft_beside_it():
    report, by = world.compiled()
    block = Block.objects.get(key="ueberblick")
    Block.objects.filter(pk=block.pk).update(draft="Früherer Vorschlag", body="Eigener Text")
    untouched = Block.objects.get(key="dank")
    Block.objects.filter(pk=untouched.pk).update(draft="Alt", body="Alt")

    manuscripts.compile(publication=report, by=by)

    block.refresh_from_db()
    untouched.refresh_from_db()
    assert block.body == "Eigener Text"
    assert block.draft.startswith("Von {beginn}")
    assert block.has_new_draft
    assert untouched.body == untouched.draft != "Alt"


def test_a_new_proposal_stands_behind_its_neighbour():
    report, by = world.compiled()
    Block.objects.get(key="belastung").delete()

    created = manuscripts.compile(publication=report, by=by)

    chapter = report.chapters.get(anchor="hintergrund")
    order = list(chapter.blocks.order_by("position").values_list("key", flat=True))
    assert (created, order) == (1, ["ausgangslage", "belastung", "vorlaeufer"])


def test_two_new_proposals_find_their_places_at_once():
    report, by = world.compiled()
    Block.objects.filter(key__in=("before_after", "practice_cards")).delete()

    created = manuscripts.compile(publication=report, by=by)

    chapter = report.chapters.get(anchor="ergebnisse")
    order = list(chapter.blocks.order_by("position").values_list("key", flat=True))
    assert created == 2
    assert order == ["was_bleibt", "before_after", "gelernt", "practice_cards", "dank"]


def test_most_figures_of_the_report_come_from_the_data():
    report, _ = world.compiled()
    report.refresh_from_db()
    data = content.report_data(report.programme)
    chapters = snapshots.manuscript_chapters(report)
    frozen = snapshots.snapshot(
        report, number=1, moment=report.compiled_at, chapters=chapters, data=data
    )
    typed = sum(len(re.findall(r"\d+", body)) for body in texts(report).values())
    shown = len(re.findall(r"\d+", str(frozen["chapters"])))

    assert (shown - typed) / shown >= 0.6


def test_every_placeholder_of_the_draft_is_known():
    report, _ = world.compiled()
    values = content.sentence_values(content.report_data(report.programme))
    filled = [snapshots.block_content(b, None, values) for b in Block.objects.filter(kind="text")]

    assert [block["text"] for block in filled if re.search(r"\{[a-z]", block["text"])] == []


def test_a_text_can_be_edited():
    _, by = world.compiled()
    block = Block.objects.get(key="dank")

    saved = manuscripts.edit_block(
        block=block, body="Danke, {standorte} Mal.", version=1, values={"standorte": "x"}, by=by
    )

    assert (saved.body, saved.version) == ("Danke, {standorte} Mal.", 2)


def test_the_second_of_two_editors_overwrites_nothing():
    _, by = world.compiled()
    block = Block.objects.get(key="dank")
    manuscripts.edit_block(block=block, body="Zuerst", version=1, values={}, by=by)

    with pytest.raises(RuleBroken, match="inzwischen") as broken:
        manuscripts.edit_block(block=block, body="Danach", version=1, values={}, by=by)

    block.refresh_from_db()
    assert (block.body, broken.value.field) == ("Zuerst", "version")


@pytest.mark.parametrize(
    ("key", "body", "message"),
    [
        ("dank", "  \n ", "Bitte geben Sie einen Text ein"),
        ("dank", "x" * 20_001, "höchstens 20000 Zeichen"),
        ("dank", "Es waren {teilnemer}.", r"Diese Platzhalter gibt es nicht: \{teilnemer\}"),
        ("imprint", "Text", "hat keinen eigenen Text"),
    ],
)
def test_an_unusable_text_is_refused(key, body, message):
    _, by = world.compiled()

    with pytest.raises(RuleBroken, match=message):
        manuscripts.edit_block(
            block=Block.objects.get(key=key), body=body, version=1, values={}, by=by
        )


def test_blocks_move_within_their_chapter_and_stop_at_the_edge():
    report, by = world.compiled()
    chapter = report.chapters.get(anchor="ergebnisse")

    manuscripts.move(block=chapter.blocks.get(key="dank"), up=True, by=by)
    manuscripts.move(block=chapter.blocks.get(key="was_bleibt"), up=True, by=by)

    order = chapter.blocks.order_by("position").values_list("position", "key", "kind")
    assert [key or kind for _, key, kind in order] == [
        "was_bleibt",
        "before_after",
        "gelernt",
        "dank",
        "practice_cards",
    ]
    assert [position for position, _, _ in order] == [1, 2, 3, 4, 5]


def test_a_text_is_added_and_a_block_is_left_out():
    report, by = world.compiled()
    chapter = report.chapters.get(anchor="impressum")
    live = chapter.blocks.get(kind=BlockKind.IMPRINT)

    added = manuscripts.add_text(chapter=chapter, by=by)
    manuscripts.include(block=live, included=False, by=by)

    added.refresh_from_db()
    live.refresh_from_db()
    assert (added.position, added.kind, live.is_included) == (2, BlockKind.TEXT, False)
    manuscripts.include(block=live, included=True, by=by)
    assert chapter.blocks.filter(is_included=True).count() == 2
