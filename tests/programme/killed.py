"""Kills a process at each of its writes in turn and says what the database then holds.

Run by test_sudden_death.py on the database of the tests, with the keys of a programme and of two
people. Each attempt is a child of its own; SIGKILL leaves it no time to tidy up.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

WRITES = ("INSERT", "UPDATE", "DELETE")


class Killer:
    """Ends the process with the n-th write; the write itself no longer happens."""

    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def state() -> str:
    """Return everything that money is made of, and what the logbook says."""
    from programme.models import (
        AuditEntry,
        BudgetLine,
        FinancingPlan,
        PeriodLock,
        Voucher,
        VoucherShare,
    )

    frozen = ("starts_on", "total_eur", "figures", "figures_sha256", "reason", "unlock_reason")

    tables = (
        Voucher.objects.order_by("pk").values_list("number", "gross_eur", "status", "version"),
        VoucherShare.objects.order_by("pk").values_list("voucher__number", "amount_eur"),
        FinancingPlan.objects.order_by("pk").values_list("version", "status"),
        BudgetLine.objects.order_by("pk").values_list("plan__version", "planned_eur"),
        PeriodLock.objects.order_by("pk").values_list(*frozen),
        AuditEntry.objects.order_by("pk").values_list("sentence"),
    )
    return json.dumps([list(rows) for rows in tables], default=str)


def kill_at_each_write(work: Callable[[], object]) -> dict[str, Any]:
    """Try the work until it is done; return the states after each death and at the end.

    On PostgreSQL the log is sealed after the commit, so a death there finds the work done.
    """
    from django.db import connection, connections

    before = state()
    deaths: list[str] = []
    while True:
        connections.close_all()
        child = os.fork()
        if child == 0:
            with connection.execute_wrapper(Killer(len(deaths) + 1)):
                work()
            connections.close_all()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, "the work failed without being killed"
            return {"before": before, "deaths": deaths, "after": state()}
        deaths.append(state())
        if deaths[-1] != before:
            return {"before": before, "deaths": deaths, "after": deaths[-1]}


def works(programme_pk: int, ada_pk: int, ben_pk: int) -> dict[str, Callable[[], object]]:
    """Return what is killed, in the order it is done."""
    from programme.models import FinancingPlan, Programme, User, Voucher
    from programme.rules.half_years import half_years_of
    from programme.rules.reallocations import Reallocation
    from programme.services import (
        approvals,
        corrections,
        half_years,
        plans,
        reallocations,
        vouchers,
    )
    from tests.factories.funding import entry

    programme = Programme.objects.get(pk=programme_pk)
    ada, ben = User.objects.get(pk=ada_pk), User.objects.get(pk=ben_pk)
    plan = programme.plans.get()
    coaching, travel = plan.lines.order_by("position")
    shift = Reallocation(
        giving=coaching, taking=travel, amount_eur=Decimal("100.00"), reason="Mehr Fahrten"
    )

    spring = half_years_of(programme)[1]

    def first() -> Voucher:
        return Voucher.objects.get(programme=programme, number=1)

    def proposed() -> FinancingPlan:
        return programme.plans.get(version=2)

    return {
        "record": partial(
            vouchers.record,
            programme=programme,
            entry=entry(plan=plan),
            files=[],
            by=ada,
            confirmed=True,
        ),
        "approve": lambda: approvals.approve(voucher=first(), seen_version=1, by=ben),
        "correct": lambda: corrections.correct_approved(
            voucher=first(),
            entry=entry(plan=plan, gross_eur=Decimal("999.99")),
            reason="Zahlendreher",
            by=ada,
            confirmed=True,
        ),
        "shift": lambda: reallocations.propose(
            programme=programme, entry=shift, paper=None, by=ada, confirmed=True
        ),
        "approve_shift": lambda: plans.approve(
            plan=proposed(), seen_revision=proposed().revision, by=ben
        ),
        "lock": partial(
            half_years.lock,
            programme=programme,
            half=spring,
            reason="Zwischennachweis",
            by=ada,
            confirmed=True,
        ),
        "unlock": partial(
            half_years.unlock, programme=programme, half=spring, reason="Rechenfehler", by=ben
        ),
    }


if __name__ == "__main__":
    import django

    django.setup()
    found = {
        name: kill_at_each_write(work) for name, work in works(*map(int, sys.argv[1:4])).items()
    }
    sys.stdout.write(json.dumps(found))
