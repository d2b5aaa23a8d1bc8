"""What people hear because time passed: steps that fall due, phases that are late."""

from datetime import date
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from programme import clock, jobs
from programme.models import Programme
from programme.services import notices
from sites.enums import AssignmentKind, Side
from sites.models import CoachingDay, NextStep, Site
from sites.queries import audience, phases
from sites.rules.due_steps import LOOK_BACK, next_working_day
from sites.rules.lifecycle import TAKES_ENTRIES, takes_entries
from sites.rules.phases import PhaseState, counted

EVERY_HOUR = 60 * 60
KINDS = {Side.SITE: AssignmentKind.STAFF, Side.COACH: AssignmentKind.COACH}


@jobs.job(every=EVERY_HOUR)
@transaction.atomic
def tell_due_steps() -> int:
    """Tell each side once which of its steps are due by the next working day, and once when one
    is overdue; returns to how many people something was news.

    However often it runs, nobody hears the same twice, also not after the coach changed the day.
    """
    today = clock.today()
    return sum(_tell_of_step(step, today) for step in _due(today))


@jobs.job(every=EVERY_HOUR)
@transaction.atomic
def tell_late_phases() -> int:
    """Tell the people of a site once that a phase did not begin or end as planned."""
    programme = Programme.objects.filter(is_current=True).first()
    if programme is None:
        return 0
    return sum(
        _tell_of_phase(entry.site, state)
        for entry in phases.progress(programme=programme, as_of=clock.today())
        if takes_entries(entry.site.status)
        for state in entry.late
        if state.dates.actual_to is None and state.days_late <= LOOK_BACK.days
    )


def _due(today: date) -> QuerySet[NextStep]:
    rows = NextStep.objects.filter(
        done_on=None,
        due_on__range=(today - LOOK_BACK, next_working_day(today)),
        coaching_day__in=CoachingDay.objects.used(),
        coaching_day__site__status__in=TAKES_ENTRIES,
        coaching_day__site__programme__is_current=True,
    )
    return rows.select_related("coaching_day__site").order_by("due_on", "pk")


def _tell_of_step(step: NextStep, today: date) -> int:
    site, due_on = step.coaching_day.site, step.due_on or today
    # The rows are written anew with each change of the day; what was agreed stays the same.
    agreed = sha256(f"{step.side}:{step.text}".encode()).hexdigest()[:16]
    stand = "overdue" if due_on < today else "due"
    words = "Überfällig seit dem" if due_on < today else "Fällig am"
    return notices.tell(
        topic="steps",
        people=audience.side(site, kind=KINDS[Side(step.side)], without=None),
        key=f"step:{site.pk}:{agreed}:{due_on}:{stand}",
        sentence=f"{words} {due_on:%d.%m.%Y}, Standort {site.name}: {step.text}",
        path=reverse("sites:next_steps", args=[site.slug]),
        by=None,
    )


def _tell_of_phase(site: Site, state: PhaseState) -> int:
    dates = state.dates
    begun = "end" if dates.actual_from else "start"
    planned = dates.planned_to if dates.actual_from else dates.planned_from or dates.planned_to
    verb = "sollte enden" if dates.actual_from else "sollte beginnen"
    return notices.tell(
        topic="phases",
        people=audience.involved(site, without=None),
        key=f"phase:{site.pk}:{state.phase}:{begun}:{planned}",
        sentence=f"Standort {site.name}: Die Phase „{state.phase.label}“ {verb} und ist "
        f"{counted(state.days_late)} in Verzug.",
        path=reverse("sites:site_phases", args=[site.slug]),
        by=None,
    )
