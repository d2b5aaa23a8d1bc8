"""Drawdowns: recorded and corrected as factually right; drawdown_decisions.py decides."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.enums import DrawdownStatus
from programme.errors import RuleBroken
from programme.models import Drawdown, DrawdownShare, FundingSource, Programme, User
from programme.queries import drawdowns as queries
from programme.queries.drawdown_judgement import Judgement, judged, window_of
from programme.rules import drawdowns as rules
from programme.rules.drawdowns import DrawdownEntry, SourcePart
from programme.rules.funding.finding import refuse
from programme.rules.money import written


@transaction.atomic
def record(
    *,
    programme: Programme,
    entry: DrawdownEntry,
    by: User,
    seen_warnings: Collection[str] = (),
    at: datetime | None = None,
) -> Drawdown:
    """Record a drawdown (EUR) as factually correct and divide it between the sources.

    `seen_warnings` are the numbers of the rules whose warnings the person has read; `at` is the
    moment of entry, now by default. Refuses (RuleBroken) by F01, F10, F12, a day outside the run
    time so far, and warnings (F13, F15) the person has not seen.
    """
    lock(programme=programme)
    judgement = _judgement(programme, entry, seen_warnings)
    drawdown = Drawdown.objects.create(
        programme=programme,
        number=queries.next_number(programme=programme),
        **_columns(entry, judgement),
        recorded_by=by,
        recorded_at=at or clock.now(),
    )
    _keep_shares(drawdown, judgement.parts)
    audit.record(
        by=by,
        verb="drawdown.recorded",
        subject=drawdown,
        sentence=f"{rules.titled(drawdown)} erfasst und sachlich geprüft; "
        f"{_told(judgement.parts)}.",
        at=drawdown.recorded_at,
    )
    return drawdown


@transaction.atomic
def correct(
    *,
    drawdown: Drawdown,
    seen_revision: int,
    entry: DrawdownEntry,
    by: User,
    seen_warnings: Collection[str] = (),
) -> Drawdown:
    """Change a drawdown that is not approved; it waits for its second check again.

    The person who corrects takes over "sachlich richtig". Refuses (RuleBroken) an approved
    drawdown, a state the person has not seen, and what `record` refuses; amounts in EUR.
    """
    lock(programme=drawdown.programme)
    locked = Drawdown.objects.select_for_update().get(pk=drawdown.pk)
    rules.changeable(locked)
    rules.same_revision(locked, seen_revision)
    judgement = _judgement(locked.programme, entry, seen_warnings, without=locked)
    before = _readable(locked)
    for name, value in _columns(entry, judgement).items():
        setattr(locked, name, value)
    locked.status = DrawdownStatus.RECORDED
    locked.recorded_by, locked.recorded_at = by, clock.now()
    locked.approved_by = locked.approved_at = None
    locked.rejection_reason = ""
    locked.revision += 1
    locked.save()
    locked.shares.all().delete()
    _keep_shares(locked, judgement.parts)
    after = _readable(locked)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    audit.record(
        by=by,
        verb="drawdown.corrected",
        subject=locked,
        sentence=f"{rules.titled(locked)} geändert und sachlich geprüft; {_told(judgement.parts)}.",
        changes=changes,
    )
    return locked


@transaction.atomic
def lock(*, programme: Programme) -> None:
    """Let one drawdown after the other read and change what was drawn."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _judgement(
    programme: Programme,
    entry: DrawdownEntry,
    seen_warnings: Collection[str],
    *,
    without: Drawdown | None = None,
) -> Judgement:
    """Ask all rules; raises RuleBroken."""
    rules.day_in_order(entry.requested_on, window_of(programme))
    if entry.requested_eur <= 0:
        raise RuleBroken("Der Betrag muss größer als 0,00 EUR sein.", field="requested_eur")
    judgement = judged(programme=programme, **vars(entry), without=without)
    refuse(judgement.findings, confirmed=True)
    unseen = [each for each in judgement.findings if each.rule not in seen_warnings]
    refuse(unseen, confirmed=False)
    return judgement


def _columns(entry: DrawdownEntry, judgement: Judgement) -> dict[str, object]:
    proposal = judgement.proposal
    return {
        "requested_on": entry.requested_on,
        "requested_eur": entry.requested_eur,
        "reason": entry.reason.strip(),
        "proposed_eur": proposal.amount_eur,
        "spent_eur": proposal.spent_eur,
        "forecast_eur": proposal.forecast_eur,
    }


def _keep_shares(drawdown: Drawdown, parts: Collection[SourcePart]) -> None:
    sources = FundingSource.objects.filter(programme=drawdown.programme)
    by_key = {source.key: source for source in sources}
    DrawdownShare.objects.bulk_create(
        DrawdownShare(drawdown=drawdown, source=by_key[part.key], requested_eur=part.requested_eur)
        for part in parts
    )


def _told(parts: Collection[SourcePart]) -> str:
    return ", ".join(f"{part.name} {written(part.requested_eur)}" for part in parts)


def _readable(drawdown: Drawdown) -> dict[str, str]:
    names = ("requested_on", "requested_eur", "reason", "status")
    return {name: str(getattr(drawdown, name)) for name in names}
