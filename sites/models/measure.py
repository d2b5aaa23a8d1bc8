"""What a site changed."""

from typing import Self

from django.conf import settings
from django.db import models

from programme import clock
from programme.models import FieldOfAction
from programme.privacy import Privacy
from sites.enums import Balance, MeasureStatus
from sites.models.goal import Goal, LegalNorm
from sites.models.site import Site

LEFT_OPEN = {MeasureStatus.PLANNED.value: "noch geplant", MeasureStatus.RUNNING.value: "in Arbeit"}


class MeasureQuerySet(models.QuerySet["Measure"]):
    def public(self) -> Self:
        """Measures that may stand on the public page of the site."""
        return self.filter(is_public=True)


class Measure(models.Model):
    """One change, in one field of action, weighed between public order and integration."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="measures"
    )
    field_of_action = models.ForeignKey(
        FieldOfAction, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="+"
    )
    goal = models.ForeignKey(
        Goal,
        verbose_name="Ziel",
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
    )
    title = models.CharField("Maßnahme", max_length=160)
    description = models.TextField("Was wurde getan?", blank=True)
    effect = models.TextField("Was hat es bewirkt?", blank=True)
    effect_n = models.PositiveIntegerField("beobachtete Fälle (n)", null=True, blank=True)
    status = models.CharField(
        "Stand", max_length=10, choices=MeasureStatus, default=MeasureStatus.PLANNED
    )
    responsible = models.CharField("Zuständig (Funktion)", max_length=120, blank=True)
    starts_on = models.DateField("Beginn", null=True, blank=True)
    due_on = models.DateField("geplant bis", null=True, blank=True)
    balance = models.SmallIntegerField(
        "Gewicht zwischen Ordnung und Integration", choices=Balance, null=True, blank=True
    )
    norms = models.ManyToManyField(
        LegalNorm, verbose_name="Rechtsgrundlagen", related_name="+", blank=True
    )
    reconciliation = models.TextField("Wie wurden beide Aufgaben vereinbart?", blank=True)
    is_public = models.BooleanField("auf der öffentlichen Seite zeigen", default=True)
    source_note = models.CharField("Quelle", max_length=200, blank=True)
    outside_reason = models.CharField(
        "Warum ein Datum außerhalb der Laufzeit stimmt", max_length=200, blank=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="angelegt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField("angelegt am", default=clock.now)
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    objects = MeasureQuerySet.as_manager()

    privacy = Privacy(
        fields=("responsible", "created_by"), keep="so lange wie die Akte des Standorts"
    )

    class Meta:
        verbose_name = "Maßnahme"
        verbose_name_plural = "Maßnahmen"
        ordering = ("site", "field_of_action__position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def told_status(self) -> str:
        """Return the state in words; once the coaching is over nothing is planned or under way."""
        if not self.site.has_ended or self.status not in LEFT_OPEN:
            return self.get_status_display()
        return f"am Ende der Begleitung {LEFT_OPEN[self.status]}"

    @property
    def balance_step(self) -> int | None:
        """Return the place on the scale from 1 (order) to 5 (integration)."""
        return None if self.balance is None else self.balance + 3


class MeasureUpdate(models.Model):
    """One step in the life of a measure: its state from then on, why, and the hours spent.

    Hours are what was added by this step; their sum is the effort of the measure.
    """

    measure = models.ForeignKey(
        Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="updates"
    )
    status = models.CharField("Stand", max_length=10, choices=MeasureStatus)
    reason = models.CharField("Grund oder Neues", max_length=300, blank=True)
    hours = models.DecimalField(
        "Aufwand in Stunden", max_digits=6, decimal_places=1, null=True, blank=True
    )
    happened_on = models.DateField("Stand vom", default=clock.today)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField("eingetragen am", default=clock.now)

    privacy = Privacy(fields=("by",), keep="so lange wie die Akte des Standorts")

    class Meta:
        verbose_name = "Schritt einer Maßnahme"
        verbose_name_plural = "Schritte der Maßnahmen"
        ordering = ("measure", "happened_on", "pk")

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.happened_on:%d.%m.%Y}"
