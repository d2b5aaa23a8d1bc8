"""A process killed in the middle of money leaves all of it or nothing (target C7)."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from programme import audit
from programme.enums import ParameterKey, Role, SourceKey
from programme.models import PeriodLock
from programme.queries.log_chain import examination
from tests.factories.funding import funded_plan
from tests.factories.programme import ProgrammeFactory, RuleParameterFactory, UserFactory

# Vouchers, shares, versions of the plan, lines, locks, log entries: what each work adds.
GROWN = {
    "record": (1, 2, 0, 0, 0, 1),
    "approve": (0, 0, 0, 0, 0, 1),
    "correct": (2, 4, 0, 0, 0, 3),
    "shift": (0, 0, 1, 2, 0, 2),
    "approve_shift": (0, 0, 0, 0, 0, 1),
    "lock": (0, 0, 0, 0, 1, 1),
    "unlock": (0, 0, 0, 0, 0, 1),
}
MONEY = 4  # the tables before the locks


def database_url():
    """Return the address of the database of the tests."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def grown(found):
    """Return how many rows there are more of each table."""
    before, after = json.loads(found["before"]), json.loads(found["after"])
    return tuple(len(new) - len(old) for old, new in zip(before, after, strict=True))


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_all_or_nothing():
    plan = funded_plan(programme=ProgrammeFactory.create(is_current=True))
    amif = plan.funding.get(source__key=SourceKey.AMIF).source
    RuleParameterFactory.create(source=amif, key=ParameterKey.LINE_TOLERANCE, value="0.20")
    ada, ben = UserFactory.create_batch(2, roles=[Role.FINANCE])
    keys = [str(row.pk) for row in (plan.programme, ada, ben)]

    done = subprocess.run(  # noqa: S603  our own module
        [sys.executable, "-m", "tests.programme.killed", *keys],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    works = json.loads(done.stdout)
    for name, found in works.items():
        assert len(found["deaths"]) >= 2, name
        assert set(found["deaths"]) <= {found["before"], found["after"]}, name
        assert grown(found) == GROWN[name], name
    for name in ("lock", "unlock"):
        before, after = (json.loads(works[name][when])[:MONEY] for when in ("before", "after"))
        assert before == after
    assert [(lock.total_eur, lock.unlock_reason) for lock in PeriodLock.objects.all()] == [
        (Decimal("1000.00"), "Rechenfehler")
    ]
    audit.seal()
    assert examination().fault == ""
