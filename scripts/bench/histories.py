"""Random histories of vouchers through the real services, on a database in memory (target C7).

Each history is played from an empty file of vouchers and rolled back; a cent that is missing ends
the measurement with the steps that lost it.
"""

import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

MOST_STEPS = 10


def measure(amount: int) -> str:
    """Play so many histories and say what happened in them."""
    from django.core.management import call_command
    from django.db import transaction

    from programme.enums import Role
    from tests.factories.funding import funded_plan
    from tests.factories.programme import ProgrammeFactory, UserFactory
    from tests.programme.histories import History

    call_command("migrate", verbosity=0)
    plan = funded_plan(programme=ProgrammeFactory.create(is_current=True))
    people = UserFactory.create_batch(2, roles=[Role.FINANCE])
    steps: Counter[str] = Counter()
    started = time.perf_counter()
    for seed in range(amount):
        chance = random.Random(seed)  # noqa: S311  a fixed walk, guards no secret
        with transaction.atomic():
            history = History(plan=plan, people=people, chance=chance)
            history.play(steps=chance.randint(1, MOST_STEPS))
            transaction.set_rollback(True)
        steps.update(history.steps)
    seconds = time.perf_counter() - started
    return (
        f"{amount} histories, {steps.total()} steps {dict(steps)}: Land + AMIF = total to the "
        f"cent at every step ({seconds:.0f} s)"
    )


if __name__ == "__main__":
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.test")
    import django

    django.setup()
    print(measure(int(sys.argv[1])))
