"""The manuscript as it would be printed now: every block, numbered like the edition."""

from dataclasses import dataclass

from publications.exports import reading
from publications.exports.markdown import Texts
from publications.exports.reading import Item
from publications.models import Block, Chapter
from publications.queries import content, snapshots
from publications.rules import references
from publications.rules.references import WITH_TABLE, Target


@dataclass(frozen=True)
class ShownBlock:
    """A block and how it looks with the figures of this moment."""

    block: Block
    item: Item


@dataclass(frozen=True)
class ShownChapter:
    """A chapter with its blocks, those left out as well."""

    chapter: Chapter
    blocks: tuple[ShownBlock, ...]


def shown(
    chapters: list[Chapter], data: content.ReportData, *, pictures: str
) -> list[ShownChapter]:
    """Return every block ready to be shown; what is left out has no number."""
    texts = Texts(snapshots.targets(chapters, data))
    values = content.sentence_values(data)
    figure = table = 0
    found = []
    for chapter in chapters:
        blocks = []
        for block in chapter.blocks.all():
            shown = snapshots.block_content(block, data, values)
            table += block.is_included and block.kind in WITH_TABLE
            item = reading.item(
                shown,
                texts=texts if block.is_included else Texts(texts.targets),
                figure=figure + 1 if block.is_included else 0,
                table=table if block.is_included else 0,
                pictures=pictures,
            )
            figure += len(references.figures_of(shown)) if block.is_included else 0
            blocks.append(ShownBlock(block, item))
        found.append(ShownChapter(chapter, tuple(blocks)))
    return found


def one_text(
    block: Block, body: str, *, targets: dict[str, Target], values: dict[str, str]
) -> Item:
    """Return a text as it would look, saved or not; its notes count from one."""
    unsaved = Block(pk=block.pk, kind=block.kind, body=body)
    written = snapshots.text_content(unsaved, values)
    return reading.item(written, texts=Texts(targets))


def one_live(block: Block, data: content.ReportData) -> Item:
    """Return a live block as it would look, saved or not, without numbers."""
    return reading.item(snapshots.block_content(block, data, {}), texts=Texts({}))
