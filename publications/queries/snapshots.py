"""The manuscript and the figures at one moment, as plain data that can be frozen."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q

from programme import clock
from programme.models import Programme
from publications.enums import BlockKind, EditionStatus
from publications.models import Block, Chapter, Edition, Picture, Publication
from publications.queries import content
from publications.queries.errata import errata_before
from publications.queries.imprints import frozen_imprint
from publications.rules import drafts, placeholders, references, snapshots
from publications.rules.references import Target

FORMAT = 1


def manuscript_chapters(publication: Publication) -> list[Chapter]:
    """Return the chapters with their blocks, both in order; two queries.

    Each block knows how many remarks on it are open.
    """
    remarks = Count("comments", filter=Q(comments__settled_at__isnull=True))
    blocks = Block.objects.select_related("picture").annotate(open_remarks=remarks)
    blocks = blocks.order_by("position")
    chapters = publication.chapters.order_by("position")
    return list(chapters.prefetch_related(Prefetch("blocks", queryset=blocks)))


def snapshot(
    publication: Publication,
    *,
    number: int,
    moment: datetime,
    chapters: list[Chapter],
    data: content.ReportData,
) -> dict[str, Any]:
    """Return everything edition `number` is made of: texts, figures, notices, date.

    Blocks that are left out do not appear; a chapter without blocks does not either.
    """
    values = content.sentence_values(data)
    imprint = frozen_imprint(publication, data.imprint)
    written = [_chapter(chapter, data, values) for chapter in chapters]
    frozen = {
        "format": FORMAT,
        "publication": {
            "slug": publication.slug,
            "title": publication.title,
            "subtitle": publication.subtitle,
            "summary": publication.summary,
        },
        "edition": {
            "number": number,
            "dated": imprint["as_of"] or clock.day_of(moment).isoformat(),
            "frozen_at": moment.isoformat(timespec="seconds"),
            "is_sample": _is_sample(publication.programme),
        },
        "programme": snapshots.plain(data.programme),
        "imprint": imprint,
        "map": _map(data),
        "chapters": [chapter for chapter in written if chapter["blocks"]],
    }
    # Editions without corrections keep the shape they had before there were any.
    corrected = _errata(publication, number)
    return frozen | {"errata": corrected} if corrected else frozen


def current(publication: Publication) -> dict[str, Any]:
    """Return what would be frozen now, as the next edition."""
    return snapshot(
        publication,
        number=next_number(newest_of(publication)),
        moment=clock.now(),
        chapters=manuscript_chapters(publication),
        data=content.report_data(publication.programme),
    )


def newest_of(publication: Publication) -> Edition | None:
    """Return the newest edition, finished or not, without its data."""
    return publication.editions.defer("snapshot").order_by("-number").first()


def next_number(newest: Edition | None) -> int:
    """Return the number of the next edition; nobody saw a failed one, so it is used again."""
    if newest is None:
        return 1
    return newest.number + (newest.status != EditionStatus.FAILED)


def state_of(frozen: dict[str, Any]) -> str:
    """Return the checksum two people agree with: all texts, pictures and figures, no date."""
    return snapshots.checksum(content_of(frozen))


def content_of(frozen: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a snapshot that does not change from one edition to the next."""
    return {key: value for key, value in frozen.items() if key != "edition"}


def block_content(block: Block, data: content.ReportData, values: dict[str, str]) -> dict[str, Any]:
    """Return one block filled from the data: a finished text, or the values of a live block."""
    if block.is_text:
        return text_content(block, values)
    if block.picture is not None:
        return {"kind": block.kind, "picture": _picture(block.picture)}
    if block.kind == BlockKind.IMPRINT:
        own = frozen_imprint(block.chapter.publication, data.imprint)
        return {"kind": block.kind, "data": {"imprint": own}}
    shown = content.block_data(block.kind, data, block.about)
    about = {"about": block.about} if block.about else {}
    return {"kind": block.kind, "data": shown} | about | content.figures(block.kind, shown)


def text_content(block: Block, values: dict[str, str]) -> dict[str, Any]:
    """Return a text with its placeholders filled, the headings below the chapter."""
    text = drafts.below_the_chapter(placeholders.fill(block.body, values))
    return {"kind": block.kind, "text": text}


def targets(chapters: list[Chapter], data: content.ReportData) -> dict[str, Target]:
    """Return what texts of the manuscript can refer to, numbered as it would be frozen now."""
    outlines = (_outline(chapter, data) for chapter in chapters)
    return references.targets(entry for entry in outlines if entry["blocks"])


def _outline(chapter: Chapter, data: content.ReportData) -> dict[str, Any]:
    blocks = [
        {
            "kind": block.kind,
            "about": block.about,
            "picture": {"key": block.picture.key if block.picture else ""},
        }
        | _figures(block, data)
        for block in chapter.blocks.all()
        if block.is_included
    ]
    return {"anchor": chapter.anchor, "blocks": blocks}


def _figures(block: Block, data: content.ReportData) -> dict[str, list[str]]:
    if block.kind not in references.WITH_FIGURES:
        return {}
    return content.figures(block.kind, content.block_data(block.kind, data, block.about))


def _picture(picture: Picture) -> dict[str, Any]:
    """The words of a picture and the name of its file, which is the checksum of its content."""
    return {
        "key": picture.key,
        "address": picture.address,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
    }


def _chapter(chapter: Chapter, data: content.ReportData, values: dict[str, str]) -> dict[str, Any]:
    blocks = [block for block in chapter.blocks.all() if block.is_included]
    return {
        "anchor": chapter.anchor,
        "title": chapter.title,
        "blocks": [block_content(block, data, values) for block in blocks],
    }


def _errata(publication: Publication, number: int) -> list[dict[str, Any]]:
    """What was wrong in the edition before; this one tells it on a page of its own (B9)."""
    return [
        {
            "edition": row.edition.number,
            "chapter": row.chapter,
            "passage": row.passage,
            "correction": row.correction,
            "known_since": row.known_since.isoformat(),
        }
        for row in errata_before(publication=publication, number=number)
    ]


def _is_sample(programme: Programme) -> bool:
    """Sample data must never look like a real report."""
    return programme.demo_loaded_at is not None


def _map(data: content.ReportData) -> list[list[Any]]:
    """Column, row and "is a coached site" of every tile, for the cover."""
    offices = {site.office_id for site in data.coaching.completed}
    return [[body.column, body.row, body.office_id in offices] for body in data.network.bodies]


def pictures_of(frozen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the pictures of a snapshot by the names of their files."""
    return {
        block["picture"]["address"]: block["picture"]
        for chapter in frozen.get("chapters", [])
        for block in chapter["blocks"]
        if "picture" in block
    }
