"""Steps of measures: reasons, hours, a whole month, two people at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Notice
from sites.enums import AssignmentKind, MeasureStatus, SiteStatus
from sites.models import MeasureUpdate
from sites.rules.measure_steps import StepDraft
from sites.services import measure_steps
from sites.services.measure_steps import StepClash, StepRefused
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    MeasureFactory,
    MeasureUpdateFactory,
    SiteAssignmentFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
RUNNING, DONE = MeasureStatus.RUNNING, MeasureStatus.DONE
NEWS = StepDraft(status=RUNNING, reason="Schilder bestellt", hours=Decimal("12.5"), seen=0)


def steps(measure):
    return list(measure.updates.values_list("status", "reason", "hours", "by"))


def test_a_step_keeps_state_reason_hours_and_who():
    measure, person = MeasureFactory(title="Schilder"), UserFactory()

    made = measure_steps.step(measure=measure, draft=replace(NEWS, status=DONE), by=person)

    measure.refresh_from_db()
    assert measure.status == DONE
    assert steps(measure) == [(DONE, "Schilder bestellt", Decimal("12.5"), person.pk)]
    assert made.happened_on == clock.today()
    entry = AuditEntry.objects.get(verb="measure.stepped")
    assert entry.sentence == "Zur Maßnahme „Schilder“ wurde der Stand eingetragen: umgesetzt."
    assert entry.changes == {"status": ["running", "done"]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " ", "hours": None}, "reason"),
        ({"status": DONE, "reason": ""}, "reason"),
        ({"hours": Decimal("-1.0"), "reason": ""}, "reason"),
        ({"hours": Decimal("-4.5")}, "hours"),
        ({"hours": Decimal("10000.0")}, "hours"),
        ({"happened_on": date(2199, 1, 1)}, "happened_on"),
        ({"happened_on": date(2016, 3, 30)}, "happened_on"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(change, field):
    before = MeasureUpdateFactory(hours=Decimal("4.0"))
    draft = replace(NEWS, seen=before.pk, **change)

    with pytest.raises(RuleBroken) as broken:
        measure_steps.step(measure=before.measure, draft=draft, by=UserFactory())

    assert broken.value.field == field
    assert MeasureUpdate.objects.get() == before


def test_a_correction_takes_hours_back_with_its_reason():
    before = MeasureUpdateFactory(hours=Decimal("4.0"))
    draft = replace(NEWS, hours=Decimal("-4.0"), reason="Doppelt gezählt", seen=before.pk)

    measure_steps.step(measure=before.measure, draft=draft, by=UserFactory())

    hours = before.measure.updates.values_list("hours", flat=True)
    assert list(hours) == [Decimal("4.0"), Decimal("-4.0")]


def test_two_people_who_step_at_once_do_not_overwrite_each_other():
    measure = MeasureFactory()
    first = measure_steps.step(measure=measure, draft=NEWS, by=UserFactory())

    with pytest.raises(StepClash) as clash:
        measure_steps.step(measure=measure, draft=NEWS, by=UserFactory())

    assert clash.value.current == {measure.pk: first}
    assert MeasureUpdate.objects.get() == first


@pytest.mark.parametrize("status", [SiteStatus.WITHDRAWN, SiteStatus.APPLIED])
def test_a_withdrawn_or_applied_site_takes_no_steps(status):
    measure = MeasureFactory(site__status=status)

    for act in (
        lambda: measure_steps.step(measure=measure, draft=NEWS, by=UserFactory()),
        lambda: measure_steps.month(site=measure.site, drafts={measure.pk: NEWS}, by=UserFactory()),
    ):
        with pytest.raises(RuleBroken, match="nichts mehr eingetragen"):
            act()

    assert not MeasureUpdate.objects.exists()


def test_a_month_steps_only_what_somebody_wrote_about():
    site = SiteFactory()
    first, second, third = MeasureFactory.create_batch(3, site=site)
    drafts = {first.pk: NEWS, third.pk: replace(NEWS, status=DONE, reason="Fertig", hours=None)}

    made = measure_steps.month(site=site, drafts=drafts, by=UserFactory())

    assert made == 2
    assert [measure.updates.count() for measure in (first, second, third)] == [1, 0, 1]
    assert list(site.measures.order_by("pk").values_list("status", flat=True)) == [
        RUNNING,
        RUNNING,
        DONE,
    ]


def test_a_month_is_saved_whole_or_not_at_all():
    site = SiteFactory()
    first, second = MeasureFactory.create_batch(2, site=site)
    drafts = {first.pk: NEWS, second.pk: replace(NEWS, status=DONE, reason="")}

    with pytest.raises(StepRefused) as refused:
        measure_steps.month(site=site, drafts=drafts, by=UserFactory())

    assert refused.value.field == f"reason_{second.pk}"


def test_a_month_names_every_measure_somebody_else_stepped():
    site = SiteFactory()
    first, second = MeasureFactory.create_batch(2, site=site)
    theirs = measure_steps.step(measure=second, draft=NEWS, by=UserFactory())

    with pytest.raises(StepClash) as clash:
        measure_steps.month(site=site, drafts={first.pk: NEWS, second.pk: NEWS}, by=UserFactory())

    assert clash.value.current == {second.pk: theirs}
    assert MeasureUpdate.objects.get() == theirs


def test_a_measure_of_another_site_is_left_alone():
    foreign = MeasureFactory()

    made = measure_steps.month(site=SiteFactory(), drafts={foreign.pk: NEWS}, by=UserFactory())

    assert made == 0
    assert not MeasureUpdate.objects.exists()


def test_the_others_hear_of_a_month_once_and_of_single_steps():
    site = SiteFactory(name="Gießen", slug="giessen")
    staff, coach = UserFactory(roles=[Role.SITE]), UserFactory(roles=[Role.COACH])
    SiteAssignmentFactory(site=site, user=staff, kind=AssignmentKind.STAFF)
    SiteAssignmentFactory(site=site, user=coach, kind=AssignmentKind.COACH)
    rows = [MeasureFactory(site=site, title=f"Schild {number}") for number in range(1, 5)]

    measure_steps.month(site=site, drafts={row.pk: NEWS for row in rows}, by=staff)
    last = rows[0].updates.get().pk
    measure_steps.step(measure=rows[0], draft=replace(NEWS, status=DONE, seen=last), by=coach)

    told = Notice.objects.order_by("pk").values_list("user", "topic", "sentence")
    assert list(told) == [
        (
            coach.pk,
            "measures",
            "Standort Gießen: Monatsstand eingetragen zu „Schild 1“, „Schild 2“, „Schild 3“ "
            "und 1 weitere.",
        ),
        (staff.pk, "measures", "Standort Gießen: Maßnahme „Schild 1“: umgesetzt."),
    ]
