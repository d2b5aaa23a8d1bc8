"""Rules of checks, publicity and keeping: F28, F31, F32, F33, F34."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import ParameterKey
from programme.rules.funding.deadlines import plus_months
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text, missing_of

MONTHS_A_YEAR = 12

F28 = Rule(
    "F28",
    title="Vier Augen",
    tests="„Sachlich richtig“ und „rechnerisch richtig“ sind von zwei verschiedenen Personen "
    "gezeichnet.",
    why="Die zweite Prüfung muss eine andere Person vornehmen.",
    mend="Bitte wenden Sie sich an eine Kollegin oder einen Kollegen im Bereich Finanzen.",
    severities=((Stage.ENTRY, Severity.BLOCK), (Stage.PROOF, Severity.BLOCK)),
    basis="Kassenvorschriften zur LHO",
)
F31 = Rule(
    "F31",
    title="Förderhinweis auf allem, was öffentlich ist",
    tests="Jede öffentliche Seite, Einladung, Bescheinigung und Publikation trägt Emblem, Namen "
    "des Fonds und Hinweis.",
    why="Wer EU-Mittel erhält, muss sie sichtbar machen.",
    mend="Bitte ergänzen Sie den Förderhinweis vor der Veröffentlichung.",
    severities=((Stage.PUBLISH, Severity.BLOCK),),
    basis="Delegierte Verordnung (EU) Nr. 1048/2014, Durchführungsverordnung (EU) Nr. 1049/2014; "
    "Wortlaut am Bescheid zu prüfen",
)
F32 = Rule(
    "F32",
    title="Liste der Vorhaben",
    tests="Die öffentliche Liste der Vorhaben nennt Begünstigte, Projekt, EU-Betrag und Datum.",
    why="Die EU verlangt, dass alle Empfänger öffentlich genannt werden.",
    mend="Bitte ergänzen Sie die Angabe in der Liste.",
    severities=((Stage.PUBLISH, Severity.INFO),),
    basis="Art. 53 Abs. 2 Verordnung (EU) Nr. 514/2014",
    is_sourced=True,
)
F33 = Rule(
    "F33",
    title="Aufbewahrung der Förderakte",
    tests="Förderunterlagen werden erst gelöscht, wenn die Aufbewahrung abgelaufen und die Akte "
    "dem Archiv angeboten ist.",
    why="Prüfungen sind bis zum Ende der Aufbewahrung möglich.",
    mend="Bitte warten Sie das Ende der Frist ab und bieten Sie die Akte dem Landesarchiv an.",
    severities=((Stage.DELETION, Severity.BLOCK),),
    basis="Aufbewahrung nach ANBest-P; Hessisches Archivgesetz; EU-Frist am Bescheid zu prüfen",
    parameters=(ParameterKey.RETENTION_YEARS,),
)
F34 = Rule(
    "F34",
    title="Prüfung vor Ort dokumentiert",
    tests="Jede Prüfung vor Ort hat Datum, prüfende Stelle, Ergebnis, Bericht und Termin der "
    "Nachverfolgung.",
    why="Ergebnisse von Prüfungen müssen verfolgt werden.",
    mend="Bitte ergänzen Sie die fehlenden Angaben zur Prüfung.",
    severities=((Stage.PROOF, Severity.WARN),),
    basis="Art. 27 Abs. 3 Verordnung (EU) Nr. 514/2014",
    is_sourced=True,
)


@dataclass(frozen=True)
class Signatures:
    """Who signed a voucher or what `name` says, by the number of their account; None: nobody."""

    number: int
    factual_by: int | None
    arithmetic_by: int | None
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or f"Beleg {self.number}"


@dataclass(frozen=True)
class PublicOutput:
    """Something the public gets to see and what it shows of the funding."""

    title: str
    has_emblem: bool
    names_fund: bool
    has_statement: bool


@dataclass(frozen=True)
class ListedAction:
    """A row of the public list of actions; the amount of the EU in EUR."""

    beneficiary: str
    project: str
    eu_eur: Decimal | None
    listed_on: date | None


@dataclass(frozen=True)
class FundingFile:
    """What decides whether records of the funding may be deleted."""

    final_proof_submitted_on: date | None
    is_offered_to_archive: bool
    is_archive_decided: bool = True


@dataclass(frozen=True)
class SiteCheck:
    """An on-the-spot check as it is documented."""

    checked_on: date | None
    checker: str
    findings: str
    has_report: bool
    follow_up_on: date | None


def four_eyes(signed: Signatures, *, stage: Stage) -> Finding | None:
    """F28: "sachlich richtig" and "rechnerisch richtig" come from two different people.

    While a voucher is decided, the second signature is the one about to be given.
    """
    if signed.factual_by is not None and signed.factual_by == signed.arithmetic_by:
        if stage is Stage.ENTRY:
            return F28.broken(f"{signed.title} haben Sie selbst erfasst.", stage=stage)
        return F28.broken(
            f"{signed.title} ist zweimal von derselben Person gezeichnet.", stage=stage
        )
    signatures = (
        ("sachlich richtig", signed.factual_by),
        ("rechnerisch richtig", signed.arithmetic_by),
    )
    missing = [f"„{word}“" for word, person in signatures if person is None]
    if not missing:
        return None
    return F28.broken(
        f"Bei {signed.title} fehlt die Zeichnung {' und '.join(missing)}.", stage=stage
    )


def shows_funding(output: PublicOutput) -> Finding | None:
    """F31: something public carries the emblem, the name of the fund and the statement."""
    missing = missing_of(
        ("Emblem der Europäischen Union", output.has_emblem),
        ("Name des Fonds", output.names_fund),
        ("Förderhinweis", output.has_statement),
    )
    return F31.broken(f"Auf „{output.title}“ fehlt: {missing}.") if missing else None


def action_listed(action: ListedAction) -> Finding | None:
    """F32: the list of actions names beneficiary, project, EU amount and date."""
    missing = missing_of(
        ("Begünstigte Stelle", action.beneficiary),
        ("Name des Projekts", action.project),
        ("Betrag der EU", action.eu_eur),
        ("Datum", action.listed_on),
    )
    return F32.broken(f"In der Liste der Vorhaben fehlt: {missing}.") if missing else None


def kept_until(final_proof_submitted_on: date, *, years: int) -> date:
    """Return the last day the records of the funding are kept."""
    return plus_months(final_proof_submitted_on, years * MONTHS_A_YEAR)


def may_be_deleted(file: FundingFile, *, years: int | None, today: date) -> Finding | None:
    """F33: the retention is over and the archive has decided; `years` is the longest one."""
    if file.final_proof_submitted_on is None:
        return F33.broken("Der Abschlussverwendungsnachweis ist noch nicht eingereicht.")
    if years is None:
        return F33.broken(
            "Wie lange die Unterlagen aufzubewahren sind, ist nicht eingetragen.",
            mend="Bitte lassen Sie die Regelgröße „Aufbewahrung der Belege“ eintragen.",
        )
    last_day = kept_until(file.final_proof_submitted_on, years=years)
    if today <= last_day:
        return F33.broken(f"Die Unterlagen sind bis {day_text(last_day)} aufzubewahren.")
    if not file.is_offered_to_archive:
        return F33.broken("Die Akte ist dem Landesarchiv noch nicht angeboten.")
    if not file.is_archive_decided:
        return F33.broken(
            "Das Landesarchiv hat über die angebotene Akte noch nicht entschieden.",
            mend="Bitte tragen Sie die Entscheidung ein, sobald sie vorliegt.",
        )
    return None


def site_check_documented(check: SiteCheck) -> Finding | None:
    """F34: date, checker, findings, report and a day to follow up."""
    missing = missing_of(
        ("Datum", check.checked_on),
        ("prüfende Stelle", check.checker),
        ("Ergebnis", check.findings),
        ("Bericht", check.has_report),
        ("Termin der Nachverfolgung", check.follow_up_on),
    )
    if not missing:
        return None
    named = f"Prüfung vom {day_text(check.checked_on)}" if check.checked_on else "Prüfung"
    return F34.broken(f"Zur {named} fehlt: {missing}.")
