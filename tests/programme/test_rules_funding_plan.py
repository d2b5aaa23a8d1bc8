"""F01, F02, F03, F08, F09: the financing plan."""

from datetime import date
from decimal import Decimal

import pytest

from programme.rules.funding import plan
from programme.rules.funding.plan import (
    EuRate,
    EuShare,
    LineSpending,
    PlanChange,
    PlanSums,
    SourcePlan,
)
from tests.programme.rule_cases import blocked, breaks, keeps, warned

D = Decimal
USUAL, HIGHEST = D("0.75"), D("0.90")
LEAP_DAY = date(2016, 2, 29)
NOT_FUNDED = "Im Finanzierungsplan steht noch nicht, welche Quelle wie viel trägt."


def lines(*pairs):
    return [LineSpending("Ansatz", D(planned), D(actual)) for planned, actual in pairs]


def change(*, beyond=True, decided=LEAP_DAY, document=True, spent=date(2016, 3, 1)):
    return PlanChange("Mehr Begleittage", beyond, decided, document, spent)


CASES = (
    keeps(
        "the seed plan is balanced",
        plan.balanced,
        PlanSums((D("112000.00"), D("100000.00")), (D("200000.00"), D("12000.00"))),
    ),
    breaks(
        "one cent is missing",
        blocked(
            plan.F01,
            "Die Quellen geben 211.999,99 EUR, die Einzelansätze kosten 212.000,00 EUR. Der "
            "Unterschied beträgt 0,01 EUR.",
        ),
        plan.balanced,
        PlanSums((D("111999.99"), D("100000.00")), (D("212000.00"),)),
    ),
    keeps("one source pays", plan.funded, [D(0), D("0.01")]),
    breaks(
        "no source pays",
        blocked(
            plan.F01,
            NOT_FUNDED,
            mend="Bitte lassen Sie zuerst den Finanzierungsplan genehmigen.",
        ),
        plan.funded,
        [],
    ),
    keeps(
        "a plan that uses the whole grant",
        plan.planned_within_grant,
        SourcePlan("AMIF", D("100000.00"), D("100000.00")),
    ),
    breaks(
        "a plan that counts on a cent more than is granted",
        warned(
            plan.F08,
            "Der Plan rechnet mit 100.000,01 EUR der Quelle „AMIF“, bewilligt sind 100.000,00 EUR.",
            mend="Bitte prüfen Sie den Betrag, oder ändern Sie den Finanzierungsplan.",
        ),
        plan.planned_within_grant,
        SourcePlan("AMIF", D("100000.01"), D("100000.00")),
    ),
    keeps("exactly at the rate", plan.eu_share_within_limit, EuShare(D(75), D(100)), limit=USUAL),
    keeps(
        "below a limit with half a cent",
        plan.eu_share_within_limit,
        EuShare(D("0.01"), D("0.02")),
        limit=USUAL,
    ),
    breaks(
        "half a cent above the rate",
        blocked(
            plan.F02,
            "Der Betrag der EU von 0,02 EUR ist um 0,01 EUR zu hoch. Bei förderfähigen Ausgaben "
            "von 0,02 EUR sind höchstens 0,01 EUR zulässig.",
        ),
        plan.eu_share_within_limit,
        EuShare(D("0.02"), D("0.02")),
        limit=USUAL,
    ),
    keeps(
        "the usual rate needs no reason",
        plan.raised_rate_justified,
        EuRate(USUAL, "", has_document=False),
        usual=USUAL,
        highest=HIGHEST,
    ),
    keeps(
        "the highest rate with both",
        plan.raised_rate_justified,
        EuRate(HIGHEST, "Priorität der Union", has_document=True),
        usual=USUAL,
        highest=HIGHEST,
    ),
    breaks(
        "a raised rate without anything",
        blocked(plan.F03, "Für den EU-Anteil von 75,5 % statt 75 % fehlt: Grund, Dokument."),
        plan.raised_rate_justified,
        EuRate(D("0.755"), " ", has_document=False),
        usual=USUAL,
        highest=HIGHEST,
    ),
    breaks(
        "a rate beyond the last, even justified",
        blocked(
            plan.F03,
            "Der EU-Anteil von 91 % liegt über der absoluten Grenze von 90 %.",
            mend="Bitte senken Sie den Satz.",
        ),
        plan.raised_rate_justified,
        EuRate(D("0.91"), "Priorität der Union", has_document=True),
        usual=USUAL,
        highest=HIGHEST,
    ),
    keeps("overruns equal savings", plan.within_plan, lines(("100", "120"), ("100", "80"))),
    breaks(
        "a cent more than saved",
        blocked(
            plan.F08,
            "Den Mehrausgaben von 20,01 EUR stehen nur Einsparungen von 20,00 EUR gegenüber. Der "
            "Plan ist um 0,01 EUR überschritten.",
        ),
        plan.within_plan,
        lines(("100", "120.01"), ("100", "80")),
    ),
    keeps("the last cent of the grants", plan.within_grants, D("5.00"), left_eur=D("5.00")),
    breaks(
        "a cent beyond the grants",
        blocked(
            plan.F08,
            "Der Betrag übersteigt die verbleibende Förderung aller Quellen um 0,01 EUR.",
            field="gross_eur",
        ),
        plan.within_grants,
        D("5.01"),
        left_eur=D("5.00"),
    ),
    keeps("decided on the leap day before", plan.change_decided_in_time, change()),
    keeps("nothing spent yet", plan.change_decided_in_time, change(decided=None, spent=None)),
    keeps("within the tolerance", plan.change_decided_in_time, change(beyond=False, decided=None)),
    breaks(
        "not decided",
        warned(
            plan.F09,
            "Die Änderung „Mehr Begleittage“ ist noch nicht entschieden; ausgegeben wurde ab dem "
            "01.03.2016.",
        ),
        plan.change_decided_in_time,
        change(decided=None),
    ),
    breaks(
        "decided on the day of spending",
        warned(
            plan.F09,
            "Die Änderung „Mehr Begleittage“ wurde erst am 29.02.2016 entschieden; ausgegeben "
            "wurde ab dem 29.02.2016.",
        ),
        plan.change_decided_in_time,
        change(spent=LEAP_DAY),
    ),
    breaks(
        "decided in time, but nothing to show for it",
        warned(
            plan.F09,
            "Die Änderung „Mehr Begleittage“ ist nicht durch ein Dokument belegt; ausgegeben "
            "wurde ab dem 01.03.2016.",
        ),
        plan.change_decided_in_time,
        change(document=False),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_rule_of_the_plan_answers_with_exactly_this(case):
    assert case.ask() == case.expected
