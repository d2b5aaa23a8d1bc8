"""Drafts of coaching days: kept while the coach types, gone when the day is handed in."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from programme import clock, jobs
from programme.errors import RuleBroken
from programme.models import User
from sites.models import CoachingDay, DayDraft
from sites.rules.day_drafts import CHOSEN, KEPT, says_something
from sites.services import day_photos

FIELDS = (
    "site",
    "held_on",
    "hours",
    "mode",
    "participants",
    "happened",
    "outside_reason",
    "site_steps",
    "site_due_on",
    "coach_steps",
    "coach_due_on",
)
KEEP = timedelta(days=90)
LONGEST = 4000
MOST = 30
ONCE_A_DAY = 24 * 60 * 60


@transaction.atomic
def keep(*, key: UUID, values: Mapping[str, str], by: User) -> DayDraft | None:
    """Keep what was typed as it is, complete or not; a photo that waits stays (day_photos).

    Returns None for a day that has been handed in, a late copy of its text brings no draft back,
    and for one that says nothing: a draft that was emptied goes. A photo that was chosen and has
    not arrived (`chosen_photo`) is remembered by name until one does. Raises RuleBroken for the
    key of somebody else and above 30 drafts a person.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if CoachingDay.objects.filter(key=key).exists():
        return None
    typed = {name: _plain(values.get(name, "")) for name in FIELDS}
    # A photo is kept beside the text by another request; neither may overwrite the other.
    row = DayDraft.objects.select_for_update(of=("self",)).filter(key=key).first()
    chosen = _plain(values.get(CHOSEN, ""))
    typed |= {CHOSEN: chosen} if chosen else {}
    if row is None:
        return _create(key, typed, by) if says_something(typed) else None
    if row.coach_id != by.pk:
        raise RuleBroken("Dieser Entwurf gehört einer anderen Person.")
    waiting = {name: row.values[name] for name in KEPT if name in row.values}
    if not says_something(waiting | typed):
        _delete(DayDraft.objects.filter(pk=row.pk))
        return None
    row.values, row.changed_at = waiting | typed, clock.now()
    row.save(update_fields=["values", "changed_at"])
    return row


@transaction.atomic
def discard(*, draft: DayDraft, by: User) -> None:
    """Throw a draft away; only the own one, and nothing brings it back."""
    _delete(DayDraft.objects.filter(pk=draft.pk, coach=by))


@transaction.atomic
def finish(*, key: UUID | None, by: User) -> None:
    """Delete the draft of a day that has arrived, with its photo; without a draft nothing."""
    if key is not None:
        _delete(DayDraft.objects.filter(key=key, coach=by))


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_due() -> int:
    """Delete drafts nobody has touched for 90 days; return how many."""
    return _delete(DayDraft.objects.filter(changed_at__lt=clock.now() - KEEP))


def _delete(rows: QuerySet[DayDraft]) -> int:
    for row in rows:
        day_photos.let_go(row=row)
    return rows.delete()[0]


def _create(key: UUID, typed: dict[str, str], by: User) -> DayDraft:
    if DayDraft.objects.filter(coach=by).count() >= MOST:
        raise RuleBroken(f"Sie haben schon {MOST} Entwürfe. Bitte schließen Sie zuerst einen ab.")
    try:
        with transaction.atomic():
            return DayDraft.objects.create(key=key, coach=by, values=typed)
    except IntegrityError as taken:
        raise RuleBroken("Dieser Entwurf gehört einer anderen Person.") from taken


def _plain(text: str) -> str:
    return text.replace("\x00", "")[:LONGEST]
