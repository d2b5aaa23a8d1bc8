"""What is decided is not offered for a change, whoever types the address."""

import pytest

from programme.enums import DrawdownStatus, FindingState, Role, VoucherStatus
from tests.factories.inspections import AuditFindingFactory
from tests.factories.programme import DrawdownFactory, UserFactory, VoucherFactory

FUNDING = "/intern/foerderung"


@pytest.fixture
def closed(plan):
    """Return maker of closed records and who might have changed them."""
    programme, other = plan.programme, UserFactory()

    def voucher():
        row = VoucherFactory(
            line=plan.lines.first(), status=VoucherStatus.APPROVED, arithmetic_check_by=other
        )
        return Role.FINANCE, f"{FUNDING}/belege/{row.number}/"

    def drawdown():
        row = DrawdownFactory(
            programme=programme, status=DrawdownStatus.APPROVED, approved_by=other
        )
        return Role.FINANCE, f"{FUNDING}/abrufe/{row.number}/"

    def finding():
        row = AuditFindingFactory(programme=programme, state=FindingState.CLOSED)
        return Role.AUDITOR, f"/intern/pruefung/feststellungen/{row.number}/"

    return {"voucher": voucher, "drawdown": drawdown, "finding": finding}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("voucher", "ist bereits geprüft"),
        ("drawdown", "ist bereits geprüft"),
        ("finding", "ist erledigt und wird nicht mehr geändert"),
    ],
)
def test_a_form_leads_to_the_page_of_what_is_closed(closed, signed_in, kind, told):
    role, address = closed[kind]()

    shown = signed_in(role).get(f"{address}aendern/", follow=True)

    assert shown.redirect_chain == [(address, 302)]
    assert told in shown.content.decode()
