"""Organisations that are invited, and the public bodies behind the immigration offices."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from network.enums import ContactKind, OrganisationKind, PublicBodyKind, Region
from programme.privacy import NO_PERSONAL_DATA, Privacy


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def offices(self) -> Self:
        """Immigration offices only."""
        return self.filter(kind=OrganisationKind.IMMIGRATION_OFFICE)

    def on(self, day: date) -> Self:
        """Organisations that exist on that day; a duplicate that was merged never counts."""
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(lasting, valid_from__lte=day, merged_into__isnull=True)

    def state_network(self, day: date) -> Self:
        """Everyone a Landesnetzwerktreffen invites: 39 organisations, guests left out."""
        return self.on(day).exclude(kind=OrganisationKind.GUEST)


class Organisation(models.Model):
    """One office, authority, association or ministry: the unit that is invited and answers."""

    kind = models.CharField("Art", max_length=30, choices=OrganisationKind)
    name = models.CharField("Name", max_length=200)
    short_name = models.CharField("Kurzname", max_length=80)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    unit = models.CharField("Amt oder Abteilung", max_length=200, blank=True)
    region = models.CharField("Regierungsbezirk", max_length=10, choices=Region, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True)
    city = models.CharField("Ort", max_length=80, blank=True)
    valid_from = models.DateField("besteht seit")
    valid_to = models.DateField("bestand bis", null=True, blank=True)
    note = models.CharField("Anmerkung", max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="zusammengeführt mit",
        on_delete=models.PROTECT,
        related_name="merged",
        null=True,
        blank=True,
    )
    feed_seed = models.CharField("Zufallswert des Kalenders", max_length=64, blank=True)
    feed_digest = models.CharField(
        "Prüfwert des Kalenders", max_length=64, unique=True, null=True, blank=True
    )

    objects = OrganisationQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Organisation"
        verbose_name_plural = "Organisationen"
        ordering = ("short_name", "pk")

    def __str__(self) -> str:
        return self.short_name


class PublicBodyQuerySet(models.QuerySet["PublicBody"]):
    def on(self, day: date) -> Self:
        """Bodies as they stood on that day: 33 in every year of the programme and today."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class PublicBody(models.Model):
    """A district or city with immigration tasks; two bodies can share one office (Kassel).

    A change of status makes a new row with its own validity (Hanau on 2026-01-01).
    """

    office = models.ForeignKey(
        Organisation,
        verbose_name="Ausländerbehörde",
        on_delete=models.PROTECT,
        related_name="public_bodies",
    )
    kind = models.CharField("Art", max_length=30, choices=PublicBodyKind)
    name = models.CharField("Name", max_length=120)
    short_name = models.CharField("Kurzname auf der Karte", max_length=12)
    key = models.CharField("Schlüssel", max_length=8)
    region = models.CharField("Regierungsbezirk", max_length=10, choices=Region)
    seat = models.CharField("Sitz", max_length=80)
    district = models.CharField("gehört zum Kreis", max_length=120, blank=True)
    latitude = models.DecimalField("Breite", max_digits=6, decimal_places=3)
    longitude = models.DecimalField("Länge", max_digits=6, decimal_places=3)
    tile_column = models.PositiveSmallIntegerField("Kachel, Spalte")
    tile_row = models.PositiveSmallIntegerField("Kachel, Zeile")
    valid_from = models.DateField("gilt ab")
    valid_to = models.DateField("gilt bis", null=True, blank=True)

    objects = PublicBodyQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Körperschaft"
        verbose_name_plural = "Körperschaften"
        ordering = ("name", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="body_key_once_per_day")
        ]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    def addressed(self) -> Self:
        """Contacts that get the letters of their organisation: main contacts and mailboxes."""
        return self.filter(is_active=True, kind__in=[ContactKind.MAIN, ContactKind.MAILBOX])

    def copied(self) -> Self:
        """Contacts that want to read along what the people of their organisation are told."""
        return self.filter(is_active=True, gets_copies=True)


class Contact(models.Model):
    """Where mail to an organisation goes."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="Organisation", on_delete=models.CASCADE, related_name="contacts"
    )
    kind = models.CharField("Art", max_length=10, choices=ContactKind)
    name = models.CharField("Name", max_length=120, blank=True)
    function = models.CharField("Funktion", max_length=120, blank=True)
    email = models.EmailField("E-Mail-Adresse")
    is_active = models.BooleanField("wird angeschrieben", default=True)
    gets_copies = models.BooleanField("bekommt Anmeldungen in Kopie", default=False)

    objects = ContactQuerySet.as_manager()

    privacy = Privacy(
        fields=("name", "function", "email"),
        keep="solange die Person für die Organisation zuständig ist",
    )

    class Meta:
        verbose_name = "Kontakt"
        verbose_name_plural = "Kontakte"
        ordering = ("organisation", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                name="contact_email_once",
                violation_error_message="Diese Adresse ist bei der Organisation schon eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email
