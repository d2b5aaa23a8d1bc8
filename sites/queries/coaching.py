"""What coaches, sites and the team read about coaching days, their budget and the next steps."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

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


def budget(*, site: Site, days: list[CoachingDay]) -> DaysBudget:
    """Return the budget of a site out of its days; every day counts once, also while corrected."""
    used = [
        day
        for day in days
        if day.state == CoachingDayState.CONFIRMED
        or (day.replaces_id is None and day.state != CoachingDayState.REPLACED)
    ]
    waiting = sum(day.state != CoachingDayState.CONFIRMED for day in used)
    return DaysBudget(agreed=site.budgeted_days, used=len(used), waiting=waiting)


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
    """Return the sites of a coach with their budgets, in two queries."""
    mine = SiteAssignment.objects.on(clock.today()).filter(user=user, kind=AssignmentKind.COACH)
    rows = Site.objects.filter(pk__in=mine.values("site"), programme__is_current=True)
    return [
        CoachedSite(
            site=site,
            budget=budget(site=site, days=list(site.coaching_days.all())),
            takes_entries=site.status in TAKES_ENTRIES,
        )
        for site in rows.prefetch_related("coaching_days")
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


def steps(*, site: Site) -> list[NextStep]:
    """Return the agreed steps of the days that hold: open ones by day due, then the done ones."""
    rows = NextStep.objects.filter(coaching_day__in=site.coaching_days.used())
    found = rows.select_related("coaching_day__site", "done_by").order_by("due_on", "pk")
    late = clock.today().max
    return sorted(found, key=lambda row: (row.done_on is not None, row.due_on or late, row.pk))
