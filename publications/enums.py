"""Choices of the third floor with their German labels."""

from django.db import models


class BlockKind(models.TextChoices):
    """A text, a picture, or a live block that is filled from the portal's own data."""

    TEXT = "text", "Text"
    PICTURE = "picture", "Bild"
    KEY_FIGURES = "key_figures", "Kennzahlen"
    SITE_PROFILES = "site_profiles", "Steckbriefe der Standorte"
    SITE_PROFILE = "site_profile", "Steckbrief eines Standorts"
    TIMELINE = "timeline", "Zeitverlauf"
    BEFORE_AFTER = "before_after", "Vorher und nachher"
    PRACTICE_CARDS = "practice_cards", "Praxisbausteine"
    SURVEY = "survey", "Ergebnisse der Befragungen"
    PARTICIPATION_MAP = "participation_map", "Karte der Beteiligung"
    MEETING_LIST = "meeting_list", "Liste der Treffen"
    MEASURES_BY_FIELD = "measures_by_field", "Maßnahmen nach Handlungsfeld"
    BALANCE = "balance", "Ordnung und Integration im Gleichgewicht"
    FUNDING_SPLIT = "funding_split", "Förderung nach Quelle"
    BUDGET_LINES = "budget_lines", "Plan und Ist nach Einzelansatz"
    IMPRINT = "imprint", "Impressum der Publikation"


class EditionStatus(models.TextChoices):
    QUEUED = "queued", "wartet"
    RENDERING = "rendering", "wird gesetzt"
    PUBLISHED = "published", "veröffentlicht"
    FAILED = "failed", "nicht gelungen"


class OrderStatus(models.TextChoices):
    """received → confirmed (or held → confirmed) → packed → sent → anonymised.

    Leaves the way as cancelled (nobody confirmed, or withdrawn) or as refused (by the office).
    """

    RECEIVED = "received", "eingegangen, noch nicht bestätigt"
    HELD = "held", "wird geprüft"
    CONFIRMED = "confirmed", "bestätigt"
    PACKED = "packed", "gepackt"
    SENT = "sent", "versandt"
    ANONYMISED = "anonymised", "versandt und anonymisiert"
    CANCELLED = "cancelled", "storniert"
    REFUSED = "refused", "abgelehnt"


class OrderChannel(models.TextChoices):
    """How an order came in."""

    FORM = "form", "über das Formular"
    MAIL = "mail", "per E-Mail"
    OFFICE = "office", "von der Geschäftsstelle eingetragen"


class OrderRuleKind(models.TextChoices):
    REGION = "region", "Wohin versandt wird"
    PURPOSE = "purpose", "Wofür bestellt wird"


class OrderRuleEffect(models.TextChoices):
    """What happens to an order that does not keep a rule."""

    HOLD = "hold", "wird geprüft"
    REFUSE = "refuse", "wird abgelehnt"


class StockMovementKind(models.TextChoices):
    COUNTED = "counted", "gezählt"
    DELIVERED = "delivered", "versandt"
    ARRIVED = "arrived", "Nachdruck eingetroffen"
    RETURNED = "returned", "zurückgekommen"
    LOST = "lost", "Verlust oder beschädigt"


class LabelSheet(models.TextChoices):
    """Sheets of address labels on A4 that are sold everywhere; measures in millimetres."""

    A4_24 = "70x36", "70 × 36 mm, 24 Etiketten (3 × 8)"
    A4_21 = "63.5x38.1", "63,5 × 38,1 mm, 21 Etiketten (3 × 7)"
    A4_14 = "99.1x38.1", "99,1 × 38,1 mm, 14 Etiketten (2 × 7)"
    A4_12 = "105x48", "105 × 48 mm, 12 Etiketten (2 × 6)"


class DownloadFormat(models.TextChoices):
    """In which forms an edition can be fetched; all but the PDF are rows of `EditionFile`."""

    PDF = "pdf", "PDF"
    EPUB = "epub", "EPUB"
    XLSX = "xlsx", "Excel-Arbeitsmappe (XLSX)"
    CSV = "csv", "Tabellen als CSV (ZIP)"
    JSON = "json", "Daten als JSON"
    PRINT = "print", "PDF für die Druckerei"


class FileStatus(models.TextChoices):
    """How far a further format of an edition is."""

    QUEUED = "queued", "wartet"
    MAKING = "making", "wird erzeugt"
    READY = "ready", "fertig"
    FAILED = "failed", "nicht gelungen"


class Licence(models.TextChoices):
    """What others may do with a publication; the value is the key of the German licence list."""

    ATTRIBUTION = "dl-by-de/2.0", "Datenlizenz Deutschland – Namensnennung – Version 2.0"
    ZERO = "dl-zero-de/2.0", "Datenlizenz Deutschland – Zero – Version 2.0"
    CC_BY = "cc-by/4.0", "Creative Commons Namensnennung 4.0 International"


class DepositLibrary(models.TextChoices):
    """Libraries a publisher in Wiesbaden owes copies to."""

    DNB = "dnb", "Deutsche Nationalbibliothek"
    HLB = "hlb", "Hochschul- und Landesbibliothek RheinMain"


class DepositForm(models.TextChoices):
    PRINT = "print", "gedruckt"
    ONLINE = "online", "online"


class Variant(models.TextChoices):
    """In which language the summary of a publication is written; the value is its address."""

    GERMAN = "de", "Deutsch"
    EASY = "de-ls", "Leichte Sprache"
    ENGLISH = "en", "Englisch"
