"""Rules of one voucher: F05, F06, F17, F18, F20, F25, and the house rules H01 and H02."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text, missing_of
from programme.rules.money import written

F05 = Rule(
    "F05",
    title="Ausgabe in der Laufzeit",
    tests="Rechnungsdatum und Leistungszeitraum liegen in der Laufzeit des Programms.",
    why="Gefördert wird nur, was in der Laufzeit entstanden ist.",
    mend="Bitte prüfen Sie das Datum auf der Rechnung.",
    severities=((Stage.ENTRY, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="Zuwendungsbescheid, Bewilligungszeitraum",
)
F06 = Rule(
    "F06",
    title="Bezahlt vor dem Abschlussnachweis",
    tests="Die Zahlung liegt nicht nach der Vorlage des Abschlussverwendungsnachweises.",
    why="Im Nachweis stehen nur geleistete Zahlungen.",
    mend="Bitte prüfen Sie den Zahlungstag oder nehmen Sie den Beleg aus dem Nachweis.",
    severities=((Stage.PROOF, Severity.WARN),),
    basis="Praxis der Nachweisprüfung",
)
F17 = Rule(
    "F17",
    title="Beleg vollständig",
    tests="Datum, Zahlungsempfänger, Grund, Betrag und Einzelansatz sind angegeben.",
    why="Die Belegliste muss vollständig sein.",
    mend="Bitte tragen Sie die Angabe nach.",
    severities=((Stage.ENTRY, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="ANBest-P, Belegliste",
    is_sourced=True,
)
F18 = Rule(
    "F18",
    title="Kein Beleg doppelt",
    tests="Kein anderer Beleg hat denselben Zahlungsempfänger mit derselben Rechnungsnummer oder "
    "mit Datum und Betrag; keine Datei liegt bei zwei Belegen.",
    why="Dieselbe Zahlung darf nur einmal abgerechnet werden.",
    mend="Bitte vergleichen Sie beide Belege.",
    severities=((Stage.ENTRY, Severity.WARN), (Stage.PROOF, Severity.WARN)),
    basis="Verbot der Doppelförderung",
)
F20 = Rule(
    "F20",
    title="Rechnung und Zahlungsnachweis liegen bei",
    tests="Zu jedem Beleg gibt es eine Rechnung und einen Zahlungsnachweis als Datei.",
    why="Die Prüfung verfolgt jede Zahlung bis zur Rechnung und zum Konto.",
    mend="Bitte laden Sie die fehlende Datei hoch, bevor der Verwendungsnachweis eingereicht wird.",
    severities=((Stage.ENTRY, Severity.WARN), (Stage.PROOF, Severity.BLOCK)),
    basis="Art. 3 Durchführungsverordnung (EU) 2015/840",
    is_sourced=True,
)
F25 = Rule(
    "F25",
    title="Barzahlung begründet",
    tests="Eine Barzahlung hat einen Vermerk, warum nicht überwiesen wurde.",
    why="Bei Bargeld fehlt der Kontoauszug als Nachweis.",
    mend="Bitte ergänzen Sie den Vermerk.",
    severities=((Stage.ENTRY, Severity.WARN), (Stage.PROOF, Severity.WARN)),
    basis="Hinweise des BAMF zu den Förderbestimmungen, Kapitel Barzahlung",
    is_sourced=True,
)
H01 = Rule(
    "H01",
    title="Nur geleistete Zahlungen",
    tests="Der Zahlungstag liegt nicht in der Zukunft.",
    why="Ein Beleg weist eine geleistete Zahlung nach.",
    mend="Bitte erfassen Sie den Beleg, sobald die Zahlung ausgeführt ist.",
    severities=((Stage.ENTRY, Severity.BLOCK),),
    basis="Regel des Portals",
)
H02 = Rule(
    "H02",
    title="Zahlung nach der Rechnung",
    tests="Die Zahlung liegt nicht vor dem Rechnungsdatum.",
    why="Das kommt nur bei Vorauszahlungen vor.",
    mend="Bitte prüfen Sie beide Daten.",
    severities=((Stage.ENTRY, Severity.WARN),),
    basis="Regel des Portals",
)


@dataclass(frozen=True)
class Window:
    """The run time in which costs may arise, and the day of entry."""

    starts_on: date
    ends_on: date
    today: date

    @property
    def text(self) -> str:
        return f"{day_text(self.starts_on)} bis {day_text(self.ends_on)}"


@dataclass(frozen=True)
class Payment:
    """What a row of the list of vouchers says; None or an empty text is missing."""

    payee: str
    invoice_number: str
    reason: str
    line: str
    invoiced_on: date | None
    paid_on: date | None
    gross_eur: Decimal | None


@dataclass(frozen=True)
class KnownVoucher:
    """A voucher that is there already, as the duplicate guard compares it."""

    number: int
    payee: str
    invoice_number: str
    invoiced_on: date
    gross_eur: Decimal


def complete(payment: Payment) -> Finding | None:
    """F17: date, payee, reason, amount and plan line are all there."""
    for field, problem in (
        ("payee", "Der Zahlungsempfänger fehlt."),
        ("invoice_number", "Die Rechnungsnummer fehlt."),
        ("reason", "Der Grund der Zahlung fehlt."),
        ("line", "Der Einzelansatz fehlt."),
        ("invoiced_on", "Das Rechnungsdatum fehlt."),
        ("paid_on", "Der Zahlungstag fehlt."),
        ("gross_eur", "Der Betrag fehlt."),
    ):
        if missing_of((field, getattr(payment, field))):
            return F17.broken(problem, field=field)
    return None


def inside_run_time(invoiced_on: date, window: Window) -> Finding | None:
    """F05: the invoice date lies inside the run time of the programme."""
    if window.starts_on <= invoiced_on <= window.ends_on:
        return None
    return F05.broken(
        f"Das Rechnungsdatum {day_text(invoiced_on)} liegt außerhalb der Laufzeit ({window.text}).",
        field="invoiced_on",
    )


def served_inside_run_time(served_from: date, served_to: date, window: Window) -> Finding | None:
    """F05: the whole service period lies inside the run time of the programme."""
    if window.starts_on <= served_from and served_to <= window.ends_on:
        return None
    return F05.broken(
        f"Der Leistungszeitraum {day_text(served_from)} bis {day_text(served_to)} liegt nicht ganz "
        f"in der Laufzeit ({window.text}).",
        field="serviced_from",
        mend="Bitte rechnen Sie nur den Teil ab, der in die Laufzeit fällt.",
    )


def paid_before_submission(number: int, paid_on: date, *, submitted_on: date) -> Finding | None:
    """F06: a voucher was paid by the day the final proof is submitted."""
    if paid_on <= submitted_on:
        return None
    return F06.broken(
        f"Beleg {number} ist am {day_text(paid_on)} bezahlt, der Nachweis aber vom "
        f"{day_text(submitted_on)}.",
        field="paid_on",
    )


def not_a_duplicate(payment: Payment, others: Iterable[KnownVoucher]) -> Finding | None:
    """F18: no other voucher has the same payee and invoice number, or payee, date and amount."""
    payee, number = comparable(payment.payee), comparable(payment.invoice_number)
    for other in others:
        if comparable(other.payee) != payee:
            continue
        dated = (other.invoiced_on, other.gross_eur) == (payment.invoiced_on, payment.gross_eur)
        if dated or comparable(other.invoice_number) == number:
            return F18.broken(
                f"Beleg {other.number} sieht gleich aus: {other.payee}, Rechnung "
                f"{other.invoice_number} vom {day_text(other.invoiced_on)} über "
                f"{written(other.gross_eur)}.",
                mend=f"Bitte vergleichen Sie mit Beleg {other.number}.",
            )
    return None


def file_not_used(earlier: Sequence[tuple[int, str]]) -> Finding | None:
    """F18: none of the files lies at another voucher; `earlier` lists its number and file name."""
    if not earlier:
        return None
    number, name = earlier[0]
    return F18.broken(
        f"Die Datei „{name}“ liegt schon bei Beleg {number}.",
        mend="Bitte prüfen Sie, ob Sie die richtige Datei gewählt haben.",
    )


def has_both_files(
    number: int, *, has_invoice: bool, has_payment_proof: bool, stage: Stage
) -> Finding | None:
    """F20: a voucher has an invoice and a proof of payment; a warning until the proof of use."""
    missing = missing_of(("Rechnung", has_invoice), ("Zahlungsnachweis", has_payment_proof))
    if not missing:
        return None
    return F20.broken(
        f"Für den Verwendungsnachweis fehlt bei Beleg {number} noch: {missing}.",
        stage=stage,
    )


def not_taken_for_both(name: str) -> Finding | None:
    """F20: a file chosen as invoice and as proof of payment may be a slip; "" is no such file."""
    if not name:
        return None
    return F20.broken(
        f"Die Datei „{name}“ ist als Rechnung und als Zahlungsnachweis gewählt.",
        mend="Ist sie beides, etwa eine Quittung, bestätigen Sie das bitte.",
        stage=Stage.ENTRY,
    )


def cash_has_note(number: int, *, is_cash: bool, note: str) -> Finding | None:
    """F25: a cash payment says why it was made in cash."""
    if not is_cash or note.strip():
        return None
    return F25.broken(f"Beleg {number} ist bar bezahlt, ein Vermerk dazu fehlt.")


def paid_already(paid_on: date, window: Window) -> Finding | None:
    """H01, a rule of the house: a payment that is still to come is no voucher yet."""
    if paid_on <= window.today:
        return None
    return H01.broken(f"Der Zahlungstag {day_text(paid_on)} liegt in der Zukunft.", field="paid_on")


def paid_after_invoice(invoiced_on: date, paid_on: date) -> Finding | None:
    """H02, a rule of the house: a payment before its invoice is possible but unusual."""
    if paid_on >= invoiced_on:
        return None
    return H02.broken(
        f"Die Zahlung ({day_text(paid_on)}) liegt vor dem Rechnungsdatum "
        f"({day_text(invoiced_on)}).",
        field="paid_on",
    )


def comparable(text: str) -> str:
    """Return a name or number without spaces and capitals, as the duplicate guard compares it."""
    return "".join(text.split()).casefold()
