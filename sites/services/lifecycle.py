"""The life of a site after its selection: begun, completed or withdrawn, with date and reason."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from sites.enums import SiteStatus
from sites.models import Site
from sites.rules.lifecycle import lies_outside, why_not
from sites.services import news


@dataclass(frozen=True)
class Step:
    """When and why a site takes its next status; `is_unknown` says that nobody knows the reason."""

    day: date | None
    reason: str = ""
    is_unknown: bool = False


@transaction.atomic
def begin(*, site: Site, step: Step, by: User) -> Site:
    """Start the coaching of a selected site; refuses another status, a missing day, a day outside
    the run time without a reason (RuleBroken).
    """
    row = _locked(site, SiteStatus.ACTIVE)
    day = _day(row, step, after=row.selected_on)
    row.started_on = day
    return _take(row, SiteStatus.ACTIVE, step, by, f"{row.name} wird seit {day:%d.%m.%Y} begleitet")


@transaction.atomic
def complete(*, site: Site, step: Step, by: User) -> Site:
    """Complete an active site; refuses another status, a missing day or reason, a day before the
    coaching began (RuleBroken).
    """
    row = _locked(site, SiteStatus.COMPLETED)
    if not step.reason.strip():
        raise RuleBroken("Bitte nennen Sie den Anlass des Abschlusses.", field="reason")
    day = _day(row, step, after=row.started_on)
    row.completed_on, row.completed_reason = day, step.reason.strip()
    said = f"{row.name} ist seit {day:%d.%m.%Y} abgeschlossen"
    return _take(row, SiteStatus.COMPLETED, step, by, said)


@transaction.atomic
def withdraw(*, site: Site, step: Step, by: User) -> Site:
    """Let a selected or active site leave; it stays visible and takes no new measures.

    Day and reason may be unknown, but that has to be said. Refuses (RuleBroken) another status,
    a reason neither given nor called unknown, a day before the selection.
    """
    row = _locked(site, SiteStatus.WITHDRAWN)
    if not step.reason.strip() and not step.is_unknown:
        raise RuleBroken(
            "Bitte nennen Sie den Grund, oder kreuzen Sie an, dass er nicht bekannt ist.",
            field="reason",
        )
    if step.reason.strip() and step.is_unknown:
        raise RuleBroken("Sie nennen einen Grund und zugleich keinen.", field="is_unknown")
    if step.day is not None:
        _day(row, step, after=row.selected_on)
    row.withdrawn_on, row.withdrawn_reason = step.day, step.reason.strip()
    return _take(row, SiteStatus.WITHDRAWN, step, by, f"{row.name} ist ausgeschieden")


def _locked(site: Site, wanted: SiteStatus) -> Site:
    row = Site.objects.select_for_update(of=("self",)).select_related("programme").get(pk=site.pk)
    if refused := why_not(row, wanted):
        raise RuleBroken(refused)
    return row


def _day(site: Site, step: Step, *, after: date | None) -> date:
    if step.day is None:
        raise RuleBroken("Bitte geben Sie den Tag an.", field="day")
    if step.day > clock.today():
        raise RuleBroken("Dieser Tag liegt in der Zukunft.", field="day")
    if after and step.day < after:
        raise RuleBroken(
            f"Dieser Tag liegt vor dem {after:%d.%m.%Y}, dem vorigen Schritt.", field="day"
        )
    run_time = (site.programme.starts_on, site.programme.ends_on)
    if lies_outside(step.day, *run_time) and not step.reason.strip() and not step.is_unknown:
        raise RuleBroken(
            "Der Tag liegt außerhalb der Laufzeit des Programms. Bitte prüfen Sie ihn oder "
            "begründen Sie kurz, warum er stimmt.",
            field="reason",
        )
    return step.day


def _take(site: Site, status: SiteStatus, step: Step, by: User, said: str) -> Site:
    before, site.status = site.status, status
    site.save()
    reason = step.reason.strip() or ("Grund nicht bekannt" if step.is_unknown else "")
    sentence = f"{said}{f': {reason}' if reason else ''}."
    audit.record(
        by=by,
        verb=f"site.{status.value}",
        subject=site,
        sentence=sentence,
        changes={"status": [before, status.value]},
    )
    news.site_moved_on(site=site, said=sentence, by=by)
    return site
