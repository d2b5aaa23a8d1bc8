"""Master data: every number of the funding rules F01-F36, by source, with its legal basis."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from programme.enums import ParameterKey, SourceKey


class Number(NamedTuple):
    """One number of the rules; `is_confirmed` only where a public source states it."""

    source: SourceKey
    key: ParameterKey
    value: Decimal
    unit: str
    basis: str
    is_confirmed: bool = False
    valid_from: date = date(2015, 10, 1)
    valid_to: date | None = None


SHARE, MONTHS, DAYS, EUR, YEARS = "Anteil", "Monate", "Tage", "EUR", "Jahre"
YES_NO = "1 = ja, 0 = nein"
BAMF = "Berichtspflichten des BAMF für AMIF-Projekte 2014–2020"
ANBEST = "ANBest-P zu § 44 LHO"

NUMBERS = (
    Number(
        SourceKey.AMIF,
        ParameterKey.MAX_EU_RATE,
        Decimal("0.75"),
        SHARE,
        "Art. 16 Verordnung (EU) Nr. 514/2014",
        is_confirmed=True,
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.ABSOLUTE_MAX_EU_RATE,
        Decimal("0.90"),
        SHARE,
        "Art. 16 Verordnung (EU) Nr. 514/2014, begründete Ausnahmefälle",
        is_confirmed=True,
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.LINE_TOLERANCE,
        Decimal("0.20"),
        SHARE,
        "ANBest-P Nr. 1.2; am Zuwendungsbescheid zu prüfen",
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.ADVANCE_CAP,
        Decimal("0.80"),
        SHARE,
        BAMF,
        is_confirmed=True,
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.ADVANCE_WARNING,
        Decimal("0.70"),
        SHARE,
        "Vorgabe des Portals, damit vor der Obergrenze gewarnt wird",
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.DRAWDOWN_INTERVAL_MONTHS,
        Decimal(6),
        MONTHS,
        BAMF,
        is_confirmed=True,
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.INTERIM_PROOF_MONTHS,
        Decimal(1),
        MONTHS,
        f"{BAMF}; ab dem Mittelabruf",
        is_confirmed=True,
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.FINAL_PROOF_MONTHS,
        Decimal(2),
        MONTHS,
        f"{BAMF}; ab Projektende",
        is_confirmed=True,
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.USE_BY_DAYS,
        Decimal(183),
        DAYS,
        "halbjährlicher, bedarfsgerechter Abruf; am Zuwendungsbescheid zu prüfen",
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.VAT_DEDUCTIBLE,
        Decimal(0),
        YES_NO,
        "Art. 19 Verordnung (EU) Nr. 514/2014; das Ministerium ist nicht vorsteuerabzugsberechtigt",
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.INDIRECT_RATE,
        Decimal("0.15"),
        SHARE,
        "Art. 18 Verordnung (EU) Nr. 514/2014; von den direkten Personalausgaben",
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.PROCUREMENT_THRESHOLD_EUR,
        Decimal(100000),
        EUR,
        "ANBest-P Nr. 3; am Zuwendungsbescheid zu prüfen",
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.INVENTORY_LIMIT_EUR,
        Decimal(410),
        EUR,
        "ANBest-P Nr. 4, netto",
        valid_to=date(2018, 12, 31),
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.INVENTORY_LIMIT_EUR,
        Decimal(800),
        EUR,
        "ANBest-P Nr. 4, netto",
        valid_from=date(2019, 1, 1),
    ),
    Number(
        SourceKey.AMIF,
        ParameterKey.RETENTION_YEARS,
        Decimal(5),
        YEARS,
        "ab Vorlage des Abschlussverwendungsnachweises; EU-Frist am Bescheid zu prüfen",
    ),
    Number(
        SourceKey.LAND, ParameterKey.LINE_TOLERANCE, Decimal("0.20"), SHARE, f"{ANBEST}, Nr. 1.2"
    ),
    Number(
        SourceKey.LAND,
        ParameterKey.INTERIM_PROOF_MONTHS,
        Decimal(4),
        MONTHS,
        f"{ANBEST}; nach Ablauf des Haushaltsjahres",
    ),
    Number(
        SourceKey.LAND,
        ParameterKey.FINAL_PROOF_MONTHS,
        Decimal(6),
        MONTHS,
        f"{ANBEST}, Nr. 6.1; ab Ende des Bewilligungszeitraums",
    ),
    Number(
        SourceKey.LAND,
        ParameterKey.USE_BY_DAYS,
        Decimal(60),
        DAYS,
        f"{ANBEST}, Nr. 1.4; am Zuwendungsbescheid zu prüfen",
    ),
    Number(
        SourceKey.LAND,
        ParameterKey.PROCUREMENT_THRESHOLD_EUR,
        Decimal(100000),
        EUR,
        f"{ANBEST}, Nr. 3; am Zuwendungsbescheid zu prüfen",
    ),
    Number(
        SourceKey.LAND,
        ParameterKey.INVENTORY_LIMIT_EUR,
        Decimal(410),
        EUR,
        f"{ANBEST}, Nr. 4, netto; am Zuwendungsbescheid zu prüfen",
    ),
    Number(
        SourceKey.LAND,
        ParameterKey.RETENTION_YEARS,
        Decimal(5),
        YEARS,
        f"{ANBEST}; ab Vorlage des Verwendungsnachweises",
    ),
)
