"""Master data: the programme, its sources, fields of action and contact data as documented."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from programme.enums import SourceKey

LEGAL_TEXTS = Path(__file__).resolve().parent.parent / "data" / "legal"
# The day the legal pages were last read against the law; a clock that lags shows its own day.
REVIEWED_ON = date(2026, 11, 22)

SLUG = "serviceorientierung"

PROGRAMME: dict[str, object] = {
    "title": "Stärkung der Serviceorientierung hessischer Ausländerbehörden",
    "short_title": "Serviceorientierung hessischer Ausländerbehörden",
    "aliases": [
        "Stärkung der Handlungsfähigkeit hessischer Ausländerbehörden",
        "Stärkung der Ausländerbehörden in Hessen",
    ],
    "summary": (
        "Von Oktober 2015 bis Juni 2017 wurden sechs hessische Ausländerbehörden dabei begleitet, "
        "serviceorientierter zu arbeiten, ohne ihre ordnungspolitischen Aufgaben zu "
        "vernachlässigen. In Landesnetzwerktreffen lernten alle anderen Ausländerbehörden, die "
        "Regierungspräsidien, die kommunalen Spitzenverbände und das Innenministerium daraus. "
        "Das Land Hessen und der Asyl-, Migrations- und Integrationsfonds der Europäischen Union "
        "haben das Programm gefördert."
    ),
    "starts_on": date(2015, 10, 1),
    "ends_on": date(2017, 6, 30),
    "owner_name": "Hessisches Ministerium für Soziales und Integration",
    "responsible_authority": "Bundesamt für Migration und Flüchtlinge, EU-Zuständige Behörde",
    "order_mailbox": "integration@hsm.hessen.de",
    "contact_email": "integration@hsm.hessen.de",
    "funding_notice": (
        "Dieses Projekt wird aus Mitteln des Asyl-, Migrations- und Integrationsfonds kofinanziert."
    ),
    "election_notice": (
        "Diese Veröffentlichung wird im Rahmen der Öffentlichkeitsarbeit der Hessischen "
        "Landesregierung kostenlos herausgegeben. Parteien, Bewerberinnen und Bewerber sowie "
        "Wahlhelfende dürfen sie im Wahlkampf nicht für die Wahlwerbung verwenden. Das gilt für "
        "Europa-, Bundestags-, Landtags- und Kommunalwahlen. Nicht erlaubt ist es insbesondere, "
        "sie auf Wahlveranstaltungen oder an Informationsständen der Parteien zu verteilen und "
        "parteipolitische Informationen oder Werbemittel einzulegen, aufzudrucken oder "
        "aufzukleben. Auch außerhalb von Wahlzeiten darf sie nicht so verwendet werden, dass dies "
        "als Parteinahme der Landesregierung verstanden werden könnte. Die Parteien dürfen sie "
        "zur Unterrichtung ihrer eigenen Mitglieder verwenden."
    ),
}

SOURCES: tuple[dict[str, object], ...] = (
    {
        "key": SourceKey.LAND,
        "position": 1,
        "name": "Land Hessen",
        "granted_eur": Decimal("112000.00"),
        "is_approximate": True,
        "basis": "Integrationskompass Hessen, Projektseite: ca. 112.000 Euro Landesmittel",
    },
    {
        "key": SourceKey.AMIF,
        "position": 2,
        "name": "Asyl-, Migrations- und Integrationsfonds (AMIF)",
        "granted_eur": Decimal("100000.00"),
        "is_approximate": True,
        "basis": "Integrationskompass Hessen, Projektseite: ca. 100.000 Euro AMIF-Mittel",
    },
)

FIELDS_OF_ACTION: tuple[tuple[str, str, str, bool], ...] = (
    (
        "self_image",
        "Selbstverständnis",
        "Leitbild und Handlungsleitlinien: Wofür steht die Behörde, wie werden Spielräume genutzt, "
        "wie transparent sind Entscheidungen?",
        False,
    ),
    (
        "internal_organisation",
        "Binnenorganisation",
        "Abläufe, Terminvergabe, Zuschnitt der Aufgaben und Wissensmanagement innerhalb der "
        "Behörde.",
        False,
    ),
    (
        "public_appearance",
        "Äußeres Erscheinungsbild",
        "Räume, Wegweisung und Wartebereich, Internetauftritt sowie mehrsprachige Formulare und "
        "Informationen.",
        False,
    ),
    (
        "competences",
        "Kompetenzen",
        "Auswahl und Entwicklung der Mitarbeitenden: interkulturelle, sprachliche und rechtliche "
        "Fortbildung, Umgang mit Konflikten.",
        False,
    ),
    (
        "networking",
        "Vernetzung",
        "Zusammenarbeit mit Beratungsstellen, Bildungsträgern, Arbeitsverwaltung und anderen "
        "Partnern vor Ort.",
        False,
    ),
    (
        "balance",
        "Ausgleich ordnungs- und integrationspolitischer Aufgaben",
        "Beide Aufgaben stehen im Gesetz. Das Programm ersetzt keine durch die andere, sondern "
        "sucht Arbeitsweisen, die beiden gerecht werden. Das Thema zieht sich durch alle "
        "Handlungsfelder.",
        True,
    ),
)

LEGAL_NOTICE: dict[str, object] = {
    "publisher_name": "Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales",
    "street": "Sonnenberger Straße 2/2a",
    "postcode": "65193",
    "city": "Wiesbaden",
    "email": "poststelle@hsm.hessen.de",
    "website": "https://soziales.hessen.de/",
    "privacy_officer_email": "datenschutz@hsm.hessen.de",
    "supervisory_authority": (
        "Der Hessische Beauftragte für Datenschutz und Informationsfreiheit\n"
        "Gustav-Stresemann-Ring 1\n65189 Wiesbaden\n"
        "Postanschrift: Postfach 31 63, 65021 Wiesbaden"
    ),
    "enforcement_body": (
        "Durchsetzungs- und Überwachungsstelle Barrierefreie Informationstechnik\n"
        "Landeskompetenzzentrum Barrierefreie IT (LBIT) beim Regierungspräsidium Gießen\n"
        "Internet: https://lbit.hessen.de/"
    ),
}
