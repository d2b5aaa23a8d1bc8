"""Files of a voucher that is still being entered: parked, read, taken out, forgotten."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from programme import clock, jobs, storing
from programme.errors import RuleBroken
from programme.models import ParkedFile, User
from programme.rules.invoices.invoice import Reading, as_json
from programme.services.vouchers import NewFile

KEEP = timedelta(days=1)
ONCE_AN_HOUR = 60 * 60
MOST_FILES = 20
MOST_BYTES = 200 * 1024 * 1024


@transaction.atomic
def park(*, files: Sequence[NewFile], form_key: UUID, by: User) -> None:
    """Keep the files of a form until its voucher is saved; one twice as the same kind once.

    Refuses (RuleBroken) more than `MOST_FILES` in one form. If a person has more than `MOST_BYTES`
    waiting, the oldest files of other forms are forgotten.
    """
    mine = ParkedFile.objects.select_for_update().filter(by=by)
    here = set(mine.filter(form_key=form_key).values_list("sha256", "kind"))
    new = {file.paper[:2]: file for file in files if file.paper[:2] not in here}
    if len(here) + len(new) > MOST_FILES:
        raise RuleBroken(
            f"Zu einem Beleg gehören höchstens {MOST_FILES} Dateien. Bitte fassen Sie sie zusammen."
        )
    for file in new.values():
        _keep(file, form_key=form_key, by=by)
    _make_room(by=by, form_key=form_key)


@transaction.atomic
def note_readings(*, readings: Mapping[int, Reading], by: User) -> None:
    """Remember what files of this person say as e-invoices."""
    for parked in ParkedFile.objects.filter(by=by, pk__in=readings):
        parked.reading = as_json(readings[parked.pk])
        parked.save(update_fields=["reading"])


@transaction.atomic
def take_out(*, keys: Collection[int], form_key: UUID, by: User) -> None:
    """Forget files of this person's form that do not belong to the voucher after all."""
    for parked in ParkedFile.objects.filter(by=by, form_key=form_key, pk__in=keys):
        _forget(parked)


@jobs.job(every=ONCE_AN_HOUR)
@transaction.atomic
def forget_parked_files() -> dict[str, int]:
    """Delete files that have waited for their voucher for more than a day; return their count."""
    old = list(ParkedFile.objects.filter(added_at__lt=clock.now() - KEEP))
    for parked in old:
        _forget(parked)
    return {"files": len(old)}


def _keep(file: NewFile, *, form_key: UUID, by: User) -> None:
    parked = ParkedFile(
        form_key=form_key,
        kind=file.kind,
        name=file.checked.name,
        content_type=file.checked.content_type,
        size_bytes=file.checked.size_bytes,
        sha256=file.checked.sha256,
        added_at=clock.now(),
        by=by,
    )
    stored_as = f"{file.checked.sha256[:32]}.{file.checked.extension}"
    storing.keep(parked.file, name=stored_as, content=file.content)
    parked.save()


def _make_room(*, by: User, form_key: UUID) -> None:
    """Forget the oldest files of this person's other forms until the rest fits."""
    waiting = ParkedFile.objects.filter(by=by)
    total = sum(waiting.values_list("size_bytes", flat=True))
    for parked in waiting.exclude(form_key=form_key).order_by("pk"):
        if total <= MOST_BYTES:
            break
        total -= parked.size_bytes
        _forget(parked)


def _forget(parked: ParkedFile) -> None:
    storage, name = parked.file.storage, parked.file.name or ""
    parked.delete()
    transaction.on_commit(partial(storage.delete, name), robust=True)
