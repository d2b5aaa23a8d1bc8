"""Two people at the same moment: one wins, the other hears why, nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail, User
from sites.enums import AssignmentKind
from sites.models import Application, CoachingDay, Contribution, MeasureUpdate, Site
from sites.rules.applications import ApplicationDraft
from sites.rules.measure_steps import StepDraft
from sites.rules.versions import NewerVersion
from sites.services import (
    applications,
    coaching,
    coaching_answers,
    contributions,
    measure_steps,
    scoring,
)
from tests.factories.applications import ApplicationFactory, CallFactory, CriterionFactory
from tests.factories.contributions import TEXTS, ContributionFactory, ContributionVersionFactory
from tests.factories.network import OrganisationFactory
from tests.factories.programme import FieldOfActionFactory, ProgrammeFactory, UserFactory
from tests.factories.sites import (
    CoachingDayFactory,
    MeasureUpdateFactory,
    SiteAssignmentFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do things at the same moment and return "done" or the name of the refusal for each."""
    start = Barrier(len(deeds))

    def attempt(deed):
        try:
            start.wait(10)
            deed()
        except RuleBroken as broken:
            return type(broken).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(attempt, deeds))


def test_of_two_decisions_at_once_one_counts_and_one_letter_goes():
    ProgrammeFactory(is_current=True)
    application = ApplicationFactory(handed_in=True)
    criterion = CriterionFactory(call=application.call)
    team = UserFactory.create_batch(2, roles=[Role.OFFICE])
    for person in team:
        scoring.keep(
            application=application,
            points={criterion.pk: 3},
            comment="Gut",
            hand_in=True,
            by=person,
        )

    def decide(person: User, select: bool) -> Callable[[], object]:
        return lambda: applications.decide(
            application=application, select=select, reason="Größe", by=person
        )

    told = at_once(decide(team[0], True), decide(team[1], False))
    row = Application.objects.get()

    assert sorted(told) == ["RuleBroken", "done"]
    assert Site.objects.count() == (row.status == "selected")
    assert OutgoingMail.objects.count() == 1


def test_of_two_who_hand_in_one_application_one_is_received():
    call, office = CallFactory(), OrganisationFactory()
    field = FieldOfActionFactory()
    people = UserFactory.create_batch(2)

    def hand_in(number: int) -> Callable[[], object]:
        draft = ApplicationDraft(
            reasons=f"Fassung {number}",
            figures_as_of=date(2016, 2, 29),
            wishes=(field,),
            head_function="Amtsleitung",
            head_consents=True,
            contact_email="abh@example.org",
        )
        return lambda: applications.keep(
            call=call,
            organisation=office,
            draft=draft,
            hand_in=True,
            seen_at=None,
            by=people[number],
        )

    told = at_once(hand_in(0), hand_in(1))

    assert sorted(told) == [NewerVersion.__name__, "done"]
    assert Application.objects.get().status == "handed_in"
    assert OutgoingMail.objects.count() == 1


def test_a_coaching_day_that_arrives_twice_at_once_counts_once():
    site = SiteFactory(programme=ProgrammeFactory(is_current=True))
    coach = UserFactory(roles=[Role.COACH])
    SiteAssignmentFactory(user=coach, site=site, kind=AssignmentKind.COACH)
    key = uuid4()
    draft = coaching.CoachingDraft(
        held_on=date(2016, 2, 29),
        hours=Decimal("6.5"),
        mode="on_site",
        participants=8,
        happened="Größere Räume",
    )

    def arrive() -> object:
        return coaching.log(site=site, draft=draft, by=coach, key=key)

    told = at_once(arrive, arrive)

    assert told == ["done", "done"]
    assert CoachingDay.objects.count() == 1


def test_the_signature_never_meets_a_version_handed_in_meanwhile():
    site = SiteFactory(programme=ProgrammeFactory(is_current=True))
    row = ContributionFactory(site=site, written=True, state="handed_in", version=1)
    ContributionVersionFactory(contribution=row)
    team, staff = UserFactory(roles=[Role.OFFICE]), UserFactory(roles=[Role.SITE])

    told = at_once(
        lambda: contributions.sign_off(site=site, version=1, by=team),
        lambda: contributions.keep(
            site=site,
            texts=TEXTS | {"result": "Neu erzählt."},
            seen_at=row.updated_at,
            hand_in=True,
            by=staff,
        ),
    )
    after, public = Contribution.objects.get(), Site.objects.get()

    assert told[1] == "done"
    assert (after.state, after.version) == ("handed_in", 2)
    assert public.result == (TEXTS["result"] if told[0] == "done" else "")


def test_two_colleagues_who_confirm_one_day_at_once_confirm_it_once():
    day = CoachingDayFactory(
        site=SiteFactory(programme=ProgrammeFactory(is_current=True)), handed_in=True
    )
    staff = UserFactory.create_batch(2, roles=[Role.SITE])

    def confirm(person: User) -> Callable[[], object]:
        return lambda: coaching_answers.confirm(day=day, seen_at=day.changed_at, by=person)

    told = at_once(confirm(staff[0]), confirm(staff[1]))

    assert told == ["done", "done"]
    assert AuditEntry.objects.filter(verb="coaching.confirmed").count() == 1


def test_a_day_is_confirmed_as_it_was_read_or_not_at_all():
    day = CoachingDayFactory(
        site=SiteFactory(programme=ProgrammeFactory(is_current=True)), handed_in=True
    )
    draft = coaching.CoachingDraft(
        held_on=day.held_on, hours=Decimal(8), mode="on_site", participants=8, happened="Anders"
    )

    told = at_once(
        lambda: coaching_answers.confirm(day=day, seen_at=day.changed_at, by=None),
        lambda: coaching.revise(day=day, draft=draft, by=day.coach),
    )
    row = CoachingDay.objects.get()

    assert sorted(told) == ["RuleBroken", "done"]
    assert (row.state, row.hours) in {("confirmed", day.hours), ("handed_in", Decimal(8))}


def test_of_two_steps_at_once_one_is_taken_and_the_other_sees_both_versions():
    site = SiteFactory(programme=ProgrammeFactory(is_current=True))
    step = MeasureUpdateFactory(measure__site=site)
    people = UserFactory.create_batch(2, roles=[Role.SITE])

    def take(person: User) -> Callable[[], object]:
        draft = StepDraft("running", f"Größeres Schild: {person}", Decimal(2), seen=step.pk)
        return lambda: measure_steps.step(measure=step.measure, draft=draft, by=person)

    told = at_once(take(people[0]), take(people[1]))

    assert sorted(told) == ["StepClash", "done"]
    assert MeasureUpdate.objects.count() == 2
