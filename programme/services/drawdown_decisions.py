"""The second check of drawdowns: approved or rejected by another person (rule F28)."""

from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.enums import DrawdownStatus
from programme.errors import RuleBroken
from programme.models import Drawdown, User
from programme.rules import drawdowns as rules
from programme.rules.funding.checks import Signatures, four_eyes
from programme.rules.funding.finding import Stage, refuse
from programme.services.drawdowns import lock


@transaction.atomic
def approve(
    *, drawdown: Drawdown, seen_revision: int, by: User, at: datetime | None = None
) -> Drawdown:
    """Approve a drawdown as arithmetically correct.

    Refuses (RuleBroken) the person who recorded it (F28), a state the person has not seen, and a
    drawdown that is decided already. `at` is the moment of approval, now by default.
    """
    return _decide(drawdown, DrawdownStatus.APPROVED, seen_revision=seen_revision, by=by, at=at)


@transaction.atomic
def reject(*, drawdown: Drawdown, seen_revision: int, reason: str, by: User) -> Drawdown:
    """Reject a drawdown with a reason; it no longer counts and may be corrected.

    Refuses (RuleBroken) what `approve` refuses, and an empty reason.
    """
    if not reason.strip():
        raise RuleBroken("Bitte begründen Sie die Zurückweisung.", field="reason")
    # What was drawn changes, so no other drawdown may be judged meanwhile.
    lock(programme=drawdown.programme)
    return _decide(
        drawdown, DrawdownStatus.REJECTED, seen_revision=seen_revision, by=by, reason=reason
    )


def _decide(
    drawdown: Drawdown,
    status: DrawdownStatus,
    *,
    seen_revision: int,
    by: User,
    at: datetime | None = None,
    reason: str = "",
) -> Drawdown:
    locked = Drawdown.objects.select_for_update().get(pk=drawdown.pk)
    rules.undecided(locked)
    rules.same_revision(locked, seen_revision)
    signed = Signatures(locked.number, locked.recorded_by_id, by.pk, name=str(locked))
    refuse([four_eyes(signed, stage=Stage.ENTRY)], confirmed=False)
    locked.status = status
    locked.approved_by, locked.approved_at = by, at or clock.now()
    locked.rejection_reason = reason.strip()
    locked.revision += 1
    locked.save()
    approved = status == DrawdownStatus.APPROVED
    ending = "rechnerisch geprüft" if approved else f"zurückgewiesen: {locked.rejection_reason}"
    audit.record(
        by=by,
        verb=f"drawdown.{status}",
        subject=locked,
        sentence=f"{rules.titled(locked)} {ending}.",
        changes={"status": [DrawdownStatus.RECORDED.value, status.value]},
        at=locked.approved_at,
    )
    return locked
