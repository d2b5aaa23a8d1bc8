"""What somebody types into a text of the report: kept while they type, for them alone."""

from datetime import timedelta

from django.db import transaction

from programme import clock, jobs
from programme.errors import RuleBroken
from programme.models import User
from publications.models import Block, BlockDraft
from publications.services.manuscripts import MAX_CHARACTERS

KEEP = timedelta(days=90)
ONCE_A_DAY = 24 * 60 * 60


@transaction.atomic
def keep(*, block: Block, body: str, version: int, by: User) -> BlockDraft | None:
    """Keep an unsaved text that was begun with `version`; the saved text itself is no draft.

    Refuses a text that is too long, and a block that has no text.
    """
    if not block.is_text:
        raise RuleBroken("Dieser Baustein zeigt Daten des Portals und hat keinen eigenen Text.")
    if len(body) > MAX_CHARACTERS:
        raise RuleBroken(f"Ein Baustein darf höchstens {MAX_CHARACTERS} Zeichen haben.")
    if body == block.body:
        discard(block=block, by=by)
        return None
    kept = {"body": body, "version": version, "kept_at": clock.now()}
    return BlockDraft.objects.update_or_create(block=block, person=by, defaults=kept)[0]


@transaction.atomic
def discard(*, block: Block, by: User) -> None:
    """Forget what this person typed; without a draft nothing happens."""
    BlockDraft.objects.filter(block=block, person=by).delete()


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_due() -> int:
    """Delete drafts nobody has touched for 90 days; return how many."""
    return BlockDraft.objects.filter(kept_at__lt=clock.now() - KEEP).delete()[0]
