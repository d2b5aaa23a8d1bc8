"""What coaches, sites and the team read about coaching days, their budget and the next steps."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programme import clock, tokens
from programme.models import User
from sites.enums import AssignmentKind, CoachingDayState
from sites.models import CoachingDay, DayDraft, NextStep, Site, SiteAssignment
from sites.rules.lifecycle import TAKES_ENTRIES

STEPS = Prefetch("next_steps", NextStep.objects.order_by("side", "due_on", "pk"))


@dataclass(frozen=True)
class DaysBudget:
    """Days used against days agreed; `waiting` of the used ones the site has yet to confirm."""

    agreed: int | None
    used: int
    waiting: int

    @property
    def left(self) -> int | None:
        """Return the days that are left; negative if more were used than agreed."""
        return None if self.agreed is None else self.agreed - self.used

    @property
    def over(self) -> int:
        """Return by how many days the agreement is exceeded."""
        return max(0, -(self.left or 0))


@dataclass(frozen=True)
class CoachedSite:
    """A site of a coach with the days used and agreed."""

    site: Site
    budget: DaysBudget
    takes_entries: bool


def day_numbers() -> dict[str, Coalesce]:
    """Return the columns of a site that `budget` reads; every day counts once."""
    used = CoachingDay.objects.used().filter(site=OuterRef("pk"))
    waiting = used.exclude(state=CoachingDayState.CONFIRMED)
    return {"days_used": _count(used, "site"), "days_waiting": _count(waiting, "site")}


def step_numbers() -> dict[str, Coalesce]:
    """Return the columns `steps`, `open_steps` and `overdue_steps`, of the days that hold."""
    by = "coaching_day__site"
    steps = NextStep.objects.filter(
        coaching_day__in=CoachingDay.objects.used(), **{by: OuterRef("pk")}
    )
    to_do = steps.filter(done_on=None)
    late = to_do.filter(due_on__lt=clock.today())
    counted = {"steps": steps, "open_steps": to_do, "overdue_steps": late}
    return {name: _count(rows, by) for name, rows in counted.items()}


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    numbers = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0, output_field=IntegerField())


def budget(*, site: Site) -> DaysBudget:
    """Return the budget of a site read with `day_numbers`; no query."""
    columns = vars(site)
    return DaysBudget(
        agreed=site.budgeted_days, used=columns["days_used"], waiting=columns["days_waiting"]
    )


def days() -> QuerySet[CoachingDay]:
    """Return coaching days with everything a page about one of them shows."""
    rows = CoachingDay.objects.select_related(
        "site__programme", "coach", "answered_by", "replaces", "correction", "photo"
    )
    return rows.prefetch_related(STEPS)


def by_token(*, token: str) -> QuerySet[CoachingDay]:
    """Return the day this link is for, or nothing."""
    return days().filter(token_digest=tokens.digest(token))


def sites_to_log(*, user: User) -> QuerySet[Site]:
    """Return the sites the coach may log a day at today."""
    mine = SiteAssignment.objects.on(clock.today()).filter(user=user, kind=AssignmentKind.COACH)
    return Site.objects.filter(
        pk__in=mine.values("site"), status__in=TAKES_ENTRIES, programme__is_current=True
    )


def coached_sites(*, user: User) -> list[CoachedSite]:
    """Return the sites of a coach with their budgets; one query."""
    mine = SiteAssignment.objects.on(clock.today()).filter(user=user, kind=AssignmentKind.COACH)
    rows = Site.objects.filter(pk__in=mine.values("site"), programme__is_current=True)
    return [
        CoachedSite(
            site=site,
            budget=budget(site=site),
            takes_entries=site.status in TAKES_ENTRIES,
        )
        for site in rows.annotate(**day_numbers())
    ]


def open_days(*, user: User) -> list[CoachingDay]:
    """Return the days of the coach's sites that came back or wait, those that came back first."""
    mine = SiteAssignment.objects.on(clock.today()).filter(user=user, kind=AssignmentKind.COACH)
    states = [CoachingDayState.RETURNED, CoachingDayState.HANDED_IN]
    rows = CoachingDay.objects.filter(site__in=mine.values("site"), state__in=states)
    return list(rows.select_related("site").order_by("-state", "-held_on", "-pk"))


def drafts(*, user: User) -> list[DayDraft]:
    """Return what the coach has typed and not handed in, the latest first.

    A photo that waits for a change of another day is no draft of its own.
    """
    return list(DayDraft.objects.filter(coach=user).exclude(values__has_key="day"))


def draft(*, key: UUID, user: User) -> DayDraft | None:
    """Return one draft of this coach; never somebody else's."""
    return DayDraft.objects.filter(key=key, coach=user).first()


def steps(*, site: Site) -> QuerySet[NextStep]:
    """Return the agreed steps of the days that hold: open ones by day due, then the done ones."""
    rows = NextStep.objects.filter(coaching_day__in=site.coaching_days.used())
    return rows.select_related("coaching_day__site", "done_by").order_by(
        F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
    )
