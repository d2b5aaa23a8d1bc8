"""F05, F06, F17, F18, F20, F25, H01, H02: one voucher."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programme.rules.funding import vouchers
from programme.rules.funding.finding import Stage
from programme.rules.funding.vouchers import KnownVoucher, Payment, Window
from tests.programme.rule_cases import blocked, breaks, keeps, warned

LEAP_DAY = date(2016, 2, 29)
START, END = date(2015, 10, 1), date(2017, 6, 30)
WINDOW = Window(START, END, today=date(2017, 7, 15))
PAYMENT = Payment(
    payee="Beratung Müßig & Söhne GmbH",
    invoice_number="RE-2016-7",
    reason="Begleittage",
    line="Prozessbegleitung",
    invoiced_on=LEAP_DAY,
    paid_on=date(2016, 3, 20),
    gross_eur=Decimal("1000.00"),
)
OTHER = KnownVoucher(7, "beratung müßig & SÖHNE gmbh", "re - 2016 - 7", START, Decimal("5.00"))
LIKE_OTHER = (
    "Beleg 7 sieht gleich aus: beratung müßig & SÖHNE gmbh, Rechnung re - 2016 - 7 vom "
    "01.10.2015 über 5,00 EUR."
)
COMPARE = "Bitte vergleichen Sie mit Beleg 7."


def incomplete(problem, **changes):
    (field,) = changes
    return breaks(
        f"{field} is missing",
        blocked(vouchers.F17, problem, field=field),
        vouchers.complete,
        replace(PAYMENT, **changes),
    )


CASES = (
    keeps("the first day", vouchers.inside_run_time, START, WINDOW),
    keeps("the last day", vouchers.inside_run_time, END, WINDOW),
    breaks(
        "the day after",
        blocked(
            vouchers.F05,
            "Das Rechnungsdatum 01.07.2017 liegt außerhalb der Laufzeit (01.10.2015 bis "
            "30.06.2017).",
            field="invoiced_on",
        ),
        vouchers.inside_run_time,
        date(2017, 7, 1),
        WINDOW,
    ),
    keeps("the whole run time is served", vouchers.served_inside_run_time, START, END, WINDOW),
    breaks(
        "a service that began before",
        blocked(
            vouchers.F05,
            "Der Leistungszeitraum 30.09.2015 bis 29.02.2016 liegt nicht ganz in der Laufzeit "
            "(01.10.2015 bis 30.06.2017).",
            field="serviced_from",
            mend="Bitte rechnen Sie nur den Teil ab, der in die Laufzeit fällt.",
        ),
        vouchers.served_inside_run_time,
        date(2015, 9, 30),
        LEAP_DAY,
        WINDOW,
    ),
    keeps("paid on that day", vouchers.paid_before_submission, 3, END, submitted_on=END),
    breaks(
        "paid after the proof",
        warned(
            vouchers.F06,
            "Beleg 3 ist am 01.07.2017 bezahlt, der Nachweis aber vom 30.06.2017.",
            field="paid_on",
        ),
        vouchers.paid_before_submission,
        3,
        date(2017, 7, 1),
        submitted_on=END,
    ),
    keeps("everything is there", vouchers.complete, PAYMENT),
    incomplete("Der Zahlungsempfänger fehlt.", payee=" "),
    incomplete("Die Rechnungsnummer fehlt.", invoice_number=""),
    incomplete("Der Grund der Zahlung fehlt.", reason="\n"),
    incomplete("Der Einzelansatz fehlt.", line=""),
    incomplete("Das Rechnungsdatum fehlt.", invoiced_on=None),
    incomplete("Der Zahlungstag fehlt.", paid_on=None),
    incomplete("Der Betrag fehlt.", gross_eur=None),
    keeps("no other voucher", vouchers.not_a_duplicate, PAYMENT, []),
    keeps(
        "the same number of another payee",
        vouchers.not_a_duplicate,
        PAYMENT,
        [replace(OTHER, payee="Andere GmbH")],
    ),
    keeps(
        "another number, date and amount",
        vouchers.not_a_duplicate,
        PAYMENT,
        [replace(OTHER, invoice_number="8")],
    ),
    breaks(
        "the same number, spaced and cased otherwise",
        warned(vouchers.F18, LIKE_OTHER, mend=COMPARE),
        vouchers.not_a_duplicate,
        PAYMENT,
        [OTHER],
    ),
    breaks(
        "the same date and amount",
        warned(vouchers.F18, LIKE_OTHER, mend=COMPARE),
        vouchers.not_a_duplicate,
        replace(PAYMENT, invoice_number="X", invoiced_on=START, gross_eur=Decimal(5)),
        [OTHER],
    ),
    keeps("a new file", vouchers.file_not_used, []),
    breaks(
        "a file of another voucher",
        warned(
            vouchers.F18,
            "Die Datei „Rechnung.pdf“ liegt schon bei Beleg 2.",
            mend="Bitte prüfen Sie, ob Sie die richtige Datei gewählt haben.",
        ),
        vouchers.file_not_used,
        [(2, "Rechnung.pdf"), (9, "Kopie.pdf")],
    ),
    keeps(
        "both files",
        vouchers.has_both_files,
        4,
        has_invoice=True,
        has_payment_proof=True,
        stage=Stage.PROOF,
    ),
    keeps("each paper is a file of its own", vouchers.not_taken_for_both, ""),
    breaks(
        "one file shall be both papers",
        warned(
            vouchers.F20,
            "Die Datei „Bon.pdf“ ist als Rechnung und als Zahlungsnachweis gewählt.",
            mend="Ist sie beides, etwa eine Quittung, bestätigen Sie das bitte.",
        ),
        vouchers.not_taken_for_both,
        "Bon.pdf",
    ),
    breaks(
        "no file at all, while it is entered",
        warned(
            vouchers.F20,
            "Für den Verwendungsnachweis fehlt bei Beleg 4 noch: Rechnung, Zahlungsnachweis.",
        ),
        vouchers.has_both_files,
        4,
        has_invoice=False,
        has_payment_proof=False,
        stage=Stage.ENTRY,
    ),
    breaks(
        "no proof of payment in the proof of use",
        blocked(
            vouchers.F20, "Für den Verwendungsnachweis fehlt bei Beleg 4 noch: Zahlungsnachweis."
        ),
        vouchers.has_both_files,
        4,
        has_invoice=True,
        has_payment_proof=False,
        stage=Stage.PROOF,
    ),
    keeps("a transfer", vouchers.cash_has_note, 5, is_cash=False, note=""),
    keeps("cash with a note", vouchers.cash_has_note, 5, is_cash=True, note="Parkautomat"),
    breaks(
        "cash without a word",
        warned(vouchers.F25, "Beleg 5 ist bar bezahlt, ein Vermerk dazu fehlt."),
        vouchers.cash_has_note,
        5,
        is_cash=True,
        note=" ",
    ),
    keeps("paid today", vouchers.paid_already, WINDOW.today, WINDOW),
    breaks(
        "paid tomorrow",
        blocked(vouchers.H01, "Der Zahlungstag 16.07.2017 liegt in der Zukunft.", field="paid_on"),
        vouchers.paid_already,
        date(2017, 7, 16),
        WINDOW,
    ),
    keeps("paid at once", vouchers.paid_after_invoice, LEAP_DAY, LEAP_DAY),
    breaks(
        "paid before the invoice",
        warned(
            vouchers.H02,
            "Die Zahlung (28.02.2016) liegt vor dem Rechnungsdatum (29.02.2016).",
            field="paid_on",
        ),
        vouchers.paid_after_invoice,
        LEAP_DAY,
        date(2016, 2, 28),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_rule_of_one_voucher_answers_with_exactly_this(case):
    assert case.ask() == case.expected
