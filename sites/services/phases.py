"""Phases of a site: planned and actual dates, changed one phase at a time."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.models import User
from sites.enums import Phase
from sites.models import Site, SitePhase
from sites.rules import phases
from sites.rules.phases import PhaseDraft
from sites.rules.versions import NewerVersion


@transaction.atomic
def revise(
    *, site: Site, phase: Phase, draft: PhaseDraft, seen_at: datetime | None, by: User
) -> SitePhase:
    """Write the dates of one phase that still stands as it did at `seen_at` (None: not yet there).

    The same again changes nothing. Raises NewerVersion if somebody saved it since; RuleBroken for
    dates in the wrong order, an actual date in the future, or dates outside the run time without
    a reason.
    """
    site = Site.objects.select_for_update(of=("self",)).select_related("programme").get(pk=site.pk)
    columns = asdict(draft.dates) | {"note": draft.note, "outside_reason": draft.outside_reason}
    stands = site.phases.filter(phase=phase).first()
    row = stands or SitePhase(site=site, phase=phase)
    changes = {
        name: [str(getattr(row, name) or ""), str(value or "")]
        for name, value in columns.items()
        if getattr(row, name) != value
    }
    if stands is not None and not changes:
        return stands
    if stands is not None and stands.updated_at != seen_at:
        raise NewerVersion(stands)
    programme = site.programme
    phases.check(
        draft, starts_on=programme.starts_on, ends_on=programme.ends_on, today=clock.today()
    )
    for name, value in columns.items():
        setattr(row, name, value)
    row.updated_at = clock.now()
    row.save()
    audit.record(
        by=by,
        verb="site.phase_revised",
        subject=row,
        sentence=f"Am Standort {site.name} wurden die Termine der Phase „{phase.label}“ geändert.",
        changes=changes,
    )
    return row
