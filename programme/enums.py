"""Choices of the ground floor with their German labels."""

from django.db import models


class Role(models.TextChoices):
    """What a person may do; "öffentlich" and "eingeladene Behörde" need no role."""

    MEMBER = "member", "Netzwerkmitglied"
    SITE = "site", "Standort"
    COACH = "coach", "Prozessbegleitung"
    OFFICE = "office", "Programmteam"
    FINANCE = "finance", "Finanzen"
    ADMIN = "admin", "Verwaltung & Datenschutz"
    AUDITOR = "auditor", "Prüfung"


class LogTopic(models.TextChoices):
    """What an entry of the logbook is about."""

    FUNDING = "funding", "Förderung"
    RIGHTS = "rights", "Personen und Rechte"
    NETWORK = "network", "Netzwerk"
    SITES = "sites", "Standorte"
    PUBLICATIONS = "publications", "Publikationen"
    PORTAL = "portal", "Portal"


class MailStatus(models.TextChoices):
    WAITING = "waiting", "wartet auf Versand"
    SENDING = "sending", "wird versendet"
    SENT = "sent", "versendet"
    KEPT = "kept", "nur im Postausgang (kein Mailserver eingerichtet)"
    DELAYED = "delayed", "verzögert, neuer Versuch folgt"
    FAILED = "failed", "nicht zugestellt"
    BOUNCED = "bounced", "zurückgekommen"


class PrintoutStatus(models.TextChoices):
    WAITING = "waiting", "wird vorbereitet"
    READY = "ready", "fertig"
    FAILED = "failed", "fehlgeschlagen"


class SourceKey(models.TextChoices):
    LAND = "land", "Land Hessen"
    AMIF = "amif", "AMIF (Europäische Union)"


class CostCategory(models.TextChoices):
    """Cost categories of the grant rules, domain.md 4.4."""

    STAFF = "staff", "Personalausgaben"
    TRAVEL = "travel", "Reise- und Aufenthaltskosten"
    EQUIPMENT = "equipment", "Ausrüstung und Ausstattung"
    CONSUMABLES_SERVICES = "consumables_services", "Verbrauchsgüter und Dienstleistungen"
    SUBCONTRACTING = "subcontracting", "Unteraufträge und externe Expertise"
    PUBLICITY = "publicity", "Ausgaben aufgrund der EU-Kofinanzierung"
    TARGET_GROUP = "target_group", "Zielgruppenspezifische Ausgaben"
    INDIRECT = "indirect", "Indirekte Kosten"
    REAL_ESTATE = "real_estate", "Immobilien"


class PlanStatus(models.TextChoices):
    DRAFT = "draft", "Entwurf"
    APPROVED = "approved", "genehmigt"


class NoticeKind(models.TextChoices):
    """What a notice of the granting authority does (Zuwendungsbescheid)."""

    GRANT = "grant", "Zuwendungsbescheid"
    AMENDMENT = "amendment", "Änderungsbescheid"
    REVOCATION = "revocation", "Widerruf"


class IndirectBase(models.TextChoices):
    """What the flat rate for indirect costs is reckoned from (rule F23)."""

    STAFF = "staff", "direkte Personalkosten"
    DIRECT = "direct", "direkte Kosten"


class DrawdownStatus(models.TextChoices):
    RECORDED = "recorded", "erfasst, wartet auf zweite Prüfung"
    APPROVED = "approved", "geprüft, Zahlung erwartet"
    RECEIVED = "received", "Zahlung eingegangen"
    REJECTED = "rejected", "zurückgewiesen"


class ProofKind(models.TextChoices):
    INTERIM = "interim", "Zwischenverwendungsnachweis"
    FINAL = "final", "Abschlussverwendungsnachweis"


class ProofStatus(models.TextChoices):
    DRAFT = "draft", "Entwurf"
    CHECKED = "checked", "sachlich geprüft, wartet auf zweite Prüfung"
    SUBMITTED = "submitted", "eingereicht"
    REPLACED = "replaced", "durch eine neue Fassung ersetzt"


class FindingState(models.TextChoices):
    OPEN = "open", "offen"
    ANSWERED = "answered", "beantwortet"
    CLOSED = "closed", "erledigt"


class VoucherStatus(models.TextChoices):
    RECORDED = "recorded", "erfasst, wartet auf zweite Prüfung"
    APPROVED = "approved", "geprüft"
    REJECTED = "rejected", "zurückgewiesen"


class VoucherFileKind(models.TextChoices):
    INVOICE = "invoice", "Rechnung"
    PROOF_OF_PAYMENT = "proof_of_payment", "Zahlungsnachweis"
    TIME_SHEET = "time_sheet", "Stundennachweis"
    OTHER = "other", "Sonstige Anlage"


class ParameterKey(models.TextChoices):
    """Every number of the rules F01-F36; the value stands in a RuleParameter row."""

    MAX_EU_RATE = "max_eu_rate", "Höchster EU-Anteil"
    ABSOLUTE_MAX_EU_RATE = "absolute_max_eu_rate", "Höchster EU-Anteil mit Begründung"
    LINE_TOLERANCE = "line_tolerance", "Zulässige Überschreitung je Einzelansatz"
    ADVANCE_CAP = "advance_cap", "Obergrenze der Vorauszahlungen"
    ADVANCE_WARNING = "advance_warning", "Vorwarnung bei Vorauszahlungen"
    DRAWDOWN_INTERVAL_MONTHS = "drawdown_interval_months", "Abstand der Mittelabrufe"
    INTERIM_PROOF_MONTHS = "interim_proof_months", "Frist des Zwischenverwendungsnachweises"
    FINAL_PROOF_MONTHS = "final_proof_months", "Frist des Abschlussverwendungsnachweises"
    USE_BY_DAYS = "use_by_days", "Frist der Mittelverwendung"
    VAT_DEDUCTIBLE = "vat_deductible", "Vorsteuer abziehbar (1 = ja, 0 = nein)"
    INDIRECT_RATE = "indirect_rate", "Pauschale für indirekte Kosten"
    PROCUREMENT_THRESHOLD_EUR = "procurement_threshold_eur", "Schwelle für Vergabeunterlagen"
    INVENTORY_LIMIT_EUR = "inventory_limit_eur", "Schwelle der Inventarisierung"
    RETENTION_YEARS = "retention_years", "Aufbewahrung der Belege"


class LegalPageKind(models.TextChoices):
    LEGAL_NOTICE = "impressum", "Impressum"
    PRIVACY = "datenschutz", "Datenschutzerklärung"
    ACCESSIBILITY = "barrierefreiheit", "Erklärung zur Barrierefreiheit"
    EASY_LANGUAGE = "leichte-sprache", "Leichte Sprache"
    SIGN_LANGUAGE = "gebaerdensprache", "Gebärdensprache"


class BarrierReportStatus(models.TextChoices):
    OPEN = "open", "offen"
    CLOSED = "closed", "beantwortet"


class NoticeSpeed(models.TextChoices):
    """How soon a person hears of news."""

    NOW = "now", "sofort"
    DAILY = "daily", "einmal am Tag"
    WEEKLY = "weekly", "einmal in der Woche"
    NEVER = "never", "nicht per E-Mail"
