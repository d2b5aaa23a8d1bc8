"""A missing paper comes to an approved voucher; nothing else about it changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programme.enums import Role, VoucherFileKind
from programme.errors import RuleBroken
from programme.models import AuditEntry, Voucher
from programme.services import approvals, voucher_papers
from tests.factories.funding import PDF, new_file, recorded_voucher
from tests.factories.programme import UserFactory
from tests.pages import keyed, text

PAYMENT = PDF + b"% Zahlung"


@pytest.fixture
def approved(plan):
    """An approved voucher with an invoice and no proof of payment."""
    return approve(recorded_voucher(plan=plan))


def approve(voucher):
    approvals.approve(voucher=voucher, seen_version=1, by=UserFactory.create(roles=[Role.FINANCE]))
    return Voucher.objects.get(pk=voucher.pk)


def payment_file(content=PAYMENT):
    return new_file(content, name="Zahlung Größe.pdf", kind=VoucherFileKind.PROOF_OF_PAYMENT)


def address(voucher):
    return f"/intern/foerderung/belege/{voucher.number}/nachreichen/"


def sent(content=PAYMENT, **fields):
    paper = SimpleUploadedFile("Zahlung Größe.pdf", content, "application/pdf")
    return keyed({"kind": "proof_of_payment", "paper": paper} | fields)


def kinds(voucher):
    return sorted(voucher.files.values_list("kind", flat=True))


def test_the_missing_paper_is_kept_and_nothing_else_changes(approved, clerk):
    before = Voucher.objects.values().get()

    voucher_papers.hand_in(voucher=approved, file=payment_file(), by=clerk)

    assert Voucher.objects.values().get() == before
    kept = approved.files.get(kind="proof_of_payment")
    with kept.file.open() as file:
        assert file.read() == PAYMENT
    assert (kept.name, kept.uploaded_by) == ("Zahlung Größe.pdf", clerk)
    assert AuditEntry.objects.filter(verb="voucher.paper_handed_in").get().sentence == (
        f"Zahlungsnachweis zu Beleg {approved.number} nachgereicht: Zahlung Größe.pdf."
    )


def test_a_paper_that_is_there_is_not_replaced(approved, clerk):
    with pytest.raises(RuleBroken, match="Rechnung liegt schon bei Beleg"):
        voucher_papers.hand_in(voucher=approved, file=new_file(PAYMENT), by=clerk)
    voucher_papers.hand_in(voucher=approved, file=payment_file(), by=clerk)
    with pytest.raises(RuleBroken, match="fehlt keine Datei"):
        voucher_papers.hand_in(voucher=approved, file=payment_file(PDF + b"%2"), by=clerk)

    assert kinds(approved) == ["invoice", "proof_of_payment"]


def test_an_invoice_that_shall_prove_its_payment_too_is_asked_about(approved, clerk):
    with pytest.raises(RuleBroken, match="als Rechnung und als Zahlungsnachweis gewählt") as asked:
        voucher_papers.hand_in(voucher=approved, file=payment_file(PDF), by=clerk)
    before = kinds(approved)
    voucher_papers.hand_in(voucher=approved, file=payment_file(PDF), by=clerk, confirmed=True)

    assert (asked.value.field, before) == ("confirmed", ["invoice"])
    assert kinds(approved) == ["invoice", "proof_of_payment"]


def test_a_file_of_another_voucher_is_asked_about(plan, approved, clerk):
    recorded_voucher(plan=plan, invoice_number="2", files=(payment_file(),))

    with pytest.raises(RuleBroken, match="F18"):
        voucher_papers.hand_in(voucher=approved, file=payment_file(), by=clerk)
    voucher_papers.hand_in(voucher=approved, file=payment_file(), by=clerk, confirmed=True)

    assert kinds(approved) == ["invoice", "proof_of_payment"]


def test_a_voucher_that_waits_is_changed_instead(plan, finance):
    waiting = recorded_voucher(plan=plan)

    page = finance.get(address(waiting), follow=True)
    answer = finance.post(address(waiting), sent())

    assert "indem Sie den Beleg ändern" in text(page)
    assert (answer.status_code, kinds(waiting)) == (422, ["invoice"])


def test_finance_hands_in_what_the_page_of_the_voucher_misses(approved, finance):
    page = finance.get(f"/intern/foerderung/belege/{approved.number}/")
    form = finance.get(address(approved))
    done = finance.post(address(approved), sent(), follow=True)
    again = finance.get(address(approved), follow=True)

    assert f'href="{address(approved)}"' in text(page)
    assert "Zahlungsnachweis (Datei)" in text(form)
    assert f"Zahlungsnachweis zu Beleg {approved.number} ist abgelegt." in text(done)
    assert f'href="{address(approved)}"' not in text(done)
    assert "fehlt keine Datei" in text(again)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"paper": ""}, "paper"),
        ({"paper": SimpleUploadedFile("x.pdf", b"<html>", "application/pdf")}, "paper"),
        ({"kind": "other"}, "kind"),
    ],
)
def test_wrong_input_is_named_at_its_field(approved, finance, fields, name):
    answer = finance.post(address(approved), sent(**fields))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])
    assert kinds(approved) == ["invoice"]


def test_a_paper_sent_twice_from_two_tabs_comes_in_once(approved, finance):
    finance.post(address(approved), sent())
    second = finance.post(address(approved), sent(PDF + b"% andere"))

    assert second.status_code == 422
    assert "fehlt keine Datei" in text(second)
    assert kinds(approved) == ["invoice", "proof_of_payment"]
