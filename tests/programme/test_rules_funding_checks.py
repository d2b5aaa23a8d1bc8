"""F28, F31, F32, F33, F34: checks, publicity, keeping."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programme.rules.funding import checks
from programme.rules.funding.checks import (
    FundingFile,
    ListedAction,
    PublicOutput,
    Signatures,
    SiteCheck,
)
from programme.rules.funding.finding import Stage
from tests.programme.rule_cases import blocked, breaks, keeps, told, warned

SUBMITTED = date(2016, 2, 29)
LAST_DAY = date(2021, 2, 28)
ACTION = ListedAction("Ministerium", "Serviceorientierung", Decimal(0), SUBMITTED)
CHECK = SiteCheck(SUBMITTED, "BAMF", "ohne Beanstandung", True, LAST_DAY)

CASES = (
    keeps("two people", checks.four_eyes, Signatures(3, 1, 2), stage=Stage.PROOF),
    breaks(
        "the same person decides",
        blocked(checks.F28, "Beleg 3 haben Sie selbst erfasst."),
        checks.four_eyes,
        Signatures(3, 1, 1),
        stage=Stage.ENTRY,
    ),
    breaks(
        "the same person twice in the proof",
        blocked(checks.F28, "Beleg 3 ist zweimal von derselben Person gezeichnet."),
        checks.four_eyes,
        Signatures(3, 1, 1),
        stage=Stage.PROOF,
    ),
    breaks(
        "one signature",
        blocked(checks.F28, "Bei Beleg 3 fehlt die Zeichnung „rechnerisch richtig“."),
        checks.four_eyes,
        Signatures(3, 1, None),
        stage=Stage.PROOF,
    ),
    breaks(
        "no signature",
        blocked(
            checks.F28,
            "Bei Beleg 3 fehlt die Zeichnung „sachlich richtig“ und „rechnerisch richtig“.",
        ),
        checks.four_eyes,
        Signatures(3, None, None),
        stage=Stage.PROOF,
    ),
    keeps(
        "all three are shown",
        checks.shows_funding,
        PublicOutput("Einladung", has_emblem=True, names_fund=True, has_statement=True),
    ),
    breaks(
        "only the emblem",
        blocked(checks.F31, "Auf „Einladung“ fehlt: Name des Fonds, Förderhinweis."),
        checks.shows_funding,
        PublicOutput("Einladung", has_emblem=True, names_fund=False, has_statement=False),
    ),
    breaks(
        "a paper that lost its emblem",
        blocked(checks.F31, "Auf „Bescheinigung“ fehlt: Emblem der Europäischen Union."),
        checks.shows_funding,
        PublicOutput("Bescheinigung", has_emblem=False, names_fund=True, has_statement=True),
    ),
    keeps("a row with an amount of nought", checks.action_listed, ACTION),
    breaks(
        "an empty row",
        told(
            checks.F32,
            "In der Liste der Vorhaben fehlt: Begünstigte Stelle, Name des Projekts, Betrag der "
            "EU, Datum.",
        ),
        checks.action_listed,
        ListedAction("", " ", None, None),
    ),
    keeps(
        "the day after five years from a leap day",
        checks.may_be_deleted,
        FundingFile(SUBMITTED, is_offered_to_archive=True),
        years=5,
        today=date(2021, 3, 1),
    ),
    breaks(
        "the last day",
        blocked(checks.F33, "Die Unterlagen sind bis 28.02.2021 aufzubewahren."),
        checks.may_be_deleted,
        FundingFile(SUBMITTED, is_offered_to_archive=True),
        years=5,
        today=LAST_DAY,
    ),
    breaks(
        "nobody asked the archive",
        blocked(checks.F33, "Die Akte ist dem Landesarchiv noch nicht angeboten."),
        checks.may_be_deleted,
        FundingFile(SUBMITTED, is_offered_to_archive=False),
        years=5,
        today=date(2021, 3, 1),
    ),
    breaks(
        "the archive has not decided",
        blocked(
            checks.F33,
            "Das Landesarchiv hat über die angebotene Akte noch nicht entschieden.",
            mend="Bitte tragen Sie die Entscheidung ein, sobald sie vorliegt.",
        ),
        checks.may_be_deleted,
        FundingFile(SUBMITTED, is_offered_to_archive=True, is_archive_decided=False),
        years=5,
        today=date(2021, 3, 1),
    ),
    breaks(
        "nobody knows how long",
        blocked(
            checks.F33,
            "Wie lange die Unterlagen aufzubewahren sind, ist nicht eingetragen.",
            mend="Bitte lassen Sie die Regelgröße „Aufbewahrung der Belege“ eintragen.",
        ),
        checks.may_be_deleted,
        FundingFile(SUBMITTED, is_offered_to_archive=True),
        years=None,
        today=date(2021, 3, 1),
    ),
    breaks(
        "the proof is not submitted",
        blocked(checks.F33, "Der Abschlussverwendungsnachweis ist noch nicht eingereicht."),
        checks.may_be_deleted,
        FundingFile(None, is_offered_to_archive=True),
        years=5,
        today=date(2030, 1, 1),
    ),
    keeps("all is written down", checks.site_check_documented, CHECK),
    breaks(
        "a day and nothing else",
        warned(
            checks.F34,
            "Zur Prüfung vom 29.02.2016 fehlt: prüfende Stelle, Ergebnis, Bericht, Termin der "
            "Nachverfolgung.",
        ),
        checks.site_check_documented,
        SiteCheck(SUBMITTED, "", " ", has_report=False, follow_up_on=None),
    ),
    breaks(
        "no day",
        warned(checks.F34, "Zur Prüfung fehlt: Datum."),
        checks.site_check_documented,
        replace(CHECK, checked_on=None),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_rule_of_checks_answers_with_exactly_this(case):
    assert case.ask() == case.expected
