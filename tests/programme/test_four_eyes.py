"""One person never gives both checks (target A11): two tabs, two roles, races, late edits."""

import threading

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Voucher
from programme.services import approvals, corrections, vouchers
from tests.factories.funding import entry, funded_plan, recorded_voucher
from tests.factories.programme import ProgrammeFactory, UserFactory

PAIRS = {
    "programme.Voucher": ("factual_check_by", "arithmetic_check_by"),
    "programme.FinancingPlan": ("proposed_by", "approved_by"),
    "programme.Drawdown": ("recorded_by", "approved_by"),
    "programme.ProofOfUse": ("checked_by", "submitted_by"),
    "programme.PeriodLock": ("locked_by", "unlocked_by"),
    "programme.AuditFinding": ("found_by", "answered_by"),
}


@pytest.fixture
def committed():
    """A plan and two people of the finance that other connections see."""
    plan = funded_plan(programme=ProgrammeFactory.create(is_current=True))
    return plan, *UserFactory.create_batch(2, roles=[Role.FINANCE])


def at_once(*works):
    """Let all begin at the same moment; return what each has raised."""
    barrier, raised = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        barrier.wait()
        try:
            work()
        except RuleBroken as broken:
            raised[number] = broken.message
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


def approve(voucher, person, version=1):
    return lambda: approvals.approve(voucher=voucher, seen_version=version, by=person)


@pytest.mark.parametrize(("label", "pair"), PAIRS.items())
def test_the_database_holds_the_rule_wherever_two_people_sign(label, pair):
    first, second = pair
    conditions = [
        str(rule.condition)
        for rule in apps.get_model(label)._meta.constraints
        if isinstance(rule, models.CheckConstraint)
    ]
    wanted = {str(~models.Q(**{one: models.F(other)})) for one, other in (pair, (second, first))}

    assert wanted & set(conditions)


@pytest.mark.django_db(transaction=True)
def test_the_recorder_fails_from_two_tabs_at_once(committed):
    plan, ada, _ = committed
    voucher = recorded_voucher(plan=plan, by=ada)

    raised = at_once(approve(voucher, ada), approve(voucher, ada))

    assert all("Regel F28" in message for message in raised)
    assert Voucher.objects.get().arithmetic_check_by is None
    assert not AuditEntry.objects.filter(verb="voucher.approved").exists()


@pytest.mark.django_db(transaction=True)
def test_the_checker_approves_once_from_three_tabs(committed):
    plan, ada, ben = committed
    voucher = recorded_voucher(plan=plan, by=ada)

    raised = at_once(*[approve(voucher, ben)] * 3)

    assert raised.count(None) == 1
    assert AuditEntry.objects.filter(verb="voucher.approved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_editing_and_approving_at_once_never_makes_one_person_both(committed):
    plan, ada, ben = committed
    for number in range(4):
        voucher = recorded_voucher(plan=plan, by=ada, invoice_number=f"RE-{number}")

        def edit(voucher=voucher, number=number):
            made = entry(plan=plan, payee="Anders", invoice_number=f"RE-{number}")
            vouchers.correct(
                voucher=voucher, seen_version=1, entry=made, files=[], by=ben, confirmed=True
            )

        raised = at_once(edit, approve(voucher, ben), approve(voucher, ben, version=2))

        voucher.refresh_from_db()
        if voucher.status == "approved":
            assert (voucher.factual_check_by, voucher.payee) == (ada, entry(plan=plan).payee)
            assert voucher.arithmetic_check_by == ben
        else:
            assert (voucher.factual_check_by, voucher.arithmetic_check_by) == (ben, None)
        assert None in raised


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_take_back_once(committed):
    plan, ada, ben = committed
    voucher = recorded_voucher(plan=plan, by=ada)
    approvals.approve(voucher=voucher, seen_version=1, by=ben)

    def correct(person):
        return lambda: corrections.correct_approved(
            voucher=voucher, entry=None, reason="falsch", by=person
        )

    raised = at_once(correct(ada), correct(ben), correct(ada))

    assert raised.count(None) == 1
    assert list(Voucher.objects.values_list("number", "gross_eur")) == [(1, 1000), (2, -1000)]


@pytest.mark.django_db
def test_all_roles_together_do_not_make_two_people(plan, signed_in):
    everything = UserFactory.create(roles=list(Role))
    voucher = recorded_voucher(plan=plan, by=everything)
    client = signed_in(user=everything)
    one = reverse("programme:approve_voucher", args=[voucher.number])

    single = client.post(one, {"seen_version": 1})
    several = client.post(reverse("programme:approve_vouchers"), {"chosen": ["1:1"]})

    assert (single.status_code, several.status_code) == (422, 422)
    assert "Regel F28" in single.content.decode()
    assert Voucher.objects.get().status == "recorded"


@pytest.mark.django_db
def test_nobody_edits_a_voucher_after_it_is_approved(plan):
    voucher = recorded_voucher(plan=plan)
    checker = UserFactory.create(roles=[Role.FINANCE])
    approvals.approve(voucher=voucher, seen_version=1, by=checker)

    for person in (voucher.factual_check_by, checker):
        with pytest.raises(RuleBroken, match="bereits geprüft"):
            vouchers.correct(
                voucher=voucher, seen_version=2, entry=entry(plan=plan), files=[], by=person
            )
