"""Coaching days and what both sides agreed to do next."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import number_format

from programme import clock
from programme.privacy import Privacy
from sites.enums import CoachingMode, Side
from sites.models.site import Site


class CoachingDayQuerySet(models.QuerySet["CoachingDay"]):
    def latest_first(self) -> Self:
        """Order from the newest day back."""
        return self.order_by("-held_on", "-pk")


class CoachingDay(models.Model):
    """One day of coaching at one site, logged by the coach."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="coaching_days"
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="Prozessbegleitung",
        on_delete=models.PROTECT,
        related_name="+",
    )
    held_on = models.DateField("Datum")
    hours = models.DecimalField("Stunden", max_digits=4, decimal_places=2)
    mode = models.CharField(
        "Form", max_length=10, choices=CoachingMode, default=CoachingMode.ON_SITE
    )
    participants = models.PositiveSmallIntegerField("Teilnehmende (Anzahl)")
    topic = models.CharField("Worum ging es?", max_length=160)
    happened = models.TextField("Was ist geschehen?")
    outside_reason = models.CharField(
        "Warum ein Datum außerhalb der Laufzeit stimmt", max_length=200, blank=True
    )
    created_at = models.DateTimeField("eingetragen am", default=clock.now)

    objects = CoachingDayQuerySet.as_manager()

    privacy = Privacy(fields=("coach", "happened"), keep="so lange wie die Akte des Standorts")

    class Meta:
        verbose_name = "Begleittag"
        verbose_name_plural = "Begleittage"
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=Decimal(0)) & Q(hours__lte=Decimal(24)),
                name="coaching_hours_within_a_day",
                violation_error_message="Bitte geben Sie zwischen 0,25 und 24 Stunden an.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.held_on:%d.%m.%Y}"

    @property
    def hours_text(self) -> str:
        """Return the hours as people write them: "6,5", not "6,50"."""
        return number_format(self.hours.normalize())


class NextStep(models.Model):
    """What one side will do until when."""

    coaching_day = models.ForeignKey(
        CoachingDay, verbose_name="Begleittag", on_delete=models.CASCADE, related_name="next_steps"
    )
    side = models.CharField("Wer", max_length=10, choices=Side)
    text = models.CharField("Vereinbarter Schritt", max_length=300)
    due_on = models.DateField("bis wann", null=True, blank=True)

    privacy = Privacy(fields=("text",), keep="wie der Begleittag")

    class Meta:
        verbose_name = "nächster Schritt"
        verbose_name_plural = "nächste Schritte"
        ordering = ("coaching_day", "side", "pk")

    def __str__(self) -> str:
        return self.text
