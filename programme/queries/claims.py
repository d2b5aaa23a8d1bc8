"""What the rules say about a voucher before it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme import clock
from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.models import Programme, Voucher
from programme.queries import credit_notes, funding, vouchers
from programme.queries.parameters import parameter_set
from programme.rules import credit_notes as credit_rules
from programme.rules import vouchers as entries
from programme.rules.funding import amounts, einvoice
from programme.rules.funding import vouchers as rules
from programme.rules.funding.finding import Finding, Stage, refuse
from programme.rules.funding.parameters import ParameterSet
from programme.rules.funding.plan import LineSpending
from programme.rules.funding.vouchers import Window
from programme.rules.invoices.invoice import Invoice
from programme.rules.money import written
from programme.rules.split import Share, split
from programme.rules.vouchers import VoucherEntry


@dataclass(frozen=True)
class Claim:
    """An entry with what its files say, and the earlier state of its voucher."""

    entry: VoucherEntry
    number: int
    checksums: tuple[str, ...]
    invoices: tuple[Invoice, ...]
    earlier: Voucher | None = None
    # The name of a file that comes as invoice and as proof of payment at once.
    for_both: str = ""


@dataclass(frozen=True)
class Eligible:
    """What the sources share of a voucher, in EUR, and which of its amounts that is."""

    amount_eur: Decimal
    is_net: bool

    @property
    def text(self) -> str:
        """Name the amount: "1.000,00 EUR netto, die Umsatzsteuer wird erstattet"."""
        ending = "netto, die Umsatzsteuer wird erstattet" if self.is_net else "brutto"
        return f"Aufgeteilt werden {written(self.amount_eur)} {ending}"


def eligible_amount(
    *, numbers: ParameterSet, gross_eur: Decimal, net_eur: Decimal | None, on: date
) -> Eligible:
    """Return net where the tax is refunded on that day, else gross, in EUR (F21).

    Refuses (RuleBroken) a missing net amount where the tax is refunded, and one beyond gross.
    """
    deductible = bool(numbers.longest(ParameterKey.VAT_DEDUCTIBLE, on=on))
    asked = [
        amounts.net_known(net_eur, vat_deductible=deductible),
        amounts.net_within_gross(net_eur, gross_eur=gross_eur),
    ]
    refuse(asked, confirmed=False)
    if deductible and net_eur is not None:
        return Eligible(net_eur, is_net=True)
    return Eligible(gross_eur, is_net=False)


def accepted(
    *, programme: Programme, claim: Claim, confirmed: bool
) -> tuple[Decimal, tuple[Share, ...]]:
    """Ask all rules of a voucher; return the eligible amount in EUR and its split.

    Refuses (RuleBroken) what a rule blocks, and what it warns of unless `confirmed`. Call it
    while the programme is locked.
    """
    entry = claim.entry
    plan = funding.approved_plan(programme=programme)
    if plan is None:
        raise RuleBroken("Es gibt noch keinen genehmigten Finanzierungsplan.", field="line")
    if entry.line.plan_id != plan.pk:
        raise RuleBroken("Bitte wählen Sie einen Einzelansatz des gültigen Plans.", field="line")
    entries.consistent(entry)
    numbers = parameter_set(programme=programme)
    eligible_eur = eligible_amount(
        numbers=numbers,
        gross_eur=entry.gross_eur,
        net_eur=entry.net_eur,
        on=entry.invoiced_on,
    ).amount_eur
    if entry.credits is not None:
        credited = credit_notes.credited(voucher=entry.credits, without=claim.earlier)
        credit_rules.possible(entry, credited)
    window = Window(programme.starts_on, programme.ends_on, clock.today())
    tolerance = numbers.strictest(ParameterKey.LINE_TOLERANCE, on=entry.invoiced_on)
    spent = vouchers.line_spent_eur(line=entry.line, without=claim.earlier)
    line = LineSpending(entry.line.title, entry.line.planned_eur, spent + eligible_eur)
    findings = [
        amounts.claimed_within_voucher(
            claim.number, gross_eur=entry.gross_eur, claimed_eur=eligible_eur
        ),
        *_of_the_entry(claim, window),
        *_of_others(programme, claim),
        amounts.line_within_tolerance(line, tolerance=tolerance, stage=Stage.ENTRY),
    ]
    refuse(findings, confirmed=confirmed)
    pots = vouchers.pots(programme=programme, plan=plan, without=claim.earlier)
    return eligible_eur, split(gross_eur=eligible_eur, pots=pots)


def _of_the_entry(claim: Claim, window: Window) -> Iterator[Finding | None]:
    """Ask what one voucher answers by itself."""
    entry = claim.entry
    yield rules.complete(entry.payment)
    yield rules.inside_run_time(entry.invoiced_on, window)
    if entry.serviced_from and entry.serviced_to:
        yield rules.served_inside_run_time(entry.serviced_from, entry.serviced_to, window)
    yield rules.paid_already(entry.paid_on, window)
    yield rules.paid_after_invoice(entry.invoiced_on, entry.paid_on)
    yield rules.not_taken_for_both(claim.for_both)
    yield rules.cash_has_note(claim.number, is_cash=entry.is_cash, note=entry.cash_note)


def _of_others(programme: Programme, claim: Claim) -> Iterator[Finding | None]:
    """Compare the voucher with other vouchers and with its e-invoice."""
    payment, earlier = claim.entry.payment, claim.earlier
    similar = vouchers.similar_vouchers(programme=programme, entry=claim.entry, without=earlier)
    elsewhere = vouchers.files_elsewhere(
        programme=programme, checksums=claim.checksums, without=earlier
    )
    yield rules.not_a_duplicate(payment, similar)
    yield rules.file_not_used(elsewhere)
    yield einvoice.agrees_with_invoice(payment, claim.invoices)
