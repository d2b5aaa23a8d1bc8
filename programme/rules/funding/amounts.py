"""Rules of amounts: F04, F07, F21, F35."""

from dataclasses import dataclass
from decimal import Decimal

from programme.enums import ParameterKey
from programme.rules.funding.finding import Finding, Rule, Severity, Stage
from programme.rules.funding.plan import LineSpending
from programme.rules.money import CENT, at_most, rounded, written

F04 = Rule(
    "F04",
    title="Keine Doppelförderung",
    tests="Ein Beleg gehört zu genau einem Projekt, und die Anteile aller Quellen sind zusammen "
    "höchstens so hoch wie der Beleg.",
    why="Dieselbe Ausgabe darf nicht zweimal gefördert werden.",
    mend="Bitte prüfen Sie die Zuordnung und die Anteile.",
    severities=((Stage.ENTRY, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="Verbot der Doppelförderung",
)
F07 = Rule(
    "F07",
    title="Einzelansatz eingehalten",
    tests="Die Ausgaben eines Einzelansatzes überschreiten den Plan höchstens um die zulässige "
    "Überschreitung.",
    why="Darüber hinaus braucht es eine Änderung des Finanzierungsplans.",
    mend="Bitte prüfen Sie den Einzelansatz oder lassen Sie den Finanzierungsplan ändern.",
    severities=(
        (Stage.ENTRY, Severity.WARN),
        (Stage.PROOF, Severity.BLOCK),
        (Stage.PLAN, Severity.BLOCK),
    ),
    basis="ANBest-P Nr. 1.2",
    is_sourced=True,
    parameters=(ParameterKey.LINE_TOLERANCE,),
)
F21 = Rule(
    "F21",
    title="Umsatzsteuer richtig behandelt",
    tests="Förderfähig ist der Nettobetrag, wenn die Umsatzsteuer erstattet wird, sonst der "
    "Bruttobetrag. Netto ist höchstens so viel wie brutto.",
    why="Erstattete Steuer ist keine Ausgabe.",
    mend="Bitte setzen Sie den förderfähigen Betrag auf den richtigen Wert.",
    severities=((Stage.ENTRY, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="Art. 19 Verordnung (EU) Nr. 514/2014",
    parameters=(ParameterKey.VAT_DEDUCTIBLE,),
)
F35 = Rule(
    "F35",
    title="Beträge in Euro und Cent",
    tests="Beträge sind Euro mit zwei Nachkommastellen; Summen entstehen aus ungerundeten Teilen "
    "und werden kaufmännisch gerundet.",
    why="Sonst weichen Seite, Tabelle und Nachweis um Cent voneinander ab.",
    mend="Bitte geben Sie den Betrag in Euro an oder lassen Sie die Summe neu bilden.",
    severities=((Stage.ENTRY, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="Rechenregel des Programms",
)


@dataclass(frozen=True)
class VoucherParts:
    """The projects a voucher is claimed in and its eligible parts, in EUR."""

    number: int
    gross_eur: Decimal
    projects: tuple[str, ...]
    parts_eur: tuple[Decimal, ...]


@dataclass(frozen=True)
class LineChange:
    """A line as a new version plans it, and as the granting authority last agreed, in EUR."""

    title: str
    agreed_eur: Decimal
    planned_eur: Decimal


@dataclass(frozen=True)
class VoucherTax:
    """What a voucher costs with and without tax, and what is claimed of it, in EUR."""

    number: int
    net_eur: Decimal
    gross_eur: Decimal
    eligible_eur: Decimal


@dataclass(frozen=True)
class Total:
    """A sum as it is shown, with the exact parts it was made of."""

    name: str
    total: Decimal
    parts: tuple[Decimal, ...]
    currency: str = "EUR"


def parts_within_voucher(parts: VoucherParts) -> Finding | None:
    """F04: one voucher, one project; all eligible parts together are at most its amount."""
    projects = sorted(set(parts.projects))
    if len(projects) != 1:
        named = " und ".join(f"„{project}“" for project in projects) or "keinem Projekt"
        return F04.broken(f"Beleg {parts.number} ist {named} zugeordnet statt genau einem Projekt.")
    claimed = sum(parts.parts_eur, Decimal(0))
    if _is_part(claimed, of=parts.gross_eur):
        return None
    return F04.broken(
        f"Die Anteile an Beleg {parts.number} ergeben {written(claimed)}, der Beleg lautet über "
        f"{written(parts.gross_eur)}."
    )


def claimed_within_voucher(
    number: int, *, gross_eur: Decimal, claimed_eur: Decimal
) -> Finding | None:
    """F04: what is claimed of a voucher is at most its amount, in EUR."""
    if _is_part(claimed_eur, of=gross_eur):
        return None
    return F04.broken(
        f"Bei Beleg {number} sind {written(claimed_eur)} angesetzt, der Beleg lautet über "
        f"{written(gross_eur)}.",
        field="net_eur",
        mend="Bitte prüfen Sie Brutto- und Nettobetrag.",
    )


def _is_part(amount_eur: Decimal, *, of: Decimal) -> bool:
    """Tell whether an amount lies between zero and the whole; on a credit note both are below."""
    return min(of, Decimal(0)) <= amount_eur <= max(of, Decimal(0))


def line_within_tolerance(
    line: LineSpending,
    *,
    tolerance: Decimal | None,
    stage: Stage,
    has_approved_change: bool = False,
) -> Finding | None:
    """F07: a line stays within its plan and the tolerance (0.20 = 20 %).

    At the proof of use an overrun forbids to submit unless an approved change covers it. Without
    a valid tolerance the plan cannot be tested.
    """
    if tolerance is None:
        return None
    limit = at_most(line.planned_eur * (1 + tolerance))
    over = line.actual_eur - limit
    if over <= 0:
        return None
    return F07.broken(
        f"Der Einzelansatz „{line.title}“ wird um {written(over)} stärker überschritten, als der "
        f"Plan zulässt. Zulässig sind {written(limit)}.",
        field="line",
        stage=Stage.ENTRY if has_approved_change else stage,
    )


def raised_within_tolerance(
    line: LineChange, *, tolerance: Decimal, is_decided: bool
) -> Finding | None:
    """F07: without a decision of the granting authority a line grows by the tolerance at most.

    `agreed_eur` is what the authority last agreed to, so that small steps do not add up unseen.
    """
    limit = at_most(line.agreed_eur * (1 + tolerance))
    if is_decided or line.planned_eur <= limit:
        return None
    return F07.broken(
        f"„{line.title}“ soll {written(line.planned_eur)} betragen. Ausgehend von zuletzt "
        f"bewilligten {written(line.agreed_eur)} sind ohne Entscheidung der Bewilligungsbehörde "
        f"höchstens {written(limit)} zulässig.",
        mend="Bitte geben Sie Datum, Aktenzeichen und Dokument der Entscheidung an oder senken "
        "Sie den Betrag.",
        field="decided_on",
        stage=Stage.PLAN,
    )


def eligible_by_tax(tax: VoucherTax, *, vat_deductible: bool) -> Finding | None:
    """F21: net is eligible if the tax is refunded, otherwise gross."""
    right, word = (tax.net_eur, "netto") if vat_deductible else (tax.gross_eur, "brutto")
    if tax.eligible_eur == right:
        return None
    return F21.broken(
        f"Beleg {tax.number} ist mit {written(tax.eligible_eur)} angesetzt, förderfähig sind "
        f"{written(right)} ({word})."
    )


def net_within_gross(net_eur: Decimal | None, *, gross_eur: Decimal) -> Finding | None:
    """F21: net is part of gross, in EUR; the same sign, and equal where no tax is owed."""
    if net_eur is None or _is_part(net_eur, of=gross_eur):
        return None
    return F21.broken(
        f"Netto stehen {written(net_eur)}, brutto {written(gross_eur)}. Netto ist höchstens so "
        "viel wie brutto.",
        field="net_eur",
        mend="Bitte prüfen Sie Brutto- und Nettobetrag.",
    )


def net_known(net_eur: Decimal | None, *, vat_deductible: bool) -> Finding | None:
    """F21: where the tax is refunded, a voucher cannot be claimed without its net amount."""
    if net_eur is not None or not vat_deductible:
        return None
    return F21.broken(
        "Die Umsatzsteuer wird erstattet, der Nettobetrag des Belegs fehlt aber.",
        field="net_eur",
        mend="Bitte tragen Sie unter „Weitere Angaben“ den Nettobetrag ein.",
    )


def exact_total(total: Total) -> Finding | None:
    """F35: EUR, two places, and the half-up rounding of the sum of the exact parts."""
    if total.currency != "EUR":
        return F35.broken(f"„{total.name}“ ist in {total.currency} angegeben statt in Euro.")
    if not total.total.is_finite() or total.total.as_tuple().exponent != CENT.as_tuple().exponent:
        return F35.broken(f"„{total.name}“ hat nicht genau zwei Nachkommastellen.")
    exact = rounded(sum(total.parts, Decimal(0)))
    if total.total == exact:
        return None
    return F35.broken(
        f"„{total.name}“ zeigt {written(total.total)}, die Teile ergeben {written(exact)}."
    )
