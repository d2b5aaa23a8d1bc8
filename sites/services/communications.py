"""The log of contacts with a site: written by its sides, followed up by who wrote it."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from programme import audit, clock
from programme.models import User
from sites.models import Communication, Site
from sites.rules.communications import CommunicationDraft, check
from sites.rules.versions import NewerVersion


@transaction.atomic
def add(*, site: Site, draft: CommunicationDraft, side: str, by: User) -> Communication:
    """Note a contact; `side` is a value of `Side`, empty for the programme team.

    Refuses (RuleBroken) days in the future or out of order, and a day outside the run time
    without a reason.
    """
    row = Site.objects.select_related("programme").get(pk=site.pk)
    _check(row, draft)
    entry = Communication.objects.create(site=row, side=side, by=by, **asdict(draft))
    _note(entry, "added", "eingetragen", by)
    return entry


@transaction.atomic
def revise(
    *, entry: Communication, draft: CommunicationDraft, seen_at: datetime | None, by: User
) -> Communication:
    """Change a contact that still stands as it did at `seen_at`; the same again changes nothing.

    Raises NewerVersion if somebody saved it since, and RuleBroken as `add` does.
    """
    row = _locked(entry)
    changes = {
        name: [str(getattr(row, name) or ""), str(value or "")]
        for name, value in asdict(draft).items()
        if getattr(row, name) != value
    }
    if not changes:
        return row
    if row.updated_at != seen_at:
        raise NewerVersion(row)
    _check(row.site, draft)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    row.updated_at = clock.now()
    row.save()
    _note(row, "revised", "geändert", by, changes)
    return row


@transaction.atomic
def settle(*, entry: Communication, by: User) -> Communication:
    """Tick the follow-up off today; again, or without a follow-up, changes nothing."""
    row = _locked(entry)
    if row.due_on is None or row.done_on is not None:
        return row
    row.done_on, row.updated_at = _today(row.happened_on), clock.now()
    row.save(update_fields=["done_on", "updated_at"])
    _note(row, "settled", "erledigt", by)
    return row


def _today(happened_on: date) -> date:
    """Return today, never before the contact itself, whatever the clock says."""
    return max(clock.today(), happened_on)


def _locked(entry: Communication) -> Communication:
    rows = Communication.objects.select_for_update(of=("self",))
    return rows.select_related("site__programme").get(pk=entry.pk)


def _check(site: Site, draft: CommunicationDraft) -> None:
    programme = site.programme
    check(draft, starts_on=programme.starts_on, ends_on=programme.ends_on, today=clock.today())


def _note(
    row: Communication,
    verb: str,
    what: str,
    by: User,
    changes: dict[str, list[str]] | None = None,
) -> None:
    audit.record(
        by=by,
        verb=f"communication.{verb}",
        subject=row,
        sentence=f"Am Standort {row.site.name} wurde der Kontakt „{row.topic}“ vom "
        f"{row.happened_on:%d.%m.%Y} {what}.",
        changes=changes or {},
    )
