"""F22, F23, F24, F26, F27: kinds of cost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programme.enums import IndirectBase
from programme.rules.funding import costs
from programme.rules.funding.costs import Asset, Contract, Costs, StaffRow
from programme.rules.funding.finding import Stage
from tests.programme.rule_cases import blocked, breaks, keeps, warned

D = Decimal
COACHING = Costs(
    staff_eur=D(0), subcontracting_eur=D("900.00"), other_eur=D(0), indirect_eur=D("0.01")
)
RATE = D("0.15")
STAFF = Costs(
    staff_eur=D("100.05"), subcontracting_eur=D(0), other_eur=D("50.00"), indirect_eur=D("15.00")
)
ROW = StaffRow(8, date(2016, 2, 1), "P1", D("7.5"), has_time_sheet=True)
BARE_ROW = StaffRow(8, None, " ", D(0), has_time_sheet=False)
NO_ROW = (
    "Zu den Personalausgaben in Beleg 8 fehlt: Monat, Personenkürzel, Stunden, Stundennachweis."
)
THRESHOLD, LIMIT = D("100000.00"), D("410.00")
CONTRACT = Contract("Prozessbegleitung", THRESHOLD, "Verhandlungsvergabe", 3, has_award_note=True)
CAMERA = Asset("Kamera", D("410.01"), is_in_inventory=False)

CASES = (
    keeps(
        "other direct costs as well",
        costs.no_flat_rate_if_all_is_procured,
        replace(COACHING, other_eur=D("0.01")),
        is_publicly_procured=True,
    ),
    keeps(
        "no indirect costs",
        costs.no_flat_rate_if_all_is_procured,
        replace(COACHING, indirect_eur=D(0)),
        is_publicly_procured=True,
    ),
    keeps(
        "no public contract",
        costs.no_flat_rate_if_all_is_procured,
        COACHING,
        is_publicly_procured=False,
    ),
    breaks(
        "a cent of indirect costs on contracts only",
        blocked(
            costs.F22,
            "Alle direkten Kosten (900,00 EUR) sind vergebene Aufträge, angesetzt sind aber "
            "indirekte Kosten von 0,01 EUR.",
        ),
        costs.no_flat_rate_if_all_is_procured,
        COACHING,
        is_publicly_procured=True,
    ),
    keeps(
        "the last whole cent of the flat rate",
        costs.indirect_within_rate,
        STAFF,
        base=IndirectBase.STAFF,
        rate=RATE,
    ),
    keeps(
        "the larger base",
        costs.indirect_within_rate,
        replace(STAFF, indirect_eur=D("22.50")),
        base=IndirectBase.DIRECT,
        rate=RATE,
    ),
    breaks(
        "a cent above the flat rate, though half up would allow it",
        blocked(
            costs.F23,
            "Angesetzt sind indirekte Kosten von 15,01 EUR, zulässig sind 15,00 EUR (Grundlage: "
            "direkte Personalkosten, 100,05 EUR).",
        ),
        costs.indirect_within_rate,
        replace(STAFF, indirect_eur=D("15.01")),
        base=IndirectBase.STAFF,
        rate=RATE,
    ),
    keeps("a month of work", costs.staff_row_complete, ROW, stage=Stage.PROOF),
    breaks(
        "an empty row, while it is entered",
        warned(costs.F24, NO_ROW),
        costs.staff_row_complete,
        BARE_ROW,
        stage=Stage.ENTRY,
    ),
    breaks(
        "an empty row in the proof",
        blocked(costs.F24, NO_ROW),
        costs.staff_row_complete,
        BARE_ROW,
        stage=Stage.PROOF,
    ),
    keeps(
        "a small contract",
        costs.contract_documented,
        Contract("Druck", D("99999.99"), "", 0, has_award_note=False),
        threshold_eur=THRESHOLD,
    ),
    keeps("a documented one", costs.contract_documented, CONTRACT, threshold_eur=THRESHOLD),
    breaks(
        "at the threshold without papers",
        warned(
            costs.F26,
            "Zum Auftrag „Prozessbegleitung“ über 100.000,00 EUR fehlt: Vergabeart, Angebote, "
            "Vergabevermerk.",
        ),
        costs.contract_documented,
        replace(CONTRACT, procedure="", offers=0, has_award_note=False),
        threshold_eur=THRESHOLD,
    ),
    keeps(
        "at the limit", costs.asset_in_inventory, replace(CAMERA, net_eur=LIMIT), limit_eur=LIMIT
    ),
    keeps(
        "in the inventory",
        costs.asset_in_inventory,
        replace(CAMERA, is_in_inventory=True),
        limit_eur=LIMIT,
    ),
    breaks(
        "a cent above the limit",
        warned(
            costs.F27,
            "„Kamera“ kostet netto 410,01 EUR und steht nicht im Inventar. Die Wertgrenze liegt "
            "bei 410,00 EUR.",
        ),
        costs.asset_in_inventory,
        CAMERA,
        limit_eur=LIMIT,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_rule_of_costs_answers_with_exactly_this(case):
    assert case.ask() == case.expected
