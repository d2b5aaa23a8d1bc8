"""What is publicly documented about the sites: the rows the master data is made of.

Only facts with a published source; a weight between public order and integration is not
documented for any of them and therefore stays open.
"""

from dataclasses import dataclass
from datetime import date

CLOSING_RELEASE = "Pressemitteilung zur Abschlussveranstaltung (integrationskompass.hessen.de)"
CLOSING_REPORT = "Bericht über die Abschlussveranstaltung (fr.de, Juni 2017)"
CERTIFICATE_REPORT = "Bericht über die Urkunde für den Kreis Bergstraße (de-fakt.de)"
CALL_RELEASE = "Pressemitteilung zum Start des Programms, November 2015"
CALL_DEADLINE = date(2015, 12, 4)
SELECTION_RELEASE = "Pressemitteilung zur Auswahl der Standorte (integrationskompass.hessen.de)"


@dataclass(frozen=True)
class DocumentedMeasure:
    """A measure somebody reported in public; `is_public` is off where the link is unproven."""

    field: str
    title: str
    description: str
    source: str
    effect: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class DocumentedSite:
    """A site by the key of its public body; names alone would mix up city and district."""

    slug: str
    body_key: str
    name: str
    summary: str
    result: str = ""
    source: str = CLOSING_RELEASE
    is_withdrawn: bool = False
    measures: tuple[DocumentedMeasure, ...] = ()


