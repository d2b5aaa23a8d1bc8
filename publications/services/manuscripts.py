"""The manuscript: compiled from the data in one step, then edited by people."""

from collections.abc import Container
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from publications.enums import BlockKind
from publications.models import Block, Chapter, Publication
from publications.rules import drafts, notes, placeholders, references

DRAFT = Path(settings.BASE_DIR) / "publications/data/abschlussbericht.md"
MAX_CHARACTERS = 20_000
ASIDE = 10_000


@transaction.atomic
def compile(*, publication: Publication, by: User) -> int:  # noqa: A001  the verb of the house
    """Build all chapters from the draft and return the number of new blocks.

    Texts nobody has edited follow the draft; an edited text stays as it is and gets the new
    draft beside it. Blocks added by hand keep their place.
    """
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    proposed = drafts.chapters(DRAFT.read_text(encoding="utf-8"))
    created = 0
    for place, draft in enumerate(proposed, start=1):
        chapter = _chapter(publication, draft, place)
        created += _offer(chapter, draft.blocks)
    publication.compiled_at = clock.now()
    publication.save(update_fields=["compiled_at"])
    audit.record(
        by=by,
        verb="manuscript.compiled",
        subject=publication,
        sentence=f"Das Manuskript „{publication}“ wurde zusammengestellt ({created} neu).",
    )
    return created


def _chapter(publication: Publication, draft: drafts.DraftChapter, place: int) -> Chapter:
    found = publication.chapters.filter(anchor=draft.anchor).first()
    if found is not None:
        return found
    publication.chapters.filter(position__gte=place).update(position=F("position") + ASIDE)
    publication.chapters.filter(position__gte=ASIDE).update(position=F("position") - ASIDE + 1)
    return Chapter.objects.create(
        publication=publication, position=place, anchor=draft.anchor, title=draft.title
    )


def _offer(chapter: Chapter, proposed: tuple[drafts.DraftBlock, ...]) -> int:
    """Bring the drafts of known blocks up to date and put new ones behind their neighbours."""
    order = list(chapter.blocks.select_for_update().order_by("position"))
    known = {block.key: block for block in order if block.key}
    created = 0
    after = 0
    for draft in proposed:
        block = known.get(draft.key)
        if block is None:
            block = Block.objects.create(
                chapter=chapter,
                position=2 * ASIDE + created,
                kind=draft.kind,
                key=draft.key,
                body=draft.body,
                draft=draft.body,
            )
            order.insert(after, block)
            created += 1
        elif block.draft != draft.body:
            if block.body == block.draft:
                block.body = draft.body
            block.draft = draft.body
            block.save(update_fields=["body", "draft"])
        after = order.index(block) + 1
    if created:
        _renumber(chapter, order)
    return created


def _renumber(chapter: Chapter, order: list[Block]) -> None:
    """Give the blocks the positions 1, 2, 3 …; by a detour, because a position exists once."""
    chapter.blocks.update(position=F("position") + ASIDE)
    for place, block in enumerate(order, start=1):
        Block.objects.filter(pk=block.pk).update(position=place)


@transaction.atomic
def edit_block(
    *,
    block: Block,
    body: str,
    version: int,
    values: dict[str, str],
    targets: Container[str] = (),
    by: User,
) -> Block:
    """Save a text that was opened as `version`; `values` are the known placeholders.

    `targets` is what a text can refer to.

    Refuses an empty or far too long text, unknown placeholders, references and footnotes, a live
    block, and a text that somebody else has changed since (field "version"); nothing is
    overwritten then.
    """
    block = Block.objects.select_for_update().get(pk=block.pk)
    if not block.is_text:
        raise RuleBroken("Dieser Baustein zeigt Daten des Portals und hat keinen eigenen Text.")
    if block.version != version:
        raise RuleBroken(
            "Der Text wurde inzwischen von jemand anderem geändert. Unten stehen beide Fassungen. "
            "Bitte führen Sie sie zusammen und speichern Sie erneut.",
            field="version",
        )
    _refuse_unusable(body, values)
    _refuse_loose_ends(body, targets)
    block.body, block.version, block.edited_at = body, version + 1, clock.now()
    block.save(update_fields=["body", "version", "edited_at"])
    _log(by, "manuscript.edited", block, "geändert")
    return block


