"""F04, F07, F21, F35: amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.rules.funding import amounts
from programme.rules.funding.amounts import LineChange, Total, VoucherParts, VoucherTax
from programme.rules.funding.finding import Stage
from programme.rules.funding.plan import LineSpending
from programme.rules.money import from_cents, written
from programme.rules.split import Pot, split
from tests.programme.rule_cases import blocked, breaks, keeps, warned

D = Decimal
PROJECT = ("Serviceorientierung",)
TRAVEL = LineSpending("Reisekosten", D("10.03"), D("12.03"))
TRAVEL_OVER = LineSpending("Reisekosten", D("10.03"), D("12.04"))
OVER = (
    "Der Einzelansatz „Reisekosten“ wird um 0,01 EUR stärker überschritten, als der Plan zulässt. "
    "Zulässig sind 12,03 EUR."
)
TAX = VoucherTax(2, net_eur=D("100.00"), gross_eur=D("119.00"), eligible_eur=D("119.00"))
FIFTH = D("0.20")


def line(spending, *, stage, **kwargs):
    return {"line": spending, "tolerance": FIFTH, "stage": stage} | kwargs


CASES = (
    keeps(
        "a line that grows by exactly a fifth",
        amounts.raised_within_tolerance,
        LineChange("Reisekosten", D("12000.00"), D("14400.00")),
        tolerance=D("0.20"),
        is_decided=False,
    ),
    keeps(
        "a line that grows further by a decision",
        amounts.raised_within_tolerance,
        LineChange("Reisekosten", D("12000.00"), D("20000.00")),
        tolerance=D("0.20"),
        is_decided=True,
    ),
    breaks(
        "a line that grows a cent too much",
        blocked(
            amounts.F07,
            "„Reisekosten“ soll 14.400,01 EUR betragen. Ausgehend von zuletzt bewilligten "
            "12.000,00 EUR sind ohne Entscheidung der Bewilligungsbehörde höchstens 14.400,00 EUR "
            "zulässig.",
            mend="Bitte geben Sie Datum, Aktenzeichen und Dokument der Entscheidung an oder "
            "senken Sie den Betrag.",
            field="decided_on",
        ),
        amounts.raised_within_tolerance,
        LineChange("Reisekosten", D("12000.00"), D("14400.01")),
        tolerance=D("0.20"),
        is_decided=False,
    ),
    keeps(
        "two parts make the voucher",
        amounts.parts_within_voucher,
        VoucherParts(1, D("1000.00"), PROJECT, (D("528.30"), D("471.70"))),
    ),
    breaks(
        "a cent too much is claimed",
        blocked(
            amounts.F04,
            "Die Anteile an Beleg 1 ergeben 1.000,01 EUR, der Beleg lautet über 1.000,00 EUR.",
        ),
        amounts.parts_within_voucher,
        VoucherParts(1, D("1000.00"), PROJECT, (D("528.31"), D("471.70"))),
    ),
    keeps(
        "of a credit note the part without tax is claimed",
        amounts.parts_within_voucher,
        VoucherParts(1, D("-142.80"), PROJECT, (D("-63.40"), D("-56.60"))),
    ),
    keeps(
        "what is claimed is the voucher",
        amounts.claimed_within_voucher,
        1,
        gross_eur=D("10.00"),
        claimed_eur=D("10.00"),
    ),
    breaks(
        "more is claimed than was paid",
        blocked(
            amounts.F04,
            "Bei Beleg 1 sind 50,00 EUR angesetzt, der Beleg lautet über 10,00 EUR.",
            field="net_eur",
            mend="Bitte prüfen Sie Brutto- und Nettobetrag.",
        ),
        amounts.claimed_within_voucher,
        1,
        gross_eur=D("10.00"),
        claimed_eur=D("50.00"),
    ),
    breaks(
        "two projects claim it",
        blocked(
            amounts.F04,
            "Beleg 1 ist „Andere“ und „Serviceorientierung“ zugeordnet statt genau einem Projekt.",
        ),
        amounts.parts_within_voucher,
        VoucherParts(1, D(1), (*PROJECT, "Andere"), ()),
    ),
    breaks(
        "no project claims it",
        blocked(amounts.F04, "Beleg 1 ist keinem Projekt zugeordnet statt genau einem Projekt."),
        amounts.parts_within_voucher,
        VoucherParts(1, D(1), (), ()),
    ),
    keeps(
        "the last whole cent of the tolerance",
        amounts.line_within_tolerance,
        **line(TRAVEL, stage=Stage.PROOF),
    ),
    keeps(
        "no tolerance is known",
        amounts.line_within_tolerance,
        **line(TRAVEL_OVER, stage=Stage.PROOF, tolerance=None),
    ),
    breaks(
        "less than half a cent beyond, while it is entered",
        warned(amounts.F07, OVER, field="line"),
        amounts.line_within_tolerance,
        **line(TRAVEL_OVER, stage=Stage.ENTRY),
    ),
    breaks(
        "less than half a cent beyond, in the proof",
        blocked(amounts.F07, OVER, field="line"),
        amounts.line_within_tolerance,
        **line(TRAVEL_OVER, stage=Stage.PROOF),
    ),
    breaks(
        "beyond in the proof, with an approved change",
        warned(amounts.F07, OVER, field="line"),
        amounts.line_within_tolerance,
        **line(TRAVEL_OVER, stage=Stage.PROOF, has_approved_change=True),
    ),
    keeps("gross without refund", amounts.eligible_by_tax, TAX, vat_deductible=False),
    breaks(
        "gross although the tax comes back",
        blocked(
            amounts.F21,
            "Beleg 2 ist mit 119,00 EUR angesetzt, förderfähig sind 100,00 EUR (netto).",
        ),
        amounts.eligible_by_tax,
        TAX,
        vat_deductible=True,
    ),
    breaks(
        "a cent beside gross",
        blocked(
            amounts.F21,
            "Beleg 2 ist mit 119,00 EUR angesetzt, förderfähig sind 119,01 EUR (brutto).",
        ),
        amounts.eligible_by_tax,
        VoucherTax(2, D("100.01"), D("119.01"), D("119.00")),
        vat_deductible=False,
    ),
    keeps(
        "net without tax is all of gross",
        amounts.net_within_gross,
        D("10.00"),
        gross_eur=D("10.00"),
    ),
    keeps(
        "net of a credit note is below zero too",
        amounts.net_within_gross,
        D("-120.00"),
        gross_eur=D("-142.80"),
    ),
    keeps("no net amount is known", amounts.net_within_gross, None, gross_eur=D(10)),
    *(
        breaks(
            f"net {net} of gross {gross}",
            blocked(
                amounts.F21,
                f"Netto stehen {written(D(net))}, brutto {written(D(gross))}. Netto ist höchstens "
                "so viel wie brutto.",
                field="net_eur",
                mend="Bitte prüfen Sie Brutto- und Nettobetrag.",
            ),
            amounts.net_within_gross,
            D(net),
            gross_eur=D(gross),
        )
        for net, gross in (("50", "10"), ("10.01", "10.00"), ("-5", "10"), ("-11", "-10"))
    ),
    keeps("no net amount without refund", amounts.net_known, None, vat_deductible=False),
    breaks(
        "no net amount although the tax comes back",
        blocked(
            amounts.F21,
            "Die Umsatzsteuer wird erstattet, der Nettobetrag des Belegs fehlt aber.",
            field="net_eur",
            mend="Bitte tragen Sie unter „Weitere Angaben“ den Nettobetrag ein.",
        ),
        amounts.net_known,
        None,
        vat_deductible=True,
    ),
    keeps(
        "half a cent is rounded up, once",
        amounts.exact_total,
        Total("Summe", D("0.01"), (D("0.0025"), D("0.0025"))),
    ),
    breaks(
        "parts rounded before they were summed",
        blocked(amounts.F35, "„Summe“ zeigt 0,00 EUR, die Teile ergeben 0,01 EUR."),
        amounts.exact_total,
        Total("Summe", D("0.00"), (D("0.0025"), D("0.0025"))),
    ),
    breaks(
        "three places",
        blocked(amounts.F35, "„Summe“ hat nicht genau zwei Nachkommastellen."),
        amounts.exact_total,
        Total("Summe", D("0.005"), (D("0.005"),)),
    ),
    breaks(
        "no number at all",
        blocked(amounts.F35, "„Summe“ hat nicht genau zwei Nachkommastellen."),
        amounts.exact_total,
        Total("Summe", D("NaN"), ()),
    ),
    breaks(
        "another currency",
        blocked(amounts.F35, "„Summe“ ist in CHF angegeben statt in Euro."),
        amounts.exact_total,
        Total("Summe", D("1.00"), (D(1),), currency="CHF"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_rule_of_amounts_answers_with_exactly_this(case):
    assert case.ask() == case.expected


@given(
    cents=st.integers(1, 10**9),
    plan=st.tuples(st.integers(1, 10**9), st.integers(0, 10**9)),
)
def test_every_split_of_the_portal_keeps_f04_and_its_sum_keeps_f35(cents, plan):
    gross = from_cents(cents)
    pots = [Pot(str(part), "Quelle", from_cents(part), D(10) ** 8, D(0)) for part in plan]
    parts = tuple(share.amount_eur for share in split(gross_eur=gross, pots=pots))

    assert amounts.parts_within_voucher(VoucherParts(1, gross, PROJECT, parts)) is None
    assert amounts.exact_total(Total("Beleg", gross, parts)) is None
    over = VoucherParts(1, gross - D("0.01"), PROJECT, parts)
    assert amounts.parts_within_voucher(over) is not None
