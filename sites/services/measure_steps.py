"""Steps of measures: a new state with its reason, news and hours, singly or for a month."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from sites.models import Measure, MeasureUpdate, Site
from sites.rules.lifecycle import takes_entries
from sites.rules.measure_steps import Stands, StepDraft, check
from sites.services import measure_news


class StepClash(RuleBroken):
    """Somebody else took a step meanwhile; `current` holds the newest step by measure."""

    def __init__(self, current: Mapping[int, MeasureUpdate]) -> None:
        super().__init__(
            "Jemand anderes hat inzwischen etwas eingetragen. Es wurde nichts überschrieben und "
            "nichts von Ihnen gespeichert. Bitte vergleichen Sie beide Fassungen und speichern "
            "Sie dann noch einmal."
        )
        self.current = current


class StepRefused(RuleBroken):
    """What is wrong with the step of one measure of several."""

    def __init__(self, measure: int, broken: RuleBroken) -> None:
        super().__init__(broken.message, field=f"{broken.field or 'reason'}_{measure}")


@transaction.atomic
def step(*, measure: Measure, draft: StepDraft, by: User) -> MeasureUpdate:
    """Add one step to a measure that still stands as the person saw it.

    Raises StepClash if somebody stepped since, RuleBroken for a site that takes no entries, a
    new state without a reason, a step that says nothing, or more hours taken off than there are.
    """
    current = _locked(measure.site, [measure.pk])
    _refuse_clashes(current, {measure.pk: draft})
    check(draft=draft, stands=_stands(current)[measure.pk], today=clock.today())
    made = _write(current[measure.pk], draft, by)
    measure_news.measure_stepped(step=made, by=by)
    return made


@transaction.atomic
def month(*, site: Site, drafts: Mapping[int, StepDraft], by: User) -> int:
    """Add one step each to the measures somebody wrote about; return how many.

    All or nothing: raises StepClash with every measure somebody else stepped meanwhile, and
    StepRefused naming the field and measure of the first rule that is broken.
    """
    if not drafts:
        return 0
    current = _locked(site, drafts)
    _refuse_clashes(current, drafts)
    stands, made = _stands(current), []
    for pk, measure in current.items():
        try:
            check(draft=drafts[pk], stands=stands[pk], today=clock.today())
        except RuleBroken as broken:
            raise StepRefused(pk, broken) from broken
        made.append(_write(measure, drafts[pk], by))
    measure_news.month_entered(site=site, steps=made, by=by)
    return len(made)


@transaction.atomic
def begin(*, measure: Measure, by: User | None) -> MeasureUpdate:
    """Write the first step of a new measure: the state it was entered with."""
    return MeasureUpdate.objects.create(measure=measure, status=measure.status, by=by)


def _newest(measures: Iterable[int]) -> dict[int, MeasureUpdate]:
    """Return the newest step of each measure that has one; one query."""
    rows = MeasureUpdate.objects.filter(measure__in=measures).select_related("by")
    return {row.measure_id: row for row in rows.order_by("happened_on", "pk")}


def _locked(site: Site, measures: Iterable[int]) -> dict[int, Measure]:
    site = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Zu den Maßnahmen kann "
            "nichts mehr eingetragen werden."
        )
    rows = (
        site.measures.select_for_update(of=("self",))
        .select_related("site")
        .filter(pk__in=list(measures))
    )
    return {row.pk: row for row in rows.order_by("pk")}


def _refuse_clashes(current: Mapping[int, Measure], drafts: Mapping[int, StepDraft]) -> None:
    last = _newest(current)
    clashes = {pk: row for pk, row in last.items() if row.pk != drafts[pk].seen}
    if clashes:
        raise StepClash(clashes)


def _stands(current: Mapping[int, Measure]) -> dict[int, Stands]:
    spent, last = _spent(current), _newest(current)
    return {
        pk: Stands(
            status=measure.status,
            hours=spent.get(pk, Decimal(0)),
            last_on=found.happened_on if (found := last.get(pk)) else None,
        )
        for pk, measure in current.items()
    }


def _spent(measures: Iterable[int]) -> dict[int, Decimal]:
    rows = MeasureUpdate.objects.filter(measure__in=measures).order_by()
    sums = rows.values_list("measure").annotate(total=Sum("hours"))
    return {pk: total or Decimal(0) for pk, total in sums}


def _write(measure: Measure, draft: StepDraft, by: User) -> MeasureUpdate:
    before = measure.status
    made = MeasureUpdate.objects.create(
        measure=measure,
        status=draft.status,
        reason=draft.reason.strip(),
        hours=draft.hours or None,
        happened_on=draft.happened_on or clock.today(),
        by=by,
    )
    if draft.status != before:
        measure.status = draft.status
        measure.save(update_fields=["status"])
    audit.record(
        by=by,
        verb="measure.stepped",
        subject=measure,
        sentence=f"Zur Maßnahme „{measure.title}“ wurde der Stand eingetragen: "
        f"{made.get_status_display()}.",
        changes={"status": [before, made.status]} if before != made.status else {},
    )
    return made
