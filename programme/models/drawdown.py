"""Drawdowns: what was asked for, checked by two people, and received from each source."""

from decimal import Decimal

from django.db import models

from programme import clock
from programme.enums import DrawdownStatus
from programme.models.funding import FundingSource
from programme.models.grant import KEEP, FundingDocument
from programme.models.programme import Programme
from programme.models.user import User
from programme.privacy import NO_PERSONAL_DATA, Privacy


class Drawdown(models.Model):
    """One request for money with its reason; a second person checks it (rules F10-F16, F28)."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="drawdowns"
    )
    number = models.PositiveSmallIntegerField("Nummer")
    requested_on = models.DateField("angefordert am")
    requested_eur = models.DecimalField("Betrag", max_digits=12, decimal_places=2)
    # What the portal proposed on that day, and from what: spending so far and the forecast.
    proposed_eur = models.DecimalField("Vorschlag", max_digits=12, decimal_places=2)
    spent_eur = models.DecimalField("ausgegeben bis dahin", max_digits=12, decimal_places=2)
    forecast_eur = models.DecimalField(
        "Bedarf bis zum nächsten Abruf", max_digits=12, decimal_places=2
    )
    reason = models.TextField("Begründung des künftigen Bedarfs")
    status = models.CharField(
        "Stand", max_length=10, choices=DrawdownStatus, default=DrawdownStatus.RECORDED
    )
    recorded_by = models.ForeignKey(
        User, verbose_name="sachlich richtig", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("erfasst am", default=clock.now)
    approved_by = models.ForeignKey(
        User,
        verbose_name="rechnerisch richtig",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    approved_at = models.DateTimeField("rechnerisch geprüft am", null=True, blank=True)
    rejection_reason = models.CharField("Grund der Zurückweisung", max_length=300, blank=True)
    signed_copy = models.ForeignKey(
        FundingDocument,
        verbose_name="unterschriebene Anforderung",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    # Each change counts up; an approval names the revision its person has seen.
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    privacy = Privacy(fields=("recorded_by", "approved_by"), keep=KEEP)

    class Meta:
        verbose_name = "Mittelabruf"
        verbose_name_plural = "Mittelabrufe"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="drawdown_number_once"),
            models.CheckConstraint(
                condition=models.Q(requested_eur__gt=Decimal(0)),
                name="drawdown_positive",
                violation_error_message="Der Betrag muss größer als 0,00 EUR sein.",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("recorded_by")),
                name="drawdown_four_eyes",
                violation_error_message="Die zweite Prüfung muss eine andere Person vornehmen.",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[DrawdownStatus.APPROVED, DrawdownStatus.RECEIVED])
                | models.Q(approved_by__isnull=False),
                name="approved_drawdown_has_second_check",
            ),
        ]

    def __str__(self) -> str:
        return f"Mittelabruf {self.number}"


class DrawdownShare(models.Model):
    """What one source is asked for in a drawdown, and what came in."""

    drawdown = models.ForeignKey(
        Drawdown, verbose_name="Mittelabruf", on_delete=models.CASCADE, related_name="shares"
    )
    source = models.ForeignKey(
        FundingSource, verbose_name="Förderquelle", on_delete=models.PROTECT, related_name="+"
    )
    requested_eur = models.DecimalField("angefordert", max_digits=12, decimal_places=2)
    received_eur = models.DecimalField(
        "eingegangen", max_digits=12, decimal_places=2, null=True, blank=True
    )
    received_on = models.DateField("eingegangen am", null=True, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Anteil am Mittelabruf"
        verbose_name_plural = "Anteile am Mittelabruf"
        ordering = ("source__position",)
        constraints = [
            models.UniqueConstraint(fields=["drawdown", "source"], name="draw_once_per_source"),
            models.CheckConstraint(
                condition=models.Q(requested_eur__gte=Decimal(0)), name="draw_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(received_eur__isnull=True, received_on__isnull=True)
                | models.Q(received_eur__isnull=False, received_on__isnull=False),
                name="receipt_has_amount_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.requested_eur} EUR"


class DeadlineReminder(models.Model):
    """A reminder of a date of the funding that went by mail, so that it goes once."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField("Termin", max_length=60)
    due_on = models.DateField("fällig am")
    days_before = models.SmallIntegerField("Tage vorher")
    sent_at = models.DateTimeField("gesendet am", default=clock.now)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Erinnerung an einen Termin"
        verbose_name_plural = "Erinnerungen an Termine"
        ordering = ("-sent_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key", "due_on", "days_before"], name="deadline_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.due_on:%d.%m.%Y}"
