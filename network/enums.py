"""Choices of the first floor with their German labels."""

from django.db import models


class OrganisationKind(models.TextChoices):
    IMMIGRATION_OFFICE = "immigration_office", "Ausländerbehörde"
    REGIONAL_AUTHORITY = "regional_authority", "Regierungspräsidium"
    MUNICIPAL_ASSOCIATION = "municipal_association", "Kommunaler Spitzenverband"
    MINISTRY = "ministry", "Ministerium"
    GUEST = "guest", "Gast"


class PublicBodyKind(models.TextChoices):
    DISTRICT = "district", "Landkreis"
    INDEPENDENT_CITY = "independent_city", "kreisfreie Stadt"
    SPECIAL_STATUS_CITY = "special_status_city", "Sonderstatusstadt"


class Region(models.TextChoices):
    DARMSTADT = "darmstadt", "Regierungsbezirk Darmstadt"
    GIESSEN = "giessen", "Regierungsbezirk Gießen"
    KASSEL = "kassel", "Regierungsbezirk Kassel"


class ContactKind(models.TextChoices):
    MAIN = "main", "Hauptkontakt"
    DEPUTY = "deputy", "Vertretung"
    MAILBOX = "mailbox", "Funktionspostfach"


class MeetingKind(models.TextChoices):
    NETWORK_MEETING = "network_meeting", "Landesnetzwerktreffen"
    CLOSING_EVENT = "closing_event", "Abschlussveranstaltung"
    WORKSHOP = "workshop", "Fachaustausch"


class MeetingMode(models.TextChoices):
    ON_SITE = "on_site", "vor Ort"
    ONLINE = "online", "online"
    HYBRID = "hybrid", "vor Ort und online"


class AttendanceMode(models.TextChoices):
    ON_SITE = "on_site", "vor Ort"
    ONLINE = "online", "online"


class MeetingStatus(models.TextChoices):
    DRAFT = "draft", "Entwurf"
    PUBLISHED = "published", "veröffentlicht"
    CLOSED = "closed", "Anmeldung geschlossen"
    HELD = "held", "durchgeführt"
    DOCUMENTED = "documented", "dokumentiert"
    CANCELLED = "cancelled", "abgesagt"


# Announced and still to come or going on: links of invited offices and people work.
ON = frozenset({MeetingStatus.PUBLISHED, MeetingStatus.CLOSED})
# Took place: counts in figures, on the participation map and in the report.
TOOK_PLACE = frozenset({MeetingStatus.HELD, MeetingStatus.DOCUMENTED})


class Answer(models.TextChoices):
    """What an office said to its invitation; what its people do stands in the registrations."""

    OPEN = "open", "offen"
    COMING = "coming", "kommt"
    DECLINED = "declined", "kommt nicht"
    REPRESENTED = "represented", "lässt sich vertreten"


class RegistrationStatus(models.TextChoices):
    CONFIRMED = "confirmed", "angemeldet"
    WAITING = "waiting", "auf der Warteliste"
    CANCELLED = "cancelled", "abgemeldet"


class AnswerChannel(models.TextChoices):
    """How an answer of an office reached the portal."""

    LINK = "link", "über den Link"
    ACCOUNT = "account", "mit Konto"
    PAPER = "paper", "auf Papier"
    CALENDAR = "calendar", "aus dem Kalender"
    TEAM = "team", "durch das Programmteam"


class LateOutcome(models.TextChoices):
    """What the programme team said to a request after the deadline."""

    ACCEPTED = "accepted", "angenommen"
    REJECTED = "rejected", "abgelehnt"


class CopyNews(models.TextChoices):
    """What a contact reads in copy about one person of the office."""

    CONFIRMED = "confirmed", "angemeldet"
    WAITING = "waiting", "auf der Warteliste"
    PROMOTED = "promoted", "von der Warteliste nachgerückt, jetzt angemeldet"
    PLACED = "placed", "im Workshop nachgerückt"
    CHANGED = "changed", "Anmeldung geändert"
    CANCELLED = "cancelled", "abgemeldet"
    MOVED = "moved", "über den geänderten Termin informiert"
    WORKSHOP = "workshop", "über den geänderten Workshop informiert"
    CALLED_OFF = "called_off", "über die Absage informiert"


class LetterKind(models.TextChoices):
    """What an office was sent about a meeting."""

    INVITATION = "invitation", "Einladung"
    REMINDER = "reminder", "Erinnerung"
    CANCELLATION = "cancellation", "Absage"
    NAMES_ASKED = "names_asked", "Nachfrage nach Namen"
    COPY = "copy", "Kopie zu Anmeldungen"
    CLEARED = "cleared", "Kalendereintrag erledigt"
    PAPER = "paper", "Brief auf Papier"


class CalendarAnswer(models.TextChoices):
    """The last answer given in a calendar program (PARTSTAT of RFC 5546)."""

    ACCEPTED = "accepted", "im Kalender zugesagt"
    TENTATIVE = "tentative", "im Kalender mit Vorbehalt zugesagt"
    DECLINED = "declined", "im Kalender abgesagt"
    COUNTER = "counter", "im Kalender anderen Termin vorgeschlagen"


class ReplySource(models.TextChoices):
    PASTED = "pasted", "eingefügt"
    UPLOADED = "uploaded", "hochgeladen"
    MAILBOX = "mailbox", "aus dem Postfach"


class ReplyState(models.TextChoices):
    """What became of an answer from a calendar program; a parked one waits for a person."""

    APPLIED = "applied", "übernommen"
    ASKED = "asked", "nach Namen gefragt"
    OUTDATED = "outdated", "überholt"
    PARKED = "parked", "wartet auf Klärung"
    SETTLED = "settled", "von Hand geklärt"


class WorkshopPlace(models.TextChoices):
    CONFIRMED = "confirmed", "Platz im Workshop"
    WAITING = "waiting", "auf der Warteliste des Workshops"


class CheckInKind(models.TextChoices):
    ARRIVED = "arrived", "angekommen"
    UNDONE = "undone", "zurückgenommen"


class Audience(models.TextChoices):
    """Who may read material and minutes of a meeting, from few to all."""

    TEAM = "team", "nur Programmteam"
    PARTICIPANTS = "participants", "Teilnehmende"
    OFFICES = "offices", "alle Stellen des Landesnetzwerks"
    PUBLIC = "public", "Öffentlichkeit"


class MinutesKind(models.TextChoices):
    NOTE = "note", "Ergebnis"
    DECISION = "decision", "Verabredung"


class Diet(models.TextChoices):
    VEGETARIAN = "vegetarian", "vegetarisch"
    VEGAN = "vegan", "vegan"
    HALAL = "halal", "halal"
    KOSHER = "kosher", "koscher"
    GLUTEN_FREE = "gluten_free", "glutenfrei"
    LACTOSE_FREE = "lactose_free", "laktosefrei"
