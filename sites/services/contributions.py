"""The part of the report a site writes: kept, handed in as a version, returned, signed off."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from sites.enums import ContributionState
from sites.models import Contribution, ContributionVersion, Site
from sites.rules import contributions as rules
from sites.rules.contributions import PARTS
from sites.rules.lifecycle import takes_entries
from sites.rules.versions import NewerVersion
from sites.services import contribution_news


@transaction.atomic
def keep(
    *, site: Site, texts: Mapping[str, str], seen_at: datetime | None, hand_in: bool, by: User
) -> Contribution:
    """Keep what the site writes; `hand_in` also makes a numbered version for the team.

    What was handed in or signed before stays as it is, for the team and for the public. Raises
    NewerVersion if other texts were saved since `seen_at` (None: nothing stood there), RuleBroken
    for a site that is not accompanied, for a text too long and, to hand in, for an empty part.
    """
    row = locked(site=site)
    if not takes_entries(row.site.status):
        raise RuleBroken(
            f"Der Standort hat den Stand „{row.site.get_status_display()}“ und schreibt deshalb "
            "keinen Beitrag."
        )
    written = {str(part): texts.get(part, "").replace("\r\n", "\n").strip() for part in PARTS}
    stands = rules.texts_of(row)
    if row.updated_at != seen_at and any(stands.values()) and stands != written:
        raise NewerVersion(row)
    rules.check_lengths(written)
    if hand_in:
        rules.check_complete(written)
    if stands != written:
        for part, text in written.items():
            setattr(row, part, text)
        row.updated_at = clock.now()
    if hand_in:
        _hand_in(row, written, by)
    row.save()
    return row


@transaction.atomic
def give_back(*, site: Site, version: int, reason: str, by: User) -> Contribution:
    """Return a version to the site with a reason of at most 300 characters.

    Refuses (RuleBroken) a version that is not the latest, one that is not waiting for the team,
    and a missing reason.
    """
    row = _waiting(site, version)
    if not reason.strip():
        raise RuleBroken("Bitte sagen Sie dem Standort, was fehlt.", field="reason")
    row.state, row.state_reason = ContributionState.RETURNED, reason.strip()
    row.save(update_fields=["state", "state_reason"])
    _note(row, "returned", f"Fassung {version} zurückgegeben: {row.state_reason}", by)
    contribution_news.returned(contribution=row, by=by)
    return row


@transaction.atomic
def sign_off(*, site: Site, version: int, by: User) -> ContributionVersion:
    """Sign the version the person has read; its texts go to the public page and the report.

    Refuses (RuleBroken) a version that is not the latest, one that is not waiting, the signature
    of the person who handed it in, and one with comments the site has not settled.
    """
    row = _waiting(site, version)
    latest = row.versions.select_for_update().get(number=version)
    unsettled = row.comments.filter(settled_at__isnull=True).count()
    if reason := rules.why_unsigned(latest, unsettled=unsettled, by=by):
        raise RuleBroken(reason)
    latest.signed_at, latest.signed_by = clock.now(), by
    latest.save(update_fields=["signed_at", "signed_by"])
    row.state, row.state_reason = ContributionState.SIGNED_OFF, ""
    row.save(update_fields=["state", "state_reason"])
    for part, column in rules.PUBLISHED_AS.items():
        setattr(row.site, column, rules.as_published(latest.texts[part]))
    row.site.save(update_fields=list(rules.PUBLISHED_AS.values()))
    _note(row, "signed", f"Fassung {version} freigegeben und veröffentlicht.", by)
    contribution_news.signed(contribution=row, by=by)
    return latest


@transaction.atomic
def set_due(*, sites: Iterable[Site], due_on: date, by: User) -> int:
    """Set the day by which these sites hand in, and return how many; refuses a day that passed."""
    if due_on < clock.today():
        raise RuleBroken("Bitte wählen Sie einen Tag, der noch kommt.", field="due_on")
    rows = [locked(site=site) for site in sorted(sites, key=lambda site: site.pk)]
    for row in rows:
        row.due_on = due_on
        row.save(update_fields=["due_on"])
        _note(row, "due", f"Abzugeben bis {due_on:%d.%m.%Y}.", by)
    return len(rows)


@transaction.atomic
def locked(*, site: Site) -> Contribution:
    """Return the contribution of a site, made if need be; others wait until this is done.

    The lock is on the site, because the contribution may not exist yet. Refuses nothing.
    """
    fresh = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    row, _ = Contribution.objects.get_or_create(site=fresh)
    row.site = fresh
    return row


def _hand_in(row: Contribution, written: Mapping[str, str], by: User) -> None:
    """Make a new version, unless this very text waits for the team or is signed."""
    latest = row.versions.filter(number=row.version).first()
    rests = row.state in {ContributionState.HANDED_IN, ContributionState.SIGNED_OFF}
    if rests and latest is not None and latest.texts == written:
        return
    row.version += 1
    row.state, row.state_reason = ContributionState.HANDED_IN, ""
    row.versions.create(number=row.version, texts=dict(written), handed_in_by=by)
    _note(row, "handed_in", f"Fassung {row.version} abgegeben.", by)
    contribution_news.handed_in(contribution=row, by=by)


def _waiting(site: Site, version: int) -> Contribution:
    row = locked(site=site)
    if row.version != version:
        raise RuleBroken(
            f"Inzwischen liegt Fassung {row.version} vor. Bitte lesen Sie sie, bevor Sie "
            "entscheiden."
        )
    if row.state != ContributionState.HANDED_IN:
        raise RuleBroken(f"Dieser Beitrag hat den Stand „{row.get_state_display()}“.")
    return row


def _note(row: Contribution, verb: str, said: str, by: User) -> None:
    audit.record(
        by=by,
        verb=f"contribution.{verb}",
        subject=row,
        sentence=f"Beitrag von {row.site}: {said}",
    )