def _refuse_unusable(body: str, values: dict[str, str]) -> None:
    if not body.strip():
        raise RuleBroken("Bitte geben Sie einen Text ein.", field="body")
    if len(body) > MAX_CHARACTERS:
        raise RuleBroken(
            f"Ein Baustein darf höchstens {MAX_CHARACTERS} Zeichen haben. Bitte teilen Sie den "
            "Text auf zwei Bausteine auf.",
            field="body",
        )
    if strange := placeholders.unknown(body, values):
        names = ", ".join(f"{{{name}}}" for name in strange)
        raise RuleBroken(
            f"Diese Platzhalter gibt es nicht: {names}. Die Liste unter dem Textfeld zeigt alle.",
            field="body",
        )


def _refuse_loose_ends(body: str, targets: Container[str]) -> None:
    """Refuse references that lead nowhere and footnotes without a text or a place."""
    problems = [f"[^{name}] fehlt die Fußnote" for name in notes.without_note(body)]
    problems += [f"[^{name}]: steht nirgends im Text" for name in notes.without_mark(body)]
    problems += [f"{entry} gibt es nicht" for entry in references.unknown(body, targets)]
    if problems:
        raise RuleBroken(
            f"Verweise bitte prüfen: {'; '.join(problems)}. Die Liste unter dem Textfeld zeigt "
            "alle Abbildungen, Tabellen und Kapitel.",
            field="body",
        )


@transaction.atomic
def add_text(*, chapter: Chapter, by: User) -> Block:
    """Put a new text at the end of a chapter; refuses nothing."""
    return append(chapter=chapter, block=Block(kind=BlockKind.TEXT, body="Neuer Text"), by=by)


@transaction.atomic
def append(*, chapter: Chapter, block: Block, by: User) -> Block:
    """Put a new block at the end of a chapter; refuses nothing."""
    Publication.objects.select_for_update().get(pk=chapter.publication_id)
    order = list(chapter.blocks.order_by("position"))
    block.chapter, block.position = chapter, ASIDE
    block.save(force_insert=True)
    _renumber(chapter, [*order, block])
    _log(by, "manuscript.added", block, "ergänzt")
    return block


@transaction.atomic
def remove(*, block: Block, by: User) -> None:
    """Delete a block that was added by hand, with its picture if no edition shows it.

    Refuses a block the portal proposed: that one is only left out.
    """
    Publication.objects.select_for_update().get(pk=block.chapter.publication_id)
    block = Block.objects.select_related("chapter__publication", "picture").get(pk=block.pk)
    if block.key:
        raise RuleBroken(
            "Diesen Baustein schlägt das Portal vor. Sie können ihn herausnehmen, aber nicht "
            "entfernen."
        )
    _log(by, "manuscript.removed", block, "entfernt")
    picture, chapter = block.picture, block.chapter
    block.delete()
    _renumber(chapter, list(chapter.blocks.order_by("position")))
    if picture is not None and not picture.blocks.exists():
        picture.delete()  # its file goes with the next `pictures.clear_up`


@transaction.atomic
def move(*, block: Block, up: bool, by: User) -> None:
    """Swap a block with its neighbour above or below; at the edge nothing happens."""
    Publication.objects.select_for_update().get(pk=block.chapter.publication_id)
    order = list(block.chapter.blocks.order_by("position"))
    place = order.index(block)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    _renumber(block.chapter, order)
    _log(by, "manuscript.moved", block, "verschoben")


@transaction.atomic
def include(*, block: Block, included: bool, by: User) -> None:
    """Take a block into the next edition or leave it out; nothing is deleted."""
    Block.objects.filter(pk=block.pk).update(is_included=included)
    word = "wieder aufgenommen" if included else "herausgenommen"
    _log(by, "manuscript.included" if included else "manuscript.left_out", block, word)


def _log(by: User, verb: str, block: Block, word: str) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject=block,
        sentence=f"Im Kapitel „{block.chapter.title}“ wurde ein Baustein {word}.",
    )
