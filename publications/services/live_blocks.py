"""Live blocks people add to the manuscript: a timeline, one site, one survey."""

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from publications.models import Block, Chapter, Publication
from publications.rules.live_blocks import CHOSEN, Choice
from publications.services import manuscripts


@transaction.atomic
def add(*, chapter: Chapter, choice: Choice, by: User) -> Block:
    """Put a live block at the end of a chapter; refuses one the report shows already."""
    publication = Publication.objects.select_for_update().get(pk=chapter.publication_id)
    _refuse_twice(publication, choice)
    block = Block(kind=choice.kind, about=choice.about)
    return manuscripts.append(chapter=chapter, block=block, by=by)


@transaction.atomic
def choose(*, block: Block, choice: Choice, version: int, by: User) -> Block:
    """Let a live block that was opened as `version` show something else.

    Refuses a block that has nothing to choose, what the report shows already, and a block
    somebody else has changed since (field "version"); nothing is overwritten then.
    """
    publication = Publication.objects.select_for_update().get(pk=block.chapter.publication_id)
    block = Block.objects.select_related("chapter").get(pk=block.pk)
    if block.kind not in CHOSEN:
        raise RuleBroken("Bei diesem Baustein gibt es nichts auszuwählen.")
    if block.version != version:
        raise RuleBroken(
            "Die Auswahl wurde inzwischen von jemand anderem geändert. Bitte vergleichen Sie sie "
            "unten mit Ihrer und speichern Sie erneut.",
            field="version",
        )
    if Choice(block.kind, block.about) == choice:
        return block
    _refuse_twice(publication, choice)
    block.kind, block.about = choice.kind, choice.about
    block.version, block.edited_at = version + 1, clock.now()
    block.save(update_fields=["kind", "about", "version", "edited_at"])
    audit.record(
        by=by,
        verb="manuscript.chosen",
        subject=block,
        sentence=f"Im Kapitel „{block.chapter.title}“ zeigt ein Baustein jetzt etwas anderes.",
    )
    return block


def _refuse_twice(publication: Publication, choice: Choice) -> None:
    """Two blocks that show the same would have the same name, and no text could refer to one."""
    same = Block.objects.filter(
        chapter__publication=publication, kind=choice.kind, about=choice.about
    )
    known = same.select_related("chapter").first()
    if known is not None:
        raise RuleBroken(
            f"Das zeigt schon ein Baustein im Kapitel „{known.chapter.title}“.", field="choice"
        )
