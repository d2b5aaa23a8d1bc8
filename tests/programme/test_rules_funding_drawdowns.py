"""F10, F11, F12, F13, F16: drawdowns."""

from datetime import date
from decimal import Decimal

import pytest

from programme.rules.funding import drawdowns
from programme.rules.funding.drawdowns import Advances, ProofAfterDrawdown, SourceDraw
from tests.programme.rule_cases import blocked, breaks, keeps, told, warned

D = Decimal
CAP = D("0.80")
AUGUST_END = date(2015, 8, 31)
JANUARY_END = date(2016, 1, 31)


def proof(*, spent="0.01", submitted=None):
    return ProofAfterDrawdown(JANUARY_END, D(spent), submitted)


def draws(land, amif):
    return [
        SourceDraw("Land Hessen", D("112000.00"), D(land)),
        SourceDraw("AMIF", D("100000.00"), D(amif)),
    ]


CASES = (
    keeps(
        "the advance reaches 80,000 EUR",
        drawdowns.advances_within_cap,
        Advances(D("100000.00"), D("60000.00"), D("20000.00")),
        cap=CAP,
    ),
    keeps(
        "the rest after the final check",
        drawdowns.advances_within_cap,
        Advances(
            D("100000.00"), D("80000.00"), D("16000.00"), "AMIF", recognised_eur=D("96000.00")
        ),
        cap=CAP,
    ),
    keeps(
        "a source without cap pays its whole grant",
        drawdowns.advances_within_cap,
        Advances(D("112000.00"), D("111999.99"), D("0.01")),
        cap=None,
    ),
    breaks(
        "a source without cap pays no cent above its grant",
        blocked(
            drawdowns.F10,
            "Mit diesem Abruf wären 112.000,01 EUR vorausgezahlt, 0,01 EUR mehr als zulässig. "
            "Abrufbar sind noch 0,00 EUR.",
            field="requested_eur",
        ),
        drawdowns.advances_within_cap,
        Advances(D("112000.00"), D("112000.00"), D("0.01")),
        cap=None,
    ),
    keeps(
        "a receipt up to the cap",
        drawdowns.receipt_within_cap,
        Advances(D("100000.00"), D("60000.00"), D("20000.00"), "AMIF"),
        cap=CAP,
    ),
    breaks(
        "a receipt a cent above the cap",
        blocked(
            drawdowns.F10,
            "Mit diesem Eingang wären aus der Quelle AMIF 80.000,01 EUR eingegangen oder noch "
            "angefordert, 0,01 EUR mehr als zulässig. Für diesen Abruf sind höchstens "
            "20.000,00 EUR möglich.",
            field="received_eur_amif",
            mend="Bitte prüfen Sie die Eingänge aller Abrufe dieser Quelle.",
        ),
        drawdowns.receipt_within_cap,
        Advances(D("100000.00"), D("60000.00"), D("20000.01"), "AMIF"),
        cap=CAP,
        field="received_eur_amif",
    ),
    breaks(
        "a cent more than was recognised",
        blocked(
            drawdowns.F10,
            "Mit diesem Abruf wären aus der Quelle AMIF 96.000,01 EUR vorausgezahlt, 0,01 EUR mehr "
            "als zulässig. Abrufbar sind aus der Quelle AMIF noch 16.000,00 EUR.",
            field="requested_eur",
        ),
        drawdowns.advances_within_cap,
        Advances(
            D("100000.00"), D("80000.00"), D("16000.01"), "AMIF", recognised_eur=D("96000.00")
        ),
        cap=None,
    ),
    breaks(
        "a cent above the cap",
        blocked(
            drawdowns.F10,
            "Mit diesem Abruf wären 80.000,01 EUR vorausgezahlt, 0,01 EUR mehr als zulässig. "
            "Abrufbar sind noch 20.000,00 EUR.",
            field="requested_eur",
        ),
        drawdowns.advances_within_cap,
        Advances(D("100000.00"), D("60000.00"), D("20000.01")),
        cap=CAP,
    ),
    breaks(
        "nothing is left to draw",
        blocked(
            drawdowns.F10,
            "Mit diesem Abruf wären 0,10 EUR vorausgezahlt, 0,02 EUR mehr als zulässig. "
            "Abrufbar sind noch 0,00 EUR.",
            field="requested_eur",
        ),
        drawdowns.advances_within_cap,
        Advances(D("0.11"), D("0.09"), D("0.01")),
        cap=CAP,
    ),
    keeps(
        "six months from the end of August to the leap day",
        drawdowns.usual_interval,
        AUGUST_END,
        date(2016, 2, 29),
        months=6,
    ),
    keeps("a month early", drawdowns.usual_interval, AUGUST_END, JANUARY_END, months=6),
    breaks(
        "more than a month early",
        told(
            drawdowns.F11,
            "Der Abruf vom 30.01.2016 kommt früher als üblich; nach dem Abruf vom 31.08.2015 wäre "
            "der 29.02.2016 üblich.",
        ),
        drawdowns.usual_interval,
        AUGUST_END,
        date(2016, 1, 30),
        months=6,
    ),
    breaks(
        "more than a month late",
        told(
            drawdowns.F11,
            "Der Abruf vom 01.04.2016 kommt später als üblich; nach dem Abruf vom 31.08.2015 wäre "
            "der 29.02.2016 üblich.",
        ),
        drawdowns.usual_interval,
        AUGUST_END,
        date(2016, 4, 1),
        months=6,
    ),
    keeps("a reason in words", drawdowns.need_reasoned, "Honorare bis März"),
    breaks(
        "dashes are no reason",
        blocked(drawdowns.F12, "Die Begründung des künftigen Bedarfs fehlt.", field="reason"),
        drawdowns.need_reasoned,
        " – 123 ",
    ),
    keeps(
        "nothing was spent",
        drawdowns.interim_proof_in_time,
        proof(spent="0"),
        months=1,
        today=date(2017, 1, 1),
    ),
    keeps(
        "submitted on the leap day, a month after the end of January",
        drawdowns.interim_proof_in_time,
        proof(submitted=date(2016, 2, 29)),
        months=1,
        today=date(2017, 1, 1),
    ),
    breaks(
        "submitted a day late",
        warned(
            drawdowns.F13,
            "Der Zwischennachweis zum Abruf vom 31.01.2016 kam am 01.03.2016, fällig war er am "
            "29.02.2016.",
            mend="Bitte erklären Sie die Verspätung im Sachbericht.",
        ),
        drawdowns.interim_proof_in_time,
        proof(submitted=date(2016, 3, 1)),
        months=1,
        today=date(2017, 1, 1),
    ),
    breaks(
        "still due on the last day",
        warned(
            drawdowns.F13,
            "Der Zwischennachweis zum Abruf vom 31.01.2016 ist bis 29.02.2016 fällig.",
        ),
        drawdowns.interim_proof_in_time,
        proof(),
        months=1,
        today=date(2016, 2, 29),
    ),
    breaks(
        "overdue",
        warned(
            drawdowns.F13,
            "Der Zwischennachweis zum Abruf vom 31.01.2016 ist seit 2 Tagen überfällig; fällig "
            "war er am 29.02.2016.",
        ),
        drawdowns.interim_proof_in_time,
        proof(),
        months=1,
        today=date(2016, 3, 2),
    ),
    keeps("to the cent", drawdowns.ratio_kept, draws("528.30", "471.70")),
    keeps("rounded the other way", drawdowns.ratio_kept, draws("528.31", "471.69")),
    keeps("nothing is requested", drawdowns.ratio_kept, draws("0", "0")),
    keeps(
        "a plan without funding has no ratio",
        drawdowns.ratio_kept,
        [SourceDraw("AMIF", D(0), D("5.00"))],
    ),
    breaks(
        "more than a cent off",
        warned(
            drawdowns.F16,
            "Der Abruf über 1.000,00 EUR hält das Verhältnis der Quellen nicht ein. Nach dem Plan "
            "wären es Land Hessen 528,30 EUR, AMIF 471,70 EUR.",
        ),
        drawdowns.ratio_kept,
        draws("528.32", "471.68"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_rule_of_drawdowns_answers_with_exactly_this(case):
    assert case.ask() == case.expected
