"""Measures: added, revised, never overwritten by accident."""

from dataclasses import replace
from datetime import date

import pytest

from programme.errors import RuleBroken
from programme.models import AuditEntry
from sites.enums import Balance, MeasureStatus, SiteStatus
from sites.models import Measure
from sites.services import measures
from sites.services.measures import EditClash, MeasureDraft
from tests.factories.programme import FieldOfActionFactory, UserFactory
from tests.factories.sites import MeasureFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return MeasureDraft(
        field_of_action=FieldOfActionFactory(),
        title="Größere Schilder",
        description="Schilder in fünf Sprachen.",
        effect="",
        responsible="Teamleitung Empfang",
        starts_on=date(2016, 2, 29),
        due_on=None,
        balance=Balance.BOTH,
        reconciliation="",
        is_public=True,
    )


def test_a_measure_is_added_and_written_into_the_logbook(draft):
    site, person = SiteFactory(name="Gießen"), UserFactory()

    measure = measures.add(site=site, draft=draft, status=MeasureStatus.RUNNING, by=person)

    assert list(site.measures.values_list("title", "created_by")) == [
        ("Größere Schilder", person.pk)
    ]
    entry = AuditEntry.objects.get(verb="measure.added")
    assert (entry.actor, entry.subject_id) == (person, str(measure.pk))
    assert entry.sentence == "Am Standort Gießen wurde die Maßnahme „Größere Schilder“ angelegt."


@pytest.mark.parametrize("status", [SiteStatus.WITHDRAWN, SiteStatus.APPLIED])
def test_a_withdrawn_or_applied_site_takes_no_new_measure(draft, status):
    site = SiteFactory(status=status)

    with pytest.raises(RuleBroken, match="nicht eingetragen"):
        measures.add(site=site, draft=draft, status=MeasureStatus.RUNNING, by=UserFactory())

    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"due_on": date(2016, 2, 28)}, "due_on"),
        ({"balance": Balance.ORDER}, "reconciliation"),
        ({"balance": Balance.MORE_INTEGRATION, "reconciliation": " "}, "reconciliation"),
        ({"starts_on": date(2015, 9, 30)}, "outside_reason"),
        ({"due_on": date(2017, 7, 1)}, "outside_reason"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(draft, change, field):
    with pytest.raises(RuleBroken) as broken:
        measures.add(
            site=SiteFactory(),
            draft=replace(draft, **change),
            status=MeasureStatus.RUNNING,
            by=UserFactory(),
        )

    assert broken.value.field == field


def test_a_date_outside_the_run_time_is_kept_with_its_reason(draft):
    late = replace(draft, due_on=date(2017, 9, 1), outside_reason="Nachlauf im Haus")

    measure = measures.add(
        site=SiteFactory(), draft=late, status=MeasureStatus.RUNNING, by=UserFactory()
    )

    measure.refresh_from_db()
    assert (measure.due_on, measure.outside_reason) == (date(2017, 9, 1), "Nachlauf im Haus")


def test_a_revision_names_what_changed(draft):
    measure = MeasureFactory(title="Alt", balance=Balance.BOTH)
    wanted = replace(draft, title="Neu", field_of_action=measure.field_of_action)

    measures.revise(measure=measure, draft=wanted, seen_at=measure.updated_at, by=UserFactory())

    measure.refresh_from_db()
    assert measure.title == "Neu"
    changes = AuditEntry.objects.get(verb="measure.revised").changes
    assert changes["title"] == ["Alt", "Neu"]
    assert "balance" not in changes


def test_two_people_who_edit_at_once_do_not_overwrite_each_other(draft):
    measure = MeasureFactory()
    seen_at = measure.updated_at
    measures.revise(measure=measure, draft=draft, seen_at=seen_at, by=UserFactory())

    with pytest.raises(EditClash) as clash:
        measures.revise(
            measure=measure,
            draft=replace(draft, title="Zweite Fassung"),
            seen_at=seen_at,
            by=UserFactory(),
        )

    assert clash.value.current.title == "Größere Schilder"
    measure.refresh_from_db()
    assert measure.title == "Größere Schilder"


def test_a_measure_without_a_seen_version_is_not_saved(draft):
    measure = MeasureFactory(title="Alt")

    with pytest.raises(EditClash):
        measures.revise(measure=measure, draft=draft, seen_at=None, by=UserFactory())
