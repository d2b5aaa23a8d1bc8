"""Coaching days: handed in by the coach, changed until the site confirms, then corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from network.models import Contact
from programme import audit, clock, storing, tokens
from programme.errors import RuleBroken
from programme.models import User
from sites import emails
from sites.enums import AssignmentKind, CoachingDayState
from sites.models import CoachingDay, CoachingPhoto, NextStep, Site
from sites.rules.coaching import EDITABLE, headline
from sites.rules.lifecycle import lies_outside, takes_entries
from sites.rules.photos import Photo
from sites.services import day_drafts, day_photos, news

FOREIGN_KEY = "Dieses Formular gehört zu einem anderen Begleittag. Bitte öffnen Sie es neu."
CONFIRMED = "Der Standort hat diesen Begleittag bestätigt. Bitte legen Sie eine Korrektur an."
NOT_YET = "Eine Korrektur ist erst möglich, wenn der Standort den Begleittag bestätigt hat."
COLUMNS = ("held_on", "hours", "mode", "participants", "happened", "outside_reason")


@dataclass(frozen=True)
class AgreedStep:
    """One step one side promised; `side` is a value of `Side`."""

    side: str
    text: str
    due_on: date | None = None


@dataclass(frozen=True)
class CoachingDraft:
    """What the coach wrote about a day; `hours` between 0 and 24; a photo is already redrawn."""

    held_on: date
    hours: Decimal
    mode: str
    participants: int
    happened: str
    outside_reason: str = ""
    steps: Sequence[AgreedStep] = ()
    photo: Photo | None = None
    drop_photo: bool = False


@transaction.atomic
def log(*, site: Site, draft: CoachingDraft, by: User, key: UUID | None = None) -> CoachingDay:
    """Hand in a coaching day; the site is asked to confirm it. The same key again changes nothing.

    It counts in public figures once it is confirmed. Raises RuleBroken for a site that takes no
    entries, a day in the future, a day outside the run time without a reason, a foreign key.
    """
    site = _site(site.pk)
    known = _known(key, by)
    if known is not None:
        return known
    _check(site, draft)
    draft = _with_kept_photo(draft, key, by)
    day = CoachingDay(site=site, coach=by, key=key)
    try:
        with transaction.atomic():
            _write(day, draft, by)
    except IntegrityError:
        known = _known(key, by)
        if known is None:
            raise
        return known
    day_drafts.finish(key=key, by=by)
    _note(day, by, "logged", "eingetragen")
    _ask(day)
    news.day_handed_in(day=day, by=by)
    return day


@transaction.atomic
def revise(
    *, day: CoachingDay, draft: CoachingDraft, by: User, key: UUID | None = None
) -> CoachingDay:
    """Change a day the site has not confirmed; one that came back is handed in again.

    Raises RuleBroken for a confirmed day and as `log` does.
    """
    row = _locked(day)
    if row.state not in EDITABLE:
        raise RuleBroken(CONFIRMED)
    _check(row.site, draft)
    came_back = row.state == CoachingDayState.RETURNED
    row.state, row.answered_at, row.answered_by = CoachingDayState.HANDED_IN, None, None
    _write(row, _with_kept_photo(draft, key, by), by)
    day_drafts.finish(key=key, by=by)
    _note(row, by, "revised", "geändert")
    if came_back:
        _ask(row)
    return row


@transaction.atomic
def correct(
    *, day: CoachingDay, draft: CoachingDraft, reason: str, by: User, key: UUID | None = None
) -> CoachingDay:
    """Write a new version of a confirmed day; the old one counts until the site confirms it.

    Raises RuleBroken (field reason) without a reason, while another correction waits, for a day
    that is not confirmed, and as `log` does.
    """
    row = _locked(day)
    if row.state != CoachingDayState.CONFIRMED:
        raise RuleBroken(NOT_YET)
    if CoachingDay.objects.filter(replaces=row).exists():
        raise RuleBroken("Für diesen Begleittag liegt schon eine Korrektur vor.")
    if not reason.strip():
        raise RuleBroken("Bitte begründen Sie die Korrektur in einem Satz.", field="reason")
    _check(row.site, draft)
    version = CoachingDay(
        site=row.site,
        coach=by,
        version=row.version + 1,
        replaces=row,
        correction_reason=reason.strip(),
    )
    _write(version, _with_kept_photo(draft, key, by), by)
    day_drafts.finish(key=key, by=by)
    _note(version, by, "corrected", f"korrigiert: {reason.strip()}")
    _ask(version)
    news.day_handed_in(day=version, by=by)
    return version


def _site(pk: int) -> Site:
    rows = Site.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=pk)


def _locked(day: CoachingDay) -> CoachingDay:
    # The site first, as everywhere: nobody withdraws it while one of its days is written.
    site = _site(day.site_id)
    row = CoachingDay.objects.select_for_update(of=("self",)).get(pk=day.pk)
    row.site = site
    return row


def _known(key: UUID | None, by: User) -> CoachingDay | None:
    if key is None:
        return None
    known = CoachingDay.objects.filter(key=key).first()
    if known is not None and known.coach_id != by.pk:
        raise RuleBroken(FOREIGN_KEY)
    return known


def _with_kept_photo(draft: CoachingDraft, key: UUID | None, by: User) -> CoachingDraft:
    """Take the photo that came with an earlier try of the same form, unless it shall go."""
    if draft.photo is not None or draft.drop_photo:
        return draft
    return replace(draft, photo=day_photos.kept(key=key, by=by))


def _write(day: CoachingDay, draft: CoachingDraft, by: User) -> None:
    """Store the columns, the steps and the photo; what was done stays done."""
    if day.happened != draft.happened:
        day.topic = headline(draft.happened)
    for name in COLUMNS:
        setattr(day, name, getattr(draft, name))
    day.changed_at = clock.now()
    day.save()
    before = {(step.side, step.text): step for step in day.next_steps.all()}
    day.next_steps.all().delete()
    for step in draft.steps:
        done = before.get((step.side, step.text))
        NextStep.objects.create(
            coaching_day=day,
            side=step.side,
            text=step.text,
            due_on=step.due_on,
            done_on=done.done_on if done else None,
            done_by=done.done_by if done else None,
        )
    _keep_photo(day, draft, by)


def _keep_photo(day: CoachingDay, draft: CoachingDraft, by: User) -> None:
    photo = draft.photo
    if photo is None and not draft.drop_photo:
        return
    for old in CoachingPhoto.objects.filter(coaching_day=day):
        gone = partial(old.file.storage.delete, old.file.name or "")
        transaction.on_commit(gone, robust=True)
        old.delete()
    if photo is None:
        return
    row = CoachingPhoto(
        coaching_day=day,
        name=photo.name,
        content_type=photo.content_type,
        size_bytes=len(photo.content),
        sha256=photo.sha256,
        by=by,
    )
    stored = f"{photo.sha256[:32]}.{photo.extension}"
    storing.keep(row.file, name=stored, content=ContentFile(photo.content))
    row.save()


def _ask(day: CoachingDay) -> None:
    """Ask the site to confirm: its staff, or the contacts of the office where nobody is assigned.

    Each time with a fresh link, so that the letter of a returned day leads nowhere.
    """
    day.token_seed, day.token_digest = tokens.issue("coaching_day")
    day.save(update_fields=["token_seed", "token_digest"])
    staff = day.site.assignments.on(clock.today()).filter(
        kind=AssignmentKind.STAFF, user__is_active=True
    )
    to = list(staff.values_list("user__email", flat=True))
    if not to:
        contacts = Contact.objects.addressed().filter(organisation=day.site.organisation_id)
        to = [contact.email for contact in contacts]
    for address in dict.fromkeys(to):
        emails.coaching_day_to_confirm(day, to=address)


def _note(day: CoachingDay, by: User, verb: str, what: str) -> None:
    audit.record(
        by=by,
        verb=f"coaching.{verb}",
        subject=day,
        sentence=(
            f"Am Standort {day.site.name} wurde der Begleittag vom {day.held_on:%d.%m.%Y} {what}"
            f"{'' if what.endswith('.') else '.'}"
        ),
    )


def _check(site: Site, draft: CoachingDraft) -> None:
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Begleittage können dort "
            "nicht mehr eingetragen werden."
        )
    if draft.held_on > clock.today():
        raise RuleBroken(
            "Dieser Tag liegt in der Zukunft. Bitte tragen Sie ihn ein, wenn er stattgefunden hat.",
            field="held_on",
        )
    programme = site.programme
    outside = lies_outside(draft.held_on, programme.starts_on, programme.ends_on)
    if outside and not draft.outside_reason.strip():
        raise RuleBroken(
            "Das Datum liegt außerhalb der Laufzeit des Programms. Bitte prüfen Sie es oder "
            "begründen Sie kurz, warum es stimmt.",
            field="outside_reason",
        )
