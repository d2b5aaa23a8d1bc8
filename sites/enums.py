"""Choices of the second floor with their German labels."""

from django.db import models


class SiteStatus(models.TextChoices):
    APPLIED = "applied", "beworben"
    SELECTED = "selected", "ausgewählt"
    ACTIVE = "active", "in Begleitung"
    COMPLETED = "completed", "abgeschlossen"
    WITHDRAWN = "withdrawn", "ausgeschieden"


class AssignmentKind(models.TextChoices):
    COACH = "coach", "Prozessbegleitung"
    STAFF = "staff", "Standort"


class MeasureStatus(models.TextChoices):
    PLANNED = "planned", "geplant"
    RUNNING = "running", "läuft"
    DONE = "done", "umgesetzt"
    STOPPED = "stopped", "beendet ohne Umsetzung"


class Balance(models.IntegerChoices):
    """Weight of a measure between the two statutory groups of tasks, in words, not numbers."""

    ORDER = -2, "dient vor allem Ordnungsaufgaben"
    MORE_ORDER = -1, "dient eher Ordnungsaufgaben"
    BOTH = 0, "dient beiden gleichermaßen"
    MORE_INTEGRATION = 1, "dient eher Integrationsaufgaben"
    INTEGRATION = 2, "dient vor allem Integrationsaufgaben"


class CoachingMode(models.TextChoices):
    ON_SITE = "on_site", "vor Ort"
    REMOTE = "remote", "aus der Ferne"


class CoachingDayState(models.TextChoices):
    """Where a logged day stands; what is not yet handed in is a `DayDraft`."""

    HANDED_IN = "handed_in", "wartet auf Bestätigung"
    RETURNED = "returned", "zurückgegeben"
    CONFIRMED = "confirmed", "bestätigt"
    REPLACED = "replaced", "durch eine Korrektur ersetzt"


class Side(models.TextChoices):
    SITE = "site", "Standort"
    COACH = "coach", "Prozessbegleitung"


class AdoptionState(models.TextChoices):
    """What became of a practice card at another office."""

    TRYING = "trying", "wird ausprobiert"
    ADOPTED = "adopted", "übernommen"
    DROPPED = "dropped", "nicht weiterverfolgt"


class IndicatorKind(models.TextChoices):
    NUMBER = "number", "Zahl"
    PERCENT = "percent", "Anteil in Prozent"
    RATIO = "ratio", "Verhältnis"
    SCALE = "scale", "Skala von 1 bis 5"


class Better(models.TextChoices):
    """Which direction of a figure is an improvement."""

    LOWER = "lower", "weniger ist besser"
    HIGHER = "higher", "mehr ist besser"
    NEUTRAL = "neutral", "ohne Wertung"


class IndicatorPhase(models.TextChoices):
    BASELINE = "baseline", "Ausgangswert"
    MID = "mid", "Zwischenstand"
    END = "end", "Endstand"


class ValueMethod(models.TextChoices):
    COUNT = "count", "Zählung"
    ESTIMATE = "estimate", "Schätzung"
    SURVEY = "survey", "Befragung"


class ApplicationStatus(models.TextChoices):
    """From the first draft to the decision."""

    DRAFT = "draft", "Entwurf"
    HANDED_IN = "handed_in", "abgegeben"
    SELECTED = "selected", "ausgewählt"
    NOT_SELECTED = "not_selected", "nicht ausgewählt"


class Phase(models.TextChoices):
    """The usual way of a site; each site sets its own dates and may leave phases open."""

    CALL = "call", "Aufruf und Bewerbung"
    KICKOFF = "kickoff", "Auftakt"
    AS_IS_ANALYSIS = "as_is_analysis", "Standortbestimmung"
    GOAL_SETTING = "goal_setting", "Ziele"
    MEASURES = "measures", "Umsetzung der Maßnahmen"
    PEER_EXCHANGE = "peer_exchange", "Austausch der Standorte"
    EVALUATION = "evaluation", "Auswertung"
    TRANSFER = "transfer", "Abschluss und Transfer"


class SiteContactKind(models.TextChoices):
    CONTACT = "contact", "Ansprechperson"
    STEERING = "steering", "Steuerungsgruppe"


class GoalStatus(models.TextChoices):
    """What became of a goal a site set itself."""

    OPEN = "open", "in Arbeit"
    REACHED = "reached", "erreicht"
    PARTLY = "partly", "teilweise erreicht"
    DROPPED = "dropped", "nicht weiterverfolgt"


class NormKind(models.TextChoices):
    """The two statutory groups of tasks the programme balances."""

    ORDER = "order", "Ordnungsaufgabe"
    INTEGRATION = "integration", "Integrationsaufgabe"


class DocumentAudience(models.TextChoices):
    """Who may read a document of a site, from few to all."""

    TEAM = "team", "nur Programmteam"
    SITE = "site", "Standort, Prozessbegleitung und Programmteam"
    OFFICES = "offices", "alle Stellen des Landesnetzwerks"
    PUBLIC = "public", "Öffentlichkeit"


class DocumentKind(models.TextChoices):
    AS_IS_REPORT = "as_is_report", "Bericht zur Standortbestimmung"
    PROCESS_MAP = "process_map", "Prozessbild"
    MINUTES = "minutes", "Protokoll"
    TEMPLATE = "template", "Vorlage zum Nachnutzen"
    FINAL_REPORT = "final_report", "Abschlussbericht des Standorts"
    OTHER = "other", "Sonstiges"


class Retention(models.TextChoices):
    """How long a document is kept after the programme; what must be offered goes to the archive."""

    RECORD = "record", "Akte: bis die Aufbewahrung der Förderakte endet"
    WORKING = "working", "Arbeitsunterlage: zwei Jahre nach Ende des Programms"
    SHORT = "short", "kurz: drei Monate nach Ende des Programms"


class ArchiveDecision(models.TextChoices):
    """What the state archive said about a record it was offered."""

    OPEN = "open", "noch offen"
    TAKEN = "taken", "übernommen"
    RELEASED = "released", "nicht archivwürdig, darf gelöscht werden"


class CommunicationKind(models.TextChoices):
    PHONE = "phone", "Telefonat"
    EMAIL = "email", "E-Mail"
    MEETING = "meeting", "Besprechung"
    VIDEO = "video", "Videokonferenz"
    LETTER = "letter", "Schreiben"


class ContributionState(models.TextChoices):
    """The part of the report a site writes, from the first sentence to the signature."""

    DRAFT = "draft", "in Arbeit"
    HANDED_IN = "handed_in", "abgegeben"
    RETURNED = "returned", "zur Überarbeitung zurückgegeben"
    SIGNED_OFF = "signed_off", "freigegeben"


class ContributionPart(models.TextChoices):
    STARTING_POINT = "starting_point", "Ausgangslage"
    APPROACH = "approach", "Was wir angegangen sind"
    RESULT = "result", "Was sich geändert hat"
    LESSONS = "lessons", "Was wir anderen raten"
