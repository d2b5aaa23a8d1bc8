"""check_audit: what it says of a whole logbook, and which entry it names first in a broken one."""

import io
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from programme import audit, triggers
from programme.enums import Role
from programme.models import AuditChain, AuditEntry, Voucher
from programme.queries.log_chain import examination
from programme.services import approvals
from tests.factories.funding import recorded_voucher
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(plan):
    """Two vouchers, one of them approved: three entries in the logbook."""
    first = recorded_voucher(plan=plan)
    recorded_voucher(plan=plan, invoice_number="RE-8", gross_eur=Decimal("99.99"))
    checker = UserFactory.create(roles=[Role.FINANCE])
    approvals.approve(voucher=first, seen_version=1, by=checker)
    audit.seal()
    return first


def check_audit():
    out = io.StringIO()
    call_command("check_audit", stdout=out)
    return out.getvalue().strip()


def tampered(change):
    """Do something behind the portal's back and return what the command then says."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(change)
    triggers.install(connection)
    with pytest.raises(CommandError) as broken:
        check_audit()
    assert broken.value.returncode == 1
    return str(broken.value)


def test_a_whole_logbook_is_said_in_one_sentence(told):
    assert check_audit() == (
        "Das Protokoll ist unversehrt: Einträge 1 bis 3 sind lückenlos und stimmen mit ihren "
        "Prüfsummen überein."
    )
    assert AuditChain.objects.get().fault == ""


def test_an_empty_logbook_is_whole():
    assert check_audit() == "Das Protokoll ist unversehrt; es enthält noch keinen Eintrag."


def test_entries_that_wait_for_their_number_are_counted(told):
    AuditEntry.objects.bulk_create([AuditEntry(verb="a.b", sentence="Satz", subject_id="1")])

    assert check_audit().endswith(" 1 warten auf ihre Nummer.")


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE programme_auditentry SET sentence = 'anders' WHERE number = 2", 2),
        ("UPDATE programme_auditentry SET actor_id = NULL WHERE number = 1", 1),
        ("UPDATE programme_auditentry SET changes = '{\"a\": 1}' WHERE number = 3", 3),
        ("UPDATE programme_auditentry SET entry_hash = previous_hash WHERE number = 2", 2),
    ],
)
def test_the_first_changed_entry_is_named(told, change, number):
    said = tampered(change)

    assert f"nicht unversehrt. Eintrag {number} ist verändert: „" in said
    assert examination().first_wrong == number


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_missing_entry_is_named(told, number):
    said = tampered(f"DELETE FROM programme_auditentry WHERE number = {number}")

    assert said == f"Das Protokoll ist nicht unversehrt. Eintrag {number} fehlt."


def test_an_entry_chained_anew_does_not_end_where_the_chain_did(told):
    last = AuditEntry.objects.get(number=3)
    last.sentence = "anders"
    forged = audit.entry_hash(last)

    said = tampered(
        f"UPDATE programme_auditentry SET sentence = 'anders', entry_hash = '{forged}' "
        "WHERE number = 3"
    )

    assert said.endswith("Eintrag 3 ist nicht der, mit dem das Protokoll endete.")


def test_missing_triggers_are_named(told):
    with connection.cursor() as cursor:
        cursor.execute(triggers.removal(connection)[0])

    with pytest.raises(CommandError, match="Es fehlen: refuse_update_auditentry"):
        check_audit()


def test_a_permission_left_open_is_told(told):
    AuditChain.objects.update(erasing="vergessen")

    with pytest.raises(CommandError, match="Die Erlaubnis zum Löschen ist offen geblieben"):
        check_audit()


def test_shares_that_do_not_sum_to_their_voucher_are_told(told):
    said = tampered(f"UPDATE programme_voucher SET eligible_eur = 999.99 WHERE id = {told.pk}")

    assert said.endswith("Beleg 1: Die Anteile ergeben 1.000,00 EUR statt 999,99 EUR.")


def test_small_shares_sum_as_people_add(told, plan):
    for number in range(30):
        recorded_voucher(
            plan=plan, invoice_number=f"X-{number}", gross_eur=Decimal("0.01") * (number * 7 + 3)
        )

    assert examination().fault == ""


def test_a_voucher_approved_behind_the_portals_back_is_told(told):
    other = UserFactory.create()

    said = tampered(
        "UPDATE programme_voucher SET status = 'approved', "
        f"arithmetic_check_by_id = {other.pk} WHERE number = 2"
    )

    assert Voucher.objects.get(number=2).status == "approved"
    assert said.endswith("Beleg 2 ist geprüft, aber das Protokoll weiß davon nichts.")


def test_the_outcome_is_kept_for_the_pages_that_warn(told):
    tampered("DELETE FROM programme_auditentry WHERE number = 2")

    chain = AuditChain.objects.get()
    assert (chain.fault, bool(chain.checked_at)) == ("Eintrag 2 fehlt.", True)