SITES: tuple[DocumentedSite, ...] = (
    DocumentedSite(
        slug="wiesbaden",
        body_key="06414000",
        name="Wiesbaden",
        summary=(
            "Die Ausländerbehörde der Landeshauptstadt begann mit der Frage nach dem eigenen "
            "Auftrag: Alle Mitarbeitenden waren an einem Leitbildprozess beteiligt."
        ),
        result="Feste Termine traten an die Stelle unangemeldeter Vorsprachen.",
        measures=(
            DocumentedMeasure(
                field="self_image",
                title="Leitbildprozess mit allen Mitarbeitenden",
                description=(
                    "Die Mitarbeitenden haben gemeinsam erarbeitet, wofür die Behörde steht und "
                    "wie sie ihre Aufgaben verstehen will."
                ),
                source=CLOSING_RELEASE,
            ),
            DocumentedMeasure(
                field="internal_organisation",
                title="Zugewiesene Termine statt unangemeldeter Vorsprachen",
                description="Wer vorsprechen will, erhält dafür einen festen Termin.",
                effect=(
                    "Im Dezember 2016 wurden die Anliegen von rund 1.500 Geflüchteten in "
                    "Sonderaktionen bearbeitet."
                ),
                source="Vergleich von Ausländerbehörden (fnp.de, Januar 2017)",
            ),
        ),
    ),
    DocumentedSite(
        slug="giessen",
        body_key="06531005",
        name="Gießen",
        summary=(
            "Die Ausländerbehörde der Stadt Gießen gehört zu den sechs Standorten, die bis zum "
            "Abschluss des Programms begleitet wurden."
        ),
        measures=(
            # The city reports these steps; that they belong to the programme is not proven.
            DocumentedMeasure(
                field="public_appearance",
                title="Neu gestalteter Servicebereich und Warteraum",
                description=(
                    "Der Servicebereich wurde neu geordnet, der Warteraum gemeinsam mit dem "
                    "Ausländerbeirat gestaltet. Dazu kamen eine Servicebroschüre und neue "
                    "Öffnungszeiten."
                ),
                source="Internetauftritt der Stadt Gießen; Zeitpunkt und Bezug nicht belegt",
                is_public=False,
            ),
        ),
    ),
    DocumentedSite(
        slug="offenbach",
        body_key="06413000",
        name="Offenbach am Main",
        summary=(
            "Die Ausländerbehörde der Stadt Offenbach am Main nahm sich vor allem ihren "
            "Internetauftritt vor."
        ),
        measures=(
            DocumentedMeasure(
                field="public_appearance",
                title="Überarbeiteter Internetauftritt",
                description="Die Seiten der Ausländerbehörde im Internet wurden überarbeitet.",
                source=CLOSING_RELEASE,
            ),
        ),
    ),
    DocumentedSite(
        slug="darmstadt",
        body_key="06411000",
        name="Darmstadt",
        summary=(
            "Die Ausländerbehörde der Stadt Darmstadt stärkte die Sachbearbeitung und ihre "
            "Erreichbarkeit am Telefon. Sie war außerdem Gastgeberin des "
            "2. Landesnetzwerktreffens am 16. September 2016."
        ),
        measures=(
            DocumentedMeasure(
                field="internal_organisation",
                title="Mehr Entscheidungsbefugnisse in der Sachbearbeitung",
                description="Die Sachbearbeitung darf mehr Vorgänge selbst entscheiden.",
                source=CLOSING_RELEASE,
            ),
            DocumentedMeasure(
                field="internal_organisation",
                title="Bessere telefonische Erreichbarkeit",
                description="Die Behörde ist telefonisch besser erreichbar.",
                source=CLOSING_RELEASE,
            ),
        ),
    ),
    DocumentedSite(
        slug="main-kinzig-kreis",
        body_key="06435",
        name="Main-Kinzig-Kreis",
        summary=(
            "Die Ausländerbehörde des Main-Kinzig-Kreises half Besucherinnen und Besuchern, sich "
            "im Haus zurechtzufinden, und baute ihren Wartebereich um."
        ),
        source=CLOSING_REPORT,
        measures=(
            DocumentedMeasure(
                field="public_appearance",
                title="Große farbige Ziffern als Wegweiser",
                description="Große farbige Ziffern zeigen, wo die Mitarbeitenden zu finden sind.",
                source=CLOSING_REPORT,
            ),
            DocumentedMeasure(
                field="public_appearance",
                title="Umgebauter Wartebereich",
                description="Der Wartebereich der Behörde wurde umgebaut.",
                source=CLOSING_REPORT,
            ),
            DocumentedMeasure(
                field="public_appearance",
                title="Mehrsprachige Faltblätter",
                description="Faltblätter liegen in mehreren Sprachen vor.",
                source=CLOSING_REPORT,
            ),
        ),
    ),
    DocumentedSite(
        slug="kreis-bergstrasse",
        body_key="06431",
        name="Kreis Bergstraße",
        summary=(
            "Das Ausländer- und Migrationsamt des Kreises Bergstraße in Heppenheim richtete "
            "seine Anlaufstellen neu aus, vom Servicepunkt bis zum mehrsprachigen "
            "Internetauftritt. Zum Abschluss erhielt es eine Urkunde."
        ),
        source=CERTIFICATE_REPORT,
        measures=(
            DocumentedMeasure(
                field="internal_organisation",
                title="Elektronische Terminvergabe im Bereich Asyl",
                description="Termine im Bereich Asyl werden elektronisch vergeben.",
                source=CLOSING_REPORT,
            ),
            DocumentedMeasure(
                field="internal_organisation",
                title="Servicepunkt",
                description="Im Amt wurde ein Servicepunkt eingerichtet.",
                source=CERTIFICATE_REPORT,
            ),
            DocumentedMeasure(
                field="internal_organisation",
                title="Telefonische Erreichbarkeit",
                description="Die Erreichbarkeit des Amtes am Telefon wurde verbessert.",
                source=CERTIFICATE_REPORT,
            ),
            DocumentedMeasure(
                field="public_appearance",
                title="Beschilderung",
                description="Die Beschilderung im Amt wurde überarbeitet.",
                source=CERTIFICATE_REPORT,
            ),
            DocumentedMeasure(
                field="public_appearance",
                title="Mehrsprachiger Internetauftritt",
                description="Die Seiten des Amtes im Internet gibt es in mehreren Sprachen.",
                source=CLOSING_REPORT,
            ),
            DocumentedMeasure(
                field="competences",
                title="Diskussion über verständliche Sprache",
                description="Im Amt wurde über verständliche Sprache diskutiert.",
                source=CLOSING_REPORT,
            ),
        ),
    ),
    DocumentedSite(
        slug="lahn-dill-kreis",
        body_key="06532",
        name="Lahn-Dill-Kreis",
        summary=(
            "Der Lahn-Dill-Kreis war einer der sieben Standorte, die Anfang 2016 ausgewählt "
            "wurden. Zu den sechs Standorten, die das Programm abgeschlossen haben, gehört er "
            "nicht."
        ),
        source=SELECTION_RELEASE,
        is_withdrawn=True,
    ),
)
