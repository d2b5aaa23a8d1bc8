"""The documented meetings of the programme; what is not documented is left out."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from network.enums import MeetingKind, MeetingStatus

HESSEN = ZoneInfo("Europe/Berlin")

DOCUMENTED_MEETINGS: tuple[dict[str, Any], ...] = (
    {
        "slug": "1-landesnetzwerktreffen",
        "kind": MeetingKind.NETWORK_MEETING,
        "title": "1. Landesnetzwerktreffen",
        "date_label": "2016, vor September",
        "listed_on": date(2016, 8, 31),
        "source_note": "Aus der Zählung der Treffen erschlossen; Tag und Ort sind nicht belegt.",
    },
    {
        "slug": "2-landesnetzwerktreffen",
        "kind": MeetingKind.NETWORK_MEETING,
        "title": "2. Landesnetzwerktreffen",
        "topic": "Wissensmanagement",
        "description": (
            "Beschäftigte hessischer Ausländerbehörden tauschten sich darüber aus, wie Wissen im "
            "Amt bewahrt und weitergegeben wird. Weitere Themen waren die Bearbeitung der Anliegen "
            "von Geflüchteten und der Umgang mit ungeklärter Identität."
        ),
        "starts_at": datetime(2016, 9, 16, 10, 0, tzinfo=HESSEN),
        "venue": "Regierungspräsidium Darmstadt, Ludwig-Bergsträßer-Saal",
        "street": "Luisenplatz 2",
        "postcode": "64283",
        "city": "Darmstadt",
        "host": "darmstadt",
        "source_note": "melibokus-rundblick.de, 15. September 2016",
    },
    {
        "slug": "abschlussveranstaltung",
        "kind": MeetingKind.CLOSING_EVENT,
        "title": "Abschlussveranstaltung",
        "topic": "Ergebnisse des Programms und Übergabe der Urkunden an die Standorte",
        "date_label": "Juni 2017",
        "listed_on": date(2017, 6, 1),
        "venue": "Räume des Regionalverbands FrankfurtRheinMain",
        "city": "Frankfurt am Main",
        "source_note": "integrationskompass.hessen.de, Mitteilung zur Abschlussveranstaltung",
    },
)

STATUS = MeetingStatus.HELD
