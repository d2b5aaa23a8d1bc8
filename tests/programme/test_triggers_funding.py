"""What the database refuses of approved plans, submitted proofs and locked half-years."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from programme import audit, clock
from programme.enums import PlanStatus, ProofStatus
from programme.models import (
    Drawdown,
    FinancingPlan,
    PeriodLock,
    Programme,
    ProofIndicator,
    ProofOfUse,
    ProofText,
)
from tests.factories.programme import (
    BudgetLineFactory,
    DrawdownFactory,
    FinancingPlanFactory,
    ProofFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def proof(programme):
    """A submitted proof with a text and an indicator."""
    proof = ProofFactory.create(programme=programme, figures={"total": "1.00"})
    ProofText.objects.create(proof=proof, key="a", position=1, title="Ziel", text="Erreicht.")
    ProofIndicator.objects.create(proof=proof, key="a", position=1, title="Kennzahl", value=6)
    proof.status = ProofStatus.SUBMITTED
    proof.checked_by, proof.submitted_by = UserFactory.create_batch(2)
    proof.save()
    return proof


@pytest.fixture
def lock(programme):
    """A half-year locked by somebody."""
    return PeriodLock.objects.create(
        programme=programme,
        starts_on=date(2016, 1, 1),
        ends_on=date(2016, 6, 30),
        locked_by=UserFactory.create(),
        reason="Zwischennachweis",
        figures={"total": "1.00"},
        figures_sha256="a" * 64,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme_financingplan SET note = 'anders'",
        "UPDATE programme_financingplan SET status = 'draft'",
        "UPDATE programme_financingplan SET approved_by_id = NULL",
        "UPDATE programme_budgetline SET planned_eur = 1",
        "UPDATE programme_plannedfunding SET planned_eur = 1",
        "DELETE FROM programme_budgetline",
        "DELETE FROM programme_plannedfunding",
        "DELETE FROM programme_financingplan",
    ],
)
def test_an_approved_plan_stays_as_it_is(plan, statement):
    with pytest.raises(IntegrityError, match="Eine genehmigte Fassung des Finanzierungsplans"):
        sql(statement)


def test_nothing_is_added_to_an_approved_plan(plan):
    draft = FinancingPlanFactory.create(programme=plan.programme, version=2)
    line = BudgetLineFactory.create(plan=draft, position=3)

    with pytest.raises(IntegrityError, match="genehmigte Fassung"), transaction.atomic():
        BudgetLineFactory.create(plan=plan, position=3)
    with pytest.raises(IntegrityError, match="genehmigte Fassung"):
        sql("UPDATE programme_budgetline SET plan_id = %s WHERE id = %s", plan.pk, line.pk)


def test_a_draft_of_the_plan_may_still_change(programme):
    line = BudgetLineFactory.create(plan__programme=programme)

    assert sql("UPDATE programme_budgetline SET planned_eur = 1") == 1
    assert sql("UPDATE programme_financingplan SET note = 'anders'") == 1
    assert line.plan.delete()[0] == 2


@pytest.mark.parametrize("missing", ["proposed_by", "approved_by"])
def test_no_plan_is_approved_without_two_people(programme, missing):
    plan = FinancingPlanFactory.create(programme=programme)
    people = dict(zip(("proposed_by", "approved_by"), UserFactory.create_batch(2), strict=True))
    people.pop(missing)

    with pytest.raises(IntegrityError, match="approved_plan_has_both_checks"), transaction.atomic():
        FinancingPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED, **people)


def test_the_same_person_never_approves_a_drawdown_or_a_proof(programme):
    DrawdownFactory.create(programme=programme)
    ProofFactory.create(programme=programme, checked_by=UserFactory.create())

    with pytest.raises(IntegrityError, match="drawdown_four_eyes"), transaction.atomic():
        Drawdown.objects.update(status="approved", approved_by=F("recorded_by"))
    with pytest.raises(IntegrityError, match="proof_four_eyes"), transaction.atomic():
        ProofOfUse.objects.update(status=ProofStatus.SUBMITTED, submitted_by=F("checked_by"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme_proofofuse SET figures = '{}'",
        "UPDATE programme_proofofuse SET narrative = 'anders'",
        "UPDATE programme_proofofuse SET status = 'draft'",
        "UPDATE programme_proofofuse SET status = 'replaced', narrative = 'anders'",
        "UPDATE programme_proofofuse SET submitted_on = '2017-01-01'",
        "UPDATE programme_prooftext SET text = 'anders'",
        "UPDATE programme_proofindicator SET value = 7",
        "DELETE FROM programme_prooftext",
        "DELETE FROM programme_proofindicator",
    ],
)
def test_a_submitted_proof_stays_as_it_is(proof, statement):
    with pytest.raises(IntegrityError, match="Ein eingereichter Nachweis wird nicht"):
        sql(statement)


def test_a_submitted_proof_is_replaced_and_then_stays(proof):
    assert sql("UPDATE programme_proofofuse SET status = 'replaced'") == 1

    with pytest.raises(IntegrityError, match="Ein eingereichter Nachweis"):
        sql("UPDATE programme_proofofuse SET status = 'submitted'")
    with pytest.raises(IntegrityError, match="Ein eingereichter Nachweis"), transaction.atomic():
        ProofText.objects.create(proof=proof, key="b", position=2, title="Neu")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme_periodlock SET figures = '{}'",
        "UPDATE programme_periodlock SET reason = 'anders'",
        "UPDATE programme_periodlock SET ends_on = '2016-07-31'",
        "DELETE FROM programme_periodlock",
    ],
)
def test_the_figures_of_a_locked_half_year_stay_as_they_are(lock, statement):
    with pytest.raises(IntegrityError, match="Die Zahlen eines abgeschlossenen Halbjahrs"):
        sql(statement)


def test_a_locked_half_year_is_opened_once_and_by_somebody_else(lock):
    opening = {"unlocked_at": lock.locked_at, "unlock_reason": "Fehler"}
    locks, other = PeriodLock.objects.all(), UserFactory.create()

    with pytest.raises(IntegrityError, match="period_four_eyes"), transaction.atomic():
        locks.update(unlocked_by=lock.locked_by, **opening)
    with pytest.raises(IntegrityError, match="period_unlocked_with_reason"), transaction.atomic():
        locks.update(unlocked_by=other, **opening | {"unlock_reason": ""})
    assert locks.update(unlocked_by=other, **opening) == 1
    with pytest.raises(IntegrityError, match="abgeschlossenen Halbjahrs"), transaction.atomic():
        locks.update(unlock_reason="anders")


def test_the_examples_can_still_be_taken_out(plan, proof, lock):
    Programme.objects.update(demo_loaded_at=clock.now())

    with audit.erasing(reason="Probe"):
        lock.delete()
        proof.delete()
        plan.delete()

    assert not FinancingPlan.objects.filter(pk=plan.pk).exists()
    assert (ProofOfUse.objects.count(), PeriodLock.objects.count()) == (0, 0)
