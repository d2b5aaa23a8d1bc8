"""The shared catalogue of indicators."""

from typing import NamedTuple

from django.db import transaction

from sites.enums import Better, IndicatorKind
from sites.models import Indicator

NUMBER, PERCENT = IndicatorKind.NUMBER, IndicatorKind.PERCENT
RATIO, SCALE = IndicatorKind.RATIO, IndicatorKind.SCALE
LOWER, HIGHER, NEUTRAL = Better.LOWER, Better.HIGHER, Better.NEUTRAL


class Defined(NamedTuple):
    key: str
    name: str
    unit: str
    kind: str
    better: str
    definition: str
    counts_cases: bool = True


CATALOGUE = (
    Defined("foreign_population", "Ausländische Bevölkerung", "Personen", NUMBER, NEUTRAL,
            "Ausländische Einwohnerinnen und Einwohner im Zuständigkeitsbereich am Stichtag."),
    Defined("staff_fte", "Personal der Ausländerbehörde", "Stellen", NUMBER, NEUTRAL,
            "Besetzte Stellen in Vollzeitäquivalenten am Stichtag."),
    Defined("visitors_per_day", "Vorsprachen je Tag", "Personen", NUMBER, NEUTRAL,
            "Vorsprachen im Durchschnitt aller Öffnungstage des Zeitraums."),
    Defined("cases_per_fte", "Fälle je Stelle", "Fälle je Stelle", RATIO, LOWER,
            "Laufende Fälle am Stichtag geteilt durch besetzte Stellen.", counts_cases=False),
    Defined("waiting_time_min", "Wartezeit vor Ort", "Minuten", NUMBER, LOWER,
            "Median der Zeit vom Eintreffen bis zum Aufruf.", counts_cases=False),
    Defined("appointment_lead_days", "Vorlauf bis zum Termin", "Tage", NUMBER, LOWER,
            "Kalendertage bis zum nächsten freien regulären Termin.", counts_cases=False),
    Defined("processing_days", "Bearbeitungszeit", "Tage", NUMBER, LOWER,
            "Median vom vollständigen Antrag auf Verlängerung eines Aufenthaltstitels bis zur "
            "Entscheidung.", counts_cases=False),
    Defined("phone_answer_rate", "Erreichbarkeit am Telefon", "%", PERCENT, HIGHER,
            "Angenommene Anrufe von allen Anrufen in der Sprechzeit."),
    Defined("no_show_rate", "Nicht wahrgenommene Termine", "%", PERCENT, LOWER,
            "Termine, zu denen ohne Absage niemand erschien, von allen vergebenen Terminen."),
    Defined("backlog_cases", "Rückstand", "Fälle", NUMBER, LOWER,
            "Anträge, die am Stichtag länger als drei Monate offen sind."),
    Defined("complaints", "Beschwerden", "Beschwerden", NUMBER, LOWER,
            "Schriftlich oder mündlich vorgebrachte Beschwerden im Zeitraum."),
    Defined("staff_trained", "Geschulte Mitarbeitende", "Personen", NUMBER, HIGHER,
            "Mitarbeitende, die im Zeitraum mindestens eine Schulung abgeschlossen haben."),
    Defined("training_hours", "Schulungsstunden", "Stunden", NUMBER, HIGHER,
            "Summe der Schulungsstunden aller Mitarbeitenden im Zeitraum.", counts_cases=False),
    Defined("languages_offered", "Mehrsprachige Informationen", "Sprachen", NUMBER, HIGHER,
            "Sprachen, in denen Formulare oder Internetseiten vorliegen.", counts_cases=False),
    Defined("referrals", "Verweise an Integrationsangebote", "Verweise", NUMBER, HIGHER,
            "Verweise an Beratung, Kurse oder andere Integrationsangebote im Zeitraum."),
    Defined("course_entitlements", "Berechtigungen zum Integrationskurs", "Bescheinigungen",
            NUMBER, NEUTRAL, "Im Zeitraum ausgestellte Teilnahmeberechtigungen."),
    Defined("course_obligations", "Verpflichtungen zum Integrationskurs", "Bescheide", NUMBER,
            NEUTRAL, "Im Zeitraum ausgesprochene Verpflichtungen nach § 44a AufenthG."),
    Defined("satisfaction_customer", "Zufriedenheit der Vorsprechenden", "von 5", SCALE, HIGHER,
            "Mittelwert der Antworten von 1 (sehr unzufrieden) bis 5 (sehr zufrieden).",
            counts_cases=False),
    Defined("satisfaction_staff", "Zufriedenheit der Mitarbeitenden", "von 5", SCALE, HIGHER,
            "Mittelwert der Antworten von 1 (sehr unzufrieden) bis 5 (sehr zufrieden).",
            counts_cases=False),
)  # fmt: skip


@transaction.atomic
def load() -> None:
    """Add the indicators of the catalogue that are missing; a known one is left alone."""
    known = set(Indicator.objects.values_list("key", flat=True))
    Indicator.objects.bulk_create(
        Indicator(position=position, **row._asdict())
        for position, row in enumerate(CATALOGUE, start=1)
        if row.key not in known
    )
