"""What the sites ask of their coaches and their staff: answer, mend, keep promises, go on."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from programme import permissions
from programme.dashboard import contribution_tasks
from programme.dashboard.queries import count
from programme.dashboard.task import Part, Task
from programme.models import User
from sites.enums import AssignmentKind, CoachingDayState, Side
from sites.models import CoachingDay, NextStep, Site, SiteAssignment
from sites.queries import measures
from sites.queries.sites import with_numbers
from sites.rules.due_steps import next_working_day
from sites.rules.lifecycle import takes_entries


def of(user: User, day: date) -> Iterator[Part]:
    """Return one part a site the person is assigned to, with what the assignment allows; one
    query however many sites."""
    coaches, is_staff = permissions.is_coach(user), permissions.is_site(user)
    for site in _sites(user, day):
        tasks: list[Task] = []
        coached, staffed = site.coached and coaches, site.staffed and is_staff
        if not coached and not staffed:
            continue  # The role that goes with the assignment was taken back.
        if coached:
            tasks += _of_coach(site)
        if staffed:
            tasks += _of_staff(site)
        address = reverse("sites:workspace_site", args=[site.slug])
        tasks.append(Task(None, "Standort öffnen", str(site.get_status_display()), address))
        yield Part(f"Standort {site.name}", tuple(tasks))


def _sites(user: User, day: date) -> QuerySet[Any]:
    mine = SiteAssignment.objects.on(day).filter(user=user)
    here = mine.filter(site=OuterRef("pk"))
    days = CoachingDay.objects.filter(site=OuterRef("pk")).order_by("held_on", "pk")
    waiting = days.filter(state=CoachingDayState.HANDED_IN)
    returned = days.filter(state=CoachingDayState.RETURNED)
    rows = with_numbers(Site.objects.filter(programme__is_current=True, pk__in=mine.values("site")))
    return rows.select_related("contribution").annotate(
        staffed=Exists(here.filter(kind=AssignmentKind.STAFF)),
        coached=Exists(here.filter(kind=AssignmentKind.COACH)),
        waiting=count(waiting),
        first_waiting=Subquery(waiting.values("pk")[:1]),
        returned=count(returned),
        first_returned=Subquery(returned.values("pk")[:1]),
        due=count(measures.due(day=day).filter(site=OuterRef("pk"))),
        site_steps=count(_due(Side.SITE, day)),
        coach_steps=count(_due(Side.COACH, day)),
    )


def _due(side: Side, day: date) -> QuerySet[NextStep]:
    """Return the steps of one side that are overdue or due by the next working day."""
    used = CoachingDay.objects.used().filter(site=OuterRef(OuterRef("pk")))
    rows = NextStep.objects.filter(side=side, done_on=None, due_on__lte=next_working_day(day))
    return rows.filter(coaching_day__in=used.values("pk"))


def _of_coach(site: Any) -> Iterator[Task]:
    if site.returned:
        yield Task(
            site.returned,
            "Begleittag zurückgegeben" if site.returned == 1 else "Begleittage zurückgegeben",
            "mit einer Anmerkung des Standorts; bitte ändern",
            reverse("sites:edit_coaching_day", args=[site.slug, site.first_returned]),
        )
    yield from _steps(site, site.coach_steps)
    if not takes_entries(site.status):
        return
    last = f", zuletzt am {site.last_on:%d.%m.%Y}" if site.last_on else ""
    address = reverse("sites:log_coaching_day", args=[site.slug])
    known = _counted(site.days, "Tag", "Tage") if site.days else "noch kein Tag"
    yield Task(None, "Begleittag eintragen", f"{known}{last}", address)


def _of_staff(site: Any) -> Iterator[Task]:
    if site.waiting:
        yield Task(
            site.waiting,
            "Begleittag bestätigen" if site.waiting == 1 else "Begleittage bestätigen",
            "von der Prozessbegleitung eingetragen; zählt, sobald Sie bestätigen",
            reverse("sites:answer_coaching_day", args=[site.slug, site.first_waiting]),
        )
    yield from _steps(site, site.site_steps)
    if site.due and takes_entries(site.status):
        hint = "offene Maßnahmen ohne Eintrag seit über einem Monat"
        if site.has_ended:
            hint = "Maßnahmen, am Ende der Begleitung noch offen; ein letzter Stand genügt"
        address = reverse("sites:monthly_update", args=[site.slug])
        yield Task(site.due, "Monatsstand eintragen", hint, address)
    yield from contribution_tasks.of_staff(site)
    if takes_entries(site.status):
        yield _next_measure(site)


def _next_measure(site: Any) -> Task:
    if not site.measure_count:
        hint = "Was soll an Ihrem Standort anders werden, und was tun Sie dafür?"
        address = reverse("sites:goals", args=[site.slug])
        return Task(None, "Mit Zielen und Maßnahmen beginnen", hint, address)
    known = f"{_counted(site.measure_count, 'Maßnahme', 'Maßnahmen')} dokumentiert"
    return Task(None, "Maßnahme anlegen", known, reverse("sites:add_measure", args=[site.slug]))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _steps(site: Any, amount: int) -> Iterator[Task]:
    if not amount or site.is_withdrawn:
        return
    one, many = "Schritt fällig", "Schritte fällig"
    hint = "am Begleittag vereinbart, fällig bis zum nächsten Werktag oder überfällig"
    if site.has_ended:
        one, many = "Schritt noch offen", "Schritte noch offen"
        hint = "vor dem Ende der Begleitung vereinbart; bitte abhaken, was erledigt ist"
    address = reverse("sites:next_steps", args=[site.slug])
    yield Task(amount, one if amount == 1 else many, hint, address)
