"""The second check: another person, the version seen, once, also when two press at once."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from programme.enums import Role, VoucherStatus
from programme.errors import RuleBroken
from programme.models import AuditEntry, Voucher
from programme.services import approvals, vouchers
from tests.factories.funding import entry, funded_plan, recorded_voucher
from tests.factories.programme import ProgrammeFactory, UserFactory


@pytest.fixture
def checker():
    return UserFactory(roles=[Role.FINANCE])


def test_another_person_approves(plan, checker):
    voucher = recorded_voucher(plan=plan)

    approvals.approve(voucher=voucher, seen_version=1, by=checker)

    voucher.refresh_from_db()
    assert (voucher.status, voucher.arithmetic_check_by) == (VoucherStatus.APPROVED, checker)
    assert AuditEntry.objects.get(verb="voucher.approved").sentence == (
        "Beleg 1 an Beratung Müßig & Söhne GmbH über 1.000,00 EUR rechnerisch geprüft."
    )


@pytest.mark.parametrize("decide", [approvals.approve, approvals.reject])
def test_the_recorder_decides_nothing(plan, decide):
    voucher = recorded_voucher(plan=plan)
    reason = {"reason": "Zu viel"} if decide is approvals.reject else {}

    with pytest.raises(RuleBroken, match="Regel F28"):
        decide(voucher=voucher, seen_version=1, by=voucher.factual_check_by, **reason)

    voucher.refresh_from_db()
    assert voucher.status == VoucherStatus.RECORDED


def test_the_database_refuses_one_person_for_both_checks(plan):
    voucher = recorded_voucher(plan=plan)

    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.update(arithmetic_check_by=voucher.factual_check_by_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.update(status=VoucherStatus.APPROVED)


def test_an_edit_after_the_view_is_noticed(plan, checker):
    voucher = recorded_voucher(plan=plan)
    vouchers.correct(
        voucher=voucher,
        seen_version=1,
        entry=entry(plan=plan, payee="Anders"),
        files=[],
        by=voucher.factual_check_by,
    )

    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        approvals.approve(voucher=voucher, seen_version=1, by=checker)


def test_who_corrects_a_voucher_can_no_longer_approve_it(plan, checker):
    voucher = recorded_voucher(plan=plan)
    vouchers.correct(voucher=voucher, seen_version=1, entry=entry(plan=plan), files=[], by=checker)

    with pytest.raises(RuleBroken, match="Regel F28"):
        approvals.approve(voucher=voucher, seen_version=2, by=checker)


def test_a_decision_is_made_once(plan, checker):
    voucher = recorded_voucher(plan=plan)
    approvals.approve(voucher=voucher, seen_version=1, by=checker)

    with pytest.raises(RuleBroken, match="bereits geprüft"):
        approvals.approve(voucher=voucher, seen_version=1, by=checker)
    with pytest.raises(RuleBroken, match="bereits geprüft"):
        approvals.reject(voucher=voucher, seen_version=2, reason="Doch nicht", by=checker)


def test_a_rejection_needs_a_reason_and_keeps_it(plan, checker):
    voucher = recorded_voucher(plan=plan)

    with pytest.raises(RuleBroken, match="begründen") as refused:
        approvals.reject(voucher=voucher, seen_version=1, reason="  ", by=checker)
    approvals.reject(voucher=voucher, seen_version=1, reason=" Übertrag falsch ", by=checker)

    voucher.refresh_from_db()
    assert refused.value.field == "reason"
    assert (voucher.status, voucher.rejection_reason) == (
        VoucherStatus.REJECTED,
        "Übertrag falsch",
    )
    with pytest.raises(RuleBroken, match="bereits zurückgewiesen"):
        approvals.approve(voucher=voucher, seen_version=2, by=checker)


def test_several_are_approved_all_or_none(plan, checker):
    first, second = recorded_voucher(plan=plan), recorded_voucher(plan=plan)

    with pytest.raises(RuleBroken, match="Beleg 2 wurde inzwischen geändert"):
        approvals.approve_several(programme=plan.programme, seen_versions={1: 1, 2: 7}, by=checker)
    first.refresh_from_db()
    assert first.status == VoucherStatus.RECORDED

    approved = approvals.approve_several(
        programme=plan.programme, seen_versions={1: 1, 2: 1}, by=checker
    )
    assert approved == [first, second]


def test_vouchers_of_another_programme_are_not_found(plan, checker):
    recorded_voucher(plan=plan)

    with pytest.raises(RuleBroken, match="wählen Sie mindestens einen Beleg"):
        approvals.approve_several(programme=ProgrammeFactory(), seen_versions={1: 1}, by=checker)


def at_once(*actions):
    """Run the actions in threads that start together; return what each raised."""
    ready = threading.Barrier(len(actions))
    raised = [None] * len(actions)

    def run(index, action):
        try:
            ready.wait(timeout=10)
            action()
        except Exception as error:  # noqa: BLE001  the test looks at what came
            raised[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_leave_one():
    plan = funded_plan(programme=ProgrammeFactory(is_current=True))
    voucher = recorded_voucher(plan=plan)
    checkers = UserFactory.create_batch(4, roles=[Role.FINANCE])

    raised = at_once(
        *(
            lambda person=person: approvals.approve(voucher=voucher, seen_version=1, by=person)
            for person in checkers
        )
    )

    assert [type(error) for error in raised].count(RuleBroken) == 3
    assert raised.count(None) == 1
    assert AuditEntry.objects.filter(verb="voucher.approved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_vouchers_recorded_at_once_get_own_numbers_and_split_to_the_cent():
    plan = funded_plan(programme=ProgrammeFactory(is_current=True))
    clerks = UserFactory.create_batch(6, roles=[Role.FINANCE])

    raised = at_once(
        *(
            lambda person=person: recorded_voucher(plan=plan, by=person, files=())
            for person in clerks
        )
    )

    assert raised == [None] * 6
    rows = Voucher.objects.order_by("number")
    assert [voucher.number for voucher in rows] == [1, 2, 3, 4, 5, 6]
    shares = [share for voucher in rows for share in voucher.shares.all()]
    land = sum(share.amount_eur for share in shares if share.source.key == "land")
    assert (str(land), sum(share.amount_eur for share in shares)) == ("3169.81", 6000)
