"""A sensitive voucher shows payee, reason and files to finance, auditors and its recorder only."""

import pytest

from programme.enums import Role
from programme.models import AuditEntry
from programme.services import vouchers
from tests.factories.funding import entry, recorded_voucher
from tests.factories.programme import UserFactory

PAGE = "/intern/foerderung/belege/1/"
SECRETS = ("Müßig", "Begleittage im April 2016", "RE-2016-7", "Rechnung.pdf", "nur bar")


def sensitive(plan, **changes):
    return recorded_voucher(plan=plan, is_sensitive=True, remark="nur bar", **changes)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_finance_and_auditors_see_everything(plan, signed_in, role):
    file = sensitive(plan).files.get()
    browser = signed_in(role)

    html = browser.get(PAGE).content.decode()
    overview = browser.get("/intern/foerderung/").content.decode()
    download = browser.get(f"{PAGE}datei/{file.pk}/")

    assert [secret for secret in SECRETS if secret not in html] == []
    assert "vertraulich" in html
    assert "Müßig" in overview
    assert b"".join(download).startswith(b"%PDF")


def test_the_programme_team_sees_the_amount_and_nothing_else(plan, signed_in):
    file = sensitive(plan).files.get()
    office = signed_in(Role.OFFICE)

    html = office.get(PAGE).content.decode()
    overview = office.get("/intern/foerderung/").content.decode()

    assert [secret for secret in SECRETS if secret in html + overview] == []
    assert "1.000,00 EUR" in html
    assert "1 – vertraulich" in overview
    assert "Die Dateien dieses Belegs sehen nur Finanzen und Prüfung." in html
    assert office.get(f"{PAGE}datei/{file.pk}/").status_code == 404


def test_whoever_recorded_it_still_sees_it_after_a_change_of_role(plan, signed_in):
    person = UserFactory.create(roles=[Role.OFFICE])
    sensitive(plan, by=person)

    assert "Müßig" in signed_in(user=person).get(PAGE).content.decode()


def test_an_ordinary_voucher_is_read_by_the_programme_team(plan, signed_in):
    recorded_voucher(plan=plan)

    assert "Müßig" in signed_in(Role.OFFICE).get(PAGE).content.decode()


def test_the_logbook_does_not_repeat_what_is_sensitive(plan, clerk):
    voucher = sensitive(plan)

    vouchers.correct(
        voucher=voucher,
        seen_version=1,
        entry=entry(plan=plan, payee="Andere GmbH", is_sensitive=False, invoice_number="8"),
        files=[],
        by=clerk,
        confirmed=True,
    )

    first, second = AuditEntry.objects.filter(verb__startswith="voucher.").order_by("pk")
    assert first.sentence.startswith("Beleg 1 (vertraulich) über 1.000,00 EUR erfasst")
    assert set(second.changes) == {"is_sensitive", "invoice_number"}
