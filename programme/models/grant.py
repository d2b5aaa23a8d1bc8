"""Papers of the funding: notices, contracts, assets, and the files that prove them."""

from decimal import Decimal

from django.db import models

from programme import clock
from programme.enums import NoticeKind
from programme.models.funding import FundingSource
from programme.models.programme import Programme
from programme.models.stored_file import StoredFile
from programme.models.user import User
from programme.models.voucher import Voucher
from programme.privacy import NO_PERSONAL_DATA, Privacy

KEEP = "wie die Förderakte (Regelgröße Aufbewahrung)"


class FundingDocument(StoredFile):
    """A file of the funding that is no voucher: a notice, a decision, a report, a signed copy."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("Bezeichnung", max_length=160)
    file = models.FileField("Datei", upload_to="foerderung/%Y/", max_length=200)

    privacy = Privacy(fields=("name", "file", "by"), keep=KEEP)

    class Meta:
        verbose_name = "Unterlage der Förderung"
        verbose_name_plural = "Unterlagen der Förderung"
        ordering = ("-added_at", "-pk")

    def __str__(self) -> str:
        return self.title


class GrantNotice(models.Model):
    """A notice of the granting authority: what is granted for which time, on what conditions."""

    source = models.ForeignKey(
        FundingSource, verbose_name="Förderquelle", on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField("Art", max_length=10, choices=NoticeKind, default=NoticeKind.GRANT)
    reference = models.CharField("Aktenzeichen", max_length=80)
    issued_on = models.DateField("Bescheid vom")
    valid_from = models.DateField("Bewilligungszeitraum von")
    valid_to = models.DateField("Bewilligungszeitraum bis")
    # The grant as it stands after this notice, not the difference.
    granted_eur = models.DecimalField("Zuwendung", max_digits=12, decimal_places=2)
    conditions = models.TextField("Nebenbestimmungen", blank=True)
    document = models.ForeignKey(
        FundingDocument,
        verbose_name="Bescheid als Datei",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    recorded_by = models.ForeignKey(
        User, verbose_name="erfasst von", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("erfasst am", default=clock.now)

    privacy = Privacy(fields=("recorded_by",), keep=KEEP)

    class Meta:
        verbose_name = "Bescheid"
        verbose_name_plural = "Bescheide"
        ordering = ("source__position", "issued_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reference", "issued_on"],
                name="notice_once",
                violation_error_message="Dieser Bescheid ist schon erfasst.",
            ),
            models.CheckConstraint(
                condition=models.Q(granted_eur__gte=Decimal(0)), name="notice_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="notice_period_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference} vom {self.issued_on:%d.%m.%Y}"


class Contract(models.Model):
    """A contract paid from the funding and how it was awarded (rule F26)."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("Gegenstand", max_length=160)
    contractor = models.CharField("Auftragnehmer", max_length=160)
    reference = models.CharField("Vertragsnummer", max_length=60, blank=True)
    concluded_on = models.DateField("geschlossen am", null=True, blank=True)
    value_eur = models.DecimalField("Auftragswert (netto)", max_digits=12, decimal_places=2)
    procedure = models.CharField("Vergabeverfahren", max_length=120, blank=True)
    offers = models.PositiveSmallIntegerField("Angebote", default=0)
    award_note = models.ForeignKey(
        FundingDocument,
        verbose_name="Vergabevermerk",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(fields=("contractor",), keep=KEEP)

    class Meta:
        verbose_name = "Auftrag"
        verbose_name_plural = "Aufträge"
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value_eur__gt=Decimal(0)), name="contract_value_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.contractor})"


class Asset(models.Model):
    """Something bought that lasts: above the limit it stands in the inventory (rule F27)."""

    voucher = models.ForeignKey(
        Voucher, verbose_name="Beleg", on_delete=models.PROTECT, related_name="assets"
    )
    title = models.CharField("Gegenstand", max_length=160)
    net_eur = models.DecimalField("Nettopreis", max_digits=12, decimal_places=2)
    inventory_number = models.CharField("Inventarnummer", max_length=60, blank=True)
    place = models.CharField("Standort des Gegenstands", max_length=160, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Gegenstand"
        verbose_name_plural = "Gegenstände"
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(net_eur__gt=Decimal(0)), name="asset_price_positive"
            )
        ]

    def __str__(self) -> str:
        return self.title
