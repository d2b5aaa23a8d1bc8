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
    HELD = "held", "durchgeführt"
    CANCELLED = "cancelled", "abgesagt"


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
