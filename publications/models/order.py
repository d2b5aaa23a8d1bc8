"""Orders of printed copies."""

from django.conf import settings
from django.db import models

from programme import clock
from programme.models import User
from programme.privacy import NO_PERSONAL_DATA, Privacy
from publications.enums import OrderChannel, OrderStatus
from publications.models.manuscript import Publication


def _person(label: str) -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )


class Order(models.Model):
    """Who wants printed copies and where they go; counts only after the e-mail was confirmed.

    A `hold_reason` says in German why somebody has to look first; such an order holds no copies
    until it was released. `district` is what stays of the address. `address_key` is a keyed hash
    by which orders for the same address are counted while their addresses are kept.
    """

    number = models.CharField("Bestellnummer", max_length=20, unique=True)
    full_name = models.CharField("Name", max_length=120)
    organisation = models.CharField("Behörde oder Einrichtung", max_length=160, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120)
    postcode = models.CharField("Postleitzahl", max_length=5)
    city = models.CharField("Ort", max_length=80)
    email = models.EmailField("E-Mail-Adresse")
    status = models.CharField(
        "Stand", max_length=10, choices=OrderStatus, default=OrderStatus.RECEIVED
    )
    token_seed = models.CharField("Zufallswert des Links", max_length=64)
    token_digest = models.CharField("Prüfwert des Links", max_length=64, unique=True)
    channel = models.CharField(
        "Eingangsweg", max_length=10, choices=OrderChannel, default=OrderChannel.FORM
    )
    purpose = models.CharField("Wofür", max_length=300, blank=True)
    wants_corrections = models.BooleanField("möchte Korrekturen per E-Mail", default=False)
    district = models.CharField("Gebiet", max_length=60, blank=True)
    address_key = models.CharField("Prüfwert der Anschrift", max_length=64, blank=True)
    hold_reason = models.CharField("Grund der Prüfung", max_length=300, blank=True)
    refusal_reason = models.CharField("Grund der Ablehnung", max_length=300, blank=True)
    received_at = models.DateTimeField("eingegangen am", default=clock.now)
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True)
    held_at = models.DateTimeField("zur Prüfung gegeben am", null=True, blank=True)
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True)
    packed_at = models.DateTimeField("gepackt am", null=True, blank=True)
    sent_at = models.DateTimeField("versandt am", null=True, blank=True)
    cancelled_at = models.DateTimeField("storniert am", null=True, blank=True)
    entered_by = _person("eingetragen von")
    decided_by = _person("entschieden von")
    packed_by = _person("gepackt von")
    sent_by = _person("versandt von")
    anonymised_at = models.DateTimeField("anonymisiert am", null=True, blank=True)

    privacy = Privacy(
        fields=(
            *("full_name", "organisation", "street", "postcode", "city", "email", "purpose"),
            *("hold_reason", "refusal_reason", "address_key"),
            *("entered_by", "decided_by", "packed_by", "sent_by"),
        ),
        keep="30 Tage nach dem Versand, danach bleiben nur Titel, Anzahl und Gebiet",
    )

    class Meta:
        verbose_name = "Bestellung"
        verbose_name_plural = "Bestellungen"
        ordering = ("-received_at", "-pk")
        indexes = [
            models.Index(fields=["status", "received_at"], name="order_state"),
            models.Index(fields=["address_key"], name="order_address"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderItem(models.Model):
    """How many copies of one title."""

    order = models.ForeignKey(
        Order, verbose_name="Bestellung", on_delete=models.CASCADE, related_name="items"
    )
    publication = models.ForeignKey(
        Publication, verbose_name="Publikation", on_delete=models.PROTECT, related_name="+"
    )
    copies = models.PositiveSmallIntegerField("Exemplare")

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Posten einer Bestellung"
        verbose_name_plural = "Posten von Bestellungen"
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["order", "publication"], name="title_once_per_order"),
            models.CheckConstraint(
                condition=models.Q(copies__gt=0),
                name="order_has_copies",
                violation_error_message="Bitte bestellen Sie mindestens ein Exemplar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copies} × {self.publication}"


class OrderLetter(models.Model):
    """Which mails an order caused, so that their delivery can be seen and they go with the order.

    Holds the Message-ID, not a foreign key: mails are purged on their own time table.
    """

    order = models.ForeignKey(
        Order, verbose_name="Bestellung", on_delete=models.CASCADE, related_name="letters"
    )
    letter = models.CharField("Brief", max_length=60)
    message_id = models.CharField("Message-ID", max_length=120)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "E-Mail zu einer Bestellung"
        verbose_name_plural = "E-Mails zu Bestellungen"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return f"{self.order}: {self.letter}"
