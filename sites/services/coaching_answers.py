"""What the site says to a coaching day: confirmed, or given back with a remark."""

from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from sites import emails
from sites.enums import CoachingDayState
from sites.models import CoachingDay, CoachingPhoto, NextStep
from sites.services import news

CHANGED = (
    "Die Prozessbegleitung hat den Begleittag inzwischen geändert. Bitte lesen Sie ihn noch einmal."
)
ANSWERED = "Zu diesem Begleittag ist schon eine Antwort da. Sie müssen nichts mehr tun."


@transaction.atomic
def confirm(*, day: CoachingDay, seen_at: datetime | None, by: User | None) -> CoachingDay:
    """Confirm a day for the site; from now on it counts. A correction takes the old one's place.

    `seen_at` is when the version was written that the person read; `by` is None behind a link.
    Confirming twice changes nothing. Raises RuleBroken for a version nobody has read and for a
    day that was given back.
    """
    row = _locked(day)
    if row.state == CoachingDayState.CONFIRMED:
        return row
    _refuse(row, seen_at)
    _answer(row, CoachingDayState.CONFIRMED, "", by)
    if row.replaces is not None:
        _take_over(row, row.replaces)
    _note(row, by, "confirmed", "bestätigt.")
    news.day_confirmed(day=row, by=by)
    return row


@transaction.atomic
def give_back(
    *, day: CoachingDay, remark: str, seen_at: datetime | None, by: User | None
) -> CoachingDay:
    """Give a day back to the coach, who is told why and hands it in again.

    Raises RuleBroken (field remark) without a remark, and as `confirm` does.
    """
    row = _locked(day)
    _refuse(row, seen_at)
    if not remark.strip():
        raise RuleBroken(
            "Bitte schreiben Sie in einem Satz, was geändert werden soll.", field="remark"
        )
    _answer(row, CoachingDayState.RETURNED, remark.strip(), by)
    _note(row, by, "returned", f"zurückgegeben: {remark.strip()}")
    if row.coach.is_active:
        emails.coaching_day_returned(row)
    news.day_returned(day=row, by=by)
    return row


def _locked(day: CoachingDay) -> CoachingDay:
    rows = CoachingDay.objects.select_for_update(of=("self",)).select_related("site", "coach")
    return rows.get(pk=day.pk)


def _refuse(row: CoachingDay, seen_at: datetime | None) -> None:
    if row.state != CoachingDayState.HANDED_IN:
        raise RuleBroken(ANSWERED)
    if seen_at != row.changed_at:
        raise RuleBroken(CHANGED)


def _answer(row: CoachingDay, state: CoachingDayState, remark: str, by: User | None) -> None:
    row.state, row.remark = state, remark
    row.answered_at, row.answered_by = clock.now(), by
    row.save(update_fields=["state", "remark", "answered_at", "answered_by"])


def _take_over(row: CoachingDay, before: CoachingDay) -> None:
    """Put a correction in the place of the day it corrects: photo and done steps move along."""
    CoachingDay.objects.filter(pk=before.pk).update(state=CoachingDayState.REPLACED)
    if not CoachingPhoto.objects.filter(coaching_day=row).exists():
        CoachingPhoto.objects.filter(coaching_day=before).update(coaching_day=row)
    for old in NextStep.objects.filter(coaching_day=before, done_on__isnull=False):
        row.next_steps.filter(side=old.side, text=old.text, done_on=None).update(
            done_on=old.done_on, done_by=old.done_by
        )


def _note(row: CoachingDay, by: User | None, verb: str, what: str) -> None:
    way = "" if by else " über den Link in der E-Mail"
    audit.record(
        by=by,
        verb=f"coaching.{verb}",
        subject=row,
        sentence=(
            f"Der Standort {row.site.name} hat den Begleittag vom "
            f"{row.held_on:%d.%m.%Y}{way} {what}"
        ),
    )
