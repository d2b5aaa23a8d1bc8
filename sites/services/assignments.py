"""Who looks after a site: coaches and staff come and go with dates."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from programme.permissions import roles_of
from sites.enums import AssignmentKind
from sites.models import Site, SiteAssignment
from sites.rules.assignments import NEEDED_ROLE
from sites.services import news


@transaction.atomic
def assign(
    *, person: User, site: Site, kind: AssignmentKind, starts_on: date, by: User
) -> SiteAssignment:
    """Let a person keep or coach a site from that day on.

    Refused without the role that goes with it, and for days on which the same assignment is in
    force already.
    """
    site = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if NEEDED_ROLE[kind] not in roles_of(person):
        raise RuleBroken(f"{person} hat die Rolle „{NEEDED_ROLE[kind].label}“ nicht.")
    from_then = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    if site.assignments.filter(from_then, user=person, kind=kind).exists():
        raise RuleBroken(f"{person} ist diesem Standort schon zugeordnet.", field="starts_on")
    assignment = SiteAssignment.objects.create(
        user=person, site=site, kind=kind, starts_on=starts_on
    )
    audit.record(
        by=by,
        verb="site.assigned",
        subject=assignment,
        sentence=f"{person} ist dem Standort {site} zugeordnet ({kind.label}).",
        changes={"starts_on": [None, starts_on.isoformat()]},
    )
    news.person_assigned(assignment=assignment, by=by)
    return assignment


@transaction.atomic
def end_on(*, assignment: SiteAssignment, last_day: date, by: User) -> SiteAssignment:
    """Let an assignment end with that day; rights are gone the day after, the history stays.

    A last day that is still to come may be changed. Refused (RuleBroken) before the assignment
    begins, and once the last day has passed.
    """
    row = SiteAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if row.ends_on == last_day:
        return row
    if row.ends_on is not None and row.ends_on < clock.today():
        raise RuleBroken(
            f"Diese Zuordnung ist seit dem {row.ends_on:%d.%m.%Y} beendet.", field="last_day"
        )
    if last_day < row.starts_on:
        raise RuleBroken(
            f"Die Zuordnung beginnt erst am {row.starts_on:%d.%m.%Y}.", field="last_day"
        )
    before, row.ends_on = row.ends_on, last_day
    row.save(update_fields=["ends_on"])
    audit.record(
        by=by,
        verb="site.assignment_ended",
        subject=row,
        sentence=f"Die Zuordnung von {row.user} zum Standort {row.site} endet mit dem "
        f"{last_day:%d.%m.%Y}.",
        changes={"ends_on": [before and before.isoformat(), last_day.isoformat()]},
    )
    return row


@transaction.atomic
def end(*, assignment: SiteAssignment, by: User) -> None:
    """End an assignment at once; yesterday was its last day, so rights act with the next request.

    One that began only today or is still to begin is taken back altogether; an end that was still
    to come is brought forward. Once the last day has passed, nothing changes.
    """
    assignment = SiteAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    before, last_day = assignment.ends_on, clock.today() - timedelta(days=1)
    if before is not None and before <= last_day:
        return
    audit.record(
        by=by,
        verb="site.assignment_ended",
        subject=assignment,
        sentence=f"Die Zuordnung von {assignment.user} zum Standort {assignment.site} ist beendet.",
        changes={"ends_on": [before and before.isoformat(), last_day.isoformat()]},
    )
    if assignment.starts_on > last_day:
        assignment.delete()
        return
    assignment.ends_on = last_day
    assignment.save(update_fields=["ends_on"])
