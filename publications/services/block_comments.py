"""Remarks on blocks of the manuscript: written by one person, settled by somebody."""

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from publications.models import Block, BlockComment

MAX_CHARACTERS = 1000


@transaction.atomic
def write(*, block: Block, text: str, by: User) -> BlockComment:
    """Add a remark to a block; refuses an empty or too long one."""
    told = text.strip()
    if not told:
        raise RuleBroken("Bitte schreiben Sie, was Ihnen aufgefallen ist.", field="text")
    if len(told) > MAX_CHARACTERS:
        raise RuleBroken(f"Bitte höchstens {MAX_CHARACTERS} Zeichen.", field="text")
    comment = BlockComment.objects.create(block=block, text=told, by=by)
    _log(comment, "block.commented", "geschrieben", by)
    return comment


@transaction.atomic
def settle(*, comment: BlockComment, is_settled: bool, by: User) -> BlockComment:
    """Mark a remark as dealt with, or open it again; doing it twice changes nothing."""
    comment = BlockComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if (comment.settled_at is not None) == is_settled:
        return comment
    comment.settled_at = clock.now() if is_settled else None
    comment.settled_by = by if is_settled else None
    comment.save(update_fields=["settled_at", "settled_by"])
    word = "erledigt" if is_settled else "wieder geöffnet"
    _log(comment, "block.comment_settled" if is_settled else "block.comment_opened", word, by)
    return comment


def _log(comment: BlockComment, verb: str, word: str, by: User) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject=comment,
        sentence=f"Eine Anmerkung im Kapitel „{comment.block.chapter.title}“ wurde {word}.",
    )
