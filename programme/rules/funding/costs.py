"""Rules of kinds of cost: F22, F23, F24, F26, F27."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import CostCategory, IndirectBase, ParameterKey
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, missing_of
from programme.rules.money import at_most, written

F22 = Rule(
    "F22",
    title="Keine Pauschale bei reiner Vergabe",
    tests="Indirekte Kosten sind null, wenn alle direkten Kosten öffentlich vergebene Aufträge "
    "sind.",
    why="Ist alles vergeben, werden nur tatsächliche Kosten erstattet.",
    mend="Bitte nehmen Sie die indirekten Kosten aus dem Plan oder aus dem Nachweis.",
    severities=((Stage.PLAN, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="Art. 18 Abs. 3 Verordnung (EU) Nr. 514/2014",
    is_sourced=True,
)
F23 = Rule(
    "F23",
    title="Höhe der indirekten Kosten",
    tests="Indirekte Kosten sind höchstens der Pauschalsatz der direkten Personalkosten oder, wo "
    "so vereinbart, aller direkten Kosten.",
    why="Was über der Pauschale liegt, ist nicht förderfähig.",
    mend="Bitte senken Sie die indirekten Kosten.",
    severities=((Stage.PLAN, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="Art. 18 Verordnung (EU) Nr. 514/2014",
    parameters=(ParameterKey.INDIRECT_RATE,),
)
F24 = Rule(
    "F24",
    title="Personalausgaben belegt",
    tests="Personalausgaben haben Monat, Personenkürzel, Stunden und Stundennachweis.",
    why="Ohne diese Angaben lässt sich der Anteil am Projekt nicht prüfen.",
    mend="Bitte ergänzen Sie die Angaben, bevor der Verwendungsnachweis eingereicht wird.",
    severities=((Stage.ENTRY, Severity.WARN), (Stage.PROOF, Severity.BLOCK)),
    basis="Hinweise des BAMF zu den Förderbestimmungen, Kapitel Personalkosten",
    is_sourced=True,
)
F26 = Rule(
    "F26",
    title="Vergabe dokumentiert",
    tests="Ein Auftrag ab der Schwelle hat Vergabeart, Angebote und Vergabevermerk.",
    why="Ohne Vergabeunterlagen können die Ausgaben gekürzt werden.",
    mend="Bitte legen Sie die fehlenden Unterlagen zum Auftrag ab.",
    severities=((Stage.ENTRY, Severity.WARN), (Stage.PROOF, Severity.WARN)),
    basis="ANBest-P Nr. 3",
    parameters=(ParameterKey.PROCUREMENT_THRESHOLD_EUR,),
)
F27 = Rule(
    "F27",
    title="Gegenstände inventarisiert",
    tests="Ein Gegenstand über der Wertgrenze steht im Inventar.",
    why="Beschaffte Gegenstände sind an den Zweck gebunden.",
    mend="Bitte nehmen Sie den Gegenstand in das Inventar auf.",
    severities=((Stage.ENTRY, Severity.WARN), (Stage.PROOF, Severity.WARN)),
    basis="ANBest-P Nr. 4",
    parameters=(ParameterKey.INVENTORY_LIMIT_EUR,),
)


@dataclass(frozen=True)
class Costs:
    """Direct costs by what the rules tell apart, and the indirect costs, in EUR."""

    staff_eur: Decimal
    subcontracting_eur: Decimal
    other_eur: Decimal
    indirect_eur: Decimal

    @property
    def direct_eur(self) -> Decimal:
        return self.staff_eur + self.subcontracting_eur + self.other_eur


def summed(amounts: Iterable[tuple[str, Decimal]]) -> Costs:
    """Return the sums of pairs of cost category and amount (EUR) as the rules tell them apart."""
    by = dict.fromkeys(CostCategory.values, Decimal(0))
    for category, amount_eur in amounts:
        by[category] += amount_eur
    staff, subcontracting = by[CostCategory.STAFF], by[CostCategory.SUBCONTRACTING]
    indirect = by[CostCategory.INDIRECT]
    other = sum(by.values(), Decimal(0)) - staff - subcontracting - indirect
    return Costs(staff, subcontracting, other, indirect)


@dataclass(frozen=True)
class StaffRow:
    """The proof of one month of work on the project."""

    number: int
    month: date | None
    person_code: str
    hours: Decimal | None
    has_time_sheet: bool


@dataclass(frozen=True)
class Contract:
    """An order to a company and how it was placed; the value in EUR."""

    title: str
    value_eur: Decimal
    procedure: str
    offers: int
    has_award_note: bool


@dataclass(frozen=True)
class Asset:
    """A thing that was bought; the price without tax in EUR."""

    title: str
    net_eur: Decimal
    is_in_inventory: bool


def no_flat_rate_if_all_is_procured(costs: Costs, *, is_publicly_procured: bool) -> Finding | None:
    """F22: no indirect costs where all direct costs are publicly procured contracts."""
    only_contracts = costs.subcontracting_eur > 0 and costs.direct_eur == costs.subcontracting_eur
    if not (is_publicly_procured and only_contracts and costs.indirect_eur > 0):
        return None
    return F22.broken(
        f"Alle direkten Kosten ({written(costs.direct_eur)}) sind vergebene Aufträge, angesetzt "
        f"sind aber indirekte Kosten von {written(costs.indirect_eur)}."
    )


def indirect_within_rate(costs: Costs, *, base: IndirectBase, rate: Decimal) -> Finding | None:
    """F23: indirect costs stay within the flat rate (0.15 = 15 %) of their base."""
    base_eur = costs.staff_eur if base is IndirectBase.STAFF else costs.direct_eur
    most = at_most(base_eur * rate)
    if costs.indirect_eur <= most:
        return None
    return F23.broken(
        f"Angesetzt sind indirekte Kosten von {written(costs.indirect_eur)}, zulässig sind "
        f"{written(most)} (Grundlage: {base.label}, {written(base_eur)})."
    )


def staff_row_complete(row: StaffRow, *, stage: Stage) -> Finding | None:
    """F24: month, person code, hours and time sheet; a warning until the proof of use."""
    missing = missing_of(
        ("Monat", row.month),
        ("Personenkürzel", row.person_code),
        ("Stunden", row.hours is not None and row.hours > 0),
        ("Stundennachweis", row.has_time_sheet),
    )
    if not missing:
        return None
    return F24.broken(
        f"Zu den Personalausgaben in Beleg {row.number} fehlt: {missing}.", stage=stage
    )


def contract_documented(contract: Contract, *, threshold_eur: Decimal) -> Finding | None:
    """F26: a contract from the threshold on has its procedure, offers and award note."""
    if contract.value_eur < threshold_eur:
        return None
    missing = missing_of(
        ("Vergabeart", contract.procedure),
        ("Angebote", contract.offers > 0),
        ("Vergabevermerk", contract.has_award_note),
    )
    if not missing:
        return None
    return F26.broken(
        f"Zum Auftrag „{contract.title}“ über {written(contract.value_eur)} fehlt: {missing}."
    )


def asset_in_inventory(asset: Asset, *, limit_eur: Decimal) -> Finding | None:
    """F27: a thing that cost more than the limit without tax is in the inventory."""
    if asset.net_eur <= limit_eur or asset.is_in_inventory:
        return None
    return F27.broken(
        f"„{asset.title}“ kostet netto {written(asset.net_eur)} und steht nicht im Inventar. Die "
        f"Wertgrenze liegt bei {written(limit_eur)}."
    )
