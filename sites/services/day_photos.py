"""The photo of a coaching day the server asked back about: kept beside the draft, used once."""

from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from programme import clock, storing
from programme.errors import RuleBroken
from programme.models import User
from sites.models import CoachingDay, DayDraft
from sites.rules.day_drafts import CHOSEN, PHOTO
from sites.rules.photos import Photo

FOLDER = "coaching/entwurf"


@transaction.atomic
def keep(*, key: UUID, photo: Photo, by: User, about: CoachingDay | None = None) -> None:
    """Keep the photo of a form that was not accepted yet, instead of an earlier one.

    It waits in the draft with this key; `about` is the day that is changed, whose draft is none
    of its own. Nothing is kept for a day that was handed in. Raises RuleBroken for the key of
    somebody else.
    """
    if CoachingDay.objects.filter(key=key).exists():
        return
    row, _ = DayDraft.objects.select_for_update(of=("self",)).get_or_create(
        key=key, defaults={"coach": by}
    )
    if row.coach_id != by.pk:
        raise RuleBroken("Dieser Entwurf gehört einer anderen Person.")
    let_go(row=row)
    row.values.pop(CHOSEN, None)
    wanted = f"{FOLDER}/{photo.sha256[:32]}.{photo.extension}"
    name = default_storage.save(wanted, ContentFile(photo.content))
    storing.goes_with_rollback(default_storage, name)
    row.values[PHOTO] = {
        "file": name,
        "name": photo.name,
        "extension": photo.extension,
        "content_type": photo.content_type,
        "sha256": photo.sha256,
    }
    if about is not None:
        row.values["day"] = about.pk
    row.changed_at = clock.now()
    row.save(update_fields=["values", "changed_at"])


@transaction.atomic
def kept(*, key: UUID | None, by: User) -> Photo | None:
    """Return the photo that waits under this key, None if there is none or it is gone."""
    row = DayDraft.objects.filter(key=key, coach=by).first() if key else None
    told = row.values.get(PHOTO) if row else None
    if not told or not default_storage.exists(told["file"]):
        return None
    with default_storage.open(told["file"]) as file:
        content = file.read()
    return Photo(content=content, **{name: told[name] for name in told if name != "file"})


@transaction.atomic
def forget(*, key: UUID, by: User) -> None:
    """Let go of the photo that waits under this key; without one nothing happens."""
    row = DayDraft.objects.select_for_update(of=("self",)).filter(key=key, coach=by).first()
    if row is not None:
        row.values.pop(CHOSEN, None)
        let_go(row=row)
        row.save(update_fields=["values"])


@transaction.atomic
def let_go(*, row: DayDraft) -> None:
    """Delete the photo of a draft once it is certain that the draft no longer needs it."""
    told = row.values.pop(PHOTO, None)
    if told:
        transaction.on_commit(partial(default_storage.delete, told["file"]), robust=True)
