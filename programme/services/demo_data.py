"""Made-up people who try the portal, one and more for each role; all live under example.org."""

from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from programme import audit, clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import (
    AuditChain,
    AuditEntry,
    BarrierReport,
    DeletionReceipt,
    Notice,
    OutgoingMail,
    Printout,
    Programme,
    RoleGrant,
    Submission,
    User,
)

PASSWORD = "Beispiel-Zugang-2017"  # noqa: S105  shown on the login page while demo data is loaded
DOMAIN = "example.org"


class Account(NamedTuple):
    """One demo account."""

    email: str
    full_name: str
    role: Role


ACCOUNTS = (
    Account("team@example.org", "Petra Ahrens", Role.OFFICE),
    Account("team2@example.org", "Jonas Weidlich", Role.OFFICE),
    Account("finanzen@example.org", "Sabine Kröger", Role.FINANCE),
    Account("finanzen2@example.org", "Mehmet Aydın", Role.FINANCE),
    Account("verwaltung@example.org", "Birgit Sommer", Role.ADMIN),
    Account("begleitung@example.org", "Carla Rinaldi", Role.COACH),
    Account("standort@example.org", "Thomas Görlich", Role.SITE),
    Account("standort2@example.org", "Leyla Demir", Role.SITE),
    Account("standort3@example.org", "Anneliese Kolb", Role.SITE),
    Account("standort4@example.org", "Murat Şimşek", Role.SITE),
    Account("standort5@example.org", "Heike Rödiger", Role.SITE),
    Account("standort6@example.org", "Jochen Pfannkuch", Role.SITE),
    Account("mitglied@example.org", "Ulrike Fehling", Role.MEMBER),
    Account("pruefung@example.org", "Georg Nußbaum", Role.AUDITOR),
)


def refuse_real_people() -> None:
    """Raise RuleBroken if anybody outside example.org has an account here."""
    if User.objects.exclude(email__iendswith=f"@{DOMAIN}").exists():
        raise RuleBroken(
            "In dieser Datenbank gibt es echte Personen. Beispieldaten werden hier nicht geladen."
        )


@transaction.atomic
def load_people(*, programme: Programme) -> dict[str, User]:
    """Make the demo accounts with their roles and return them by e-mail address.

    Marks the programme as showing demo data. Refuses a database with real people (RuleBroken).
    """
    refuse_real_people()
    password = make_password(PASSWORD)  # public anyway: hashed once for all, as it takes time
    people = {}
    for account in ACCOUNTS:
        person, _ = User.objects.get_or_create(
            email=account.email, defaults={"full_name": account.full_name, "password": password}
        )
        RoleGrant.objects.get_or_create(user=person, role=account.role, ended_at=None)
        people[account.email] = person
    programme.demo_loaded_at = clock.now()
    programme.save(update_fields=["demo_loaded_at"])
    return people


@transaction.atomic
def remove_people(*, programme: Programme) -> None:
    """Take out every demo person and what the ground floor wrote about them.

    Called last, after the upper floors took out their rows. Refuses a database with real people
    (RuleBroken), because mails, reports and the logbook are emptied completely.
    """
    refuse_real_people()
    Notice.objects.all().delete()
    OutgoingMail.objects.all().delete()
    Printout.objects.all().delete()
    DeletionReceipt.objects.all().delete()
    _empty_logbook()
    Submission.objects.all().delete()
    BarrierReport.objects.all().delete()
    Session.objects.all().delete()
    DBTaskResult.objects.all().delete()
    RoleGrant.objects.all().delete()
    User.objects.all().delete()
    programme.demo_loaded_at = None
    programme.save(update_fields=["demo_loaded_at"])


def _empty_logbook() -> None:
    """Delete the whole logbook and let the next entry begin a new chain."""
    with audit.erasing(reason="Beispieldaten entfernen"):
        AuditEntry.objects.all().delete()
    AuditChain.objects.update(
        number=0, entry_hash="", deleted_up_to=0, deleted_hash="", checked_at=None, fault=""
    )
