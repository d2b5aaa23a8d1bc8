"""What site staff, coaches and the programme team read about their sites."""

from dataclasses import dataclass

from django.db.models import Prefetch

from programme import clock
from programme.models import User
from sites import permissions
from sites.models import CoachingDay, Measure, Site, SiteAssignment
from sites.queries.coaching import STEPS, DaysBudget, budget
from sites.queries.sites import with_numbers


@dataclass(frozen=True)
class WorkspaceSitePage:
    """Everything the workspace shows about one site."""

    site: Site
    measures: tuple[Measure, ...]
    coaching_days: tuple[CoachingDay, ...]
    assignments: tuple[SiteAssignment, ...]
    budget: DaysBudget
    open_steps: int
    overdue_steps: int


def sites_of(*, user: User) -> list[Site]:
    """Return the sites the person works with, numbers added: all for team and auditors."""
    rows = with_numbers(Site.objects.filter(programme__is_current=True))
    if not permissions.sees_all_sites(user):
        assigned = SiteAssignment.objects.on(clock.today()).filter(user=user)
        rows = rows.filter(pk__in=assigned.values("site"))
    people = SiteAssignment.objects.on(clock.today()).select_related("user")
    return list(rows.prefetch_related(Prefetch("assignments", people, to_attr="current_people")))


def workspace_site(*, site: Site) -> WorkspaceSitePage:
    """Return measures, coaching days with the agreed steps, and the people of one site."""
    days = site.coaching_days.current().latest_first().select_related("coach")
    coaching_days = list(days.prefetch_related(STEPS))
    # Steps of a correction hold once the site has confirmed it; until then those before count.
    holding = [day for day in coaching_days if day.replaces_id is None or not day.is_editable]
    open_steps = [step for day in holding for step in day.next_steps.all() if step.done_on is None]
    return WorkspaceSitePage(
        site=site,
        measures=tuple(site.measures.select_related("field_of_action", "practice_card")),
        coaching_days=tuple(coaching_days),
        budget=budget(site=site, days=coaching_days),
        open_steps=len(open_steps),
        overdue_steps=sum(step.is_overdue for step in open_steps),
        assignments=tuple(site.assignments.on(clock.today()).select_related("user")),
    )
