"""What a site wants to reach, and the law its measures rest on."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from programme import clock
from programme.models import FieldOfAction
from programme.privacy import NO_PERSONAL_DATA, Privacy
from sites.enums import GoalStatus, NormKind
from sites.models.site import Site


class Goal(models.Model):
    """A goal a site set itself in one of the fields of action."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="goals"
    )
    field_of_action = models.ForeignKey(
        FieldOfAction, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=100)
    title = models.CharField("Ziel", max_length=160)
    target = models.CharField("Woran es zu erkennen ist", max_length=300, blank=True)
    status = models.CharField("Stand", max_length=10, choices=GoalStatus, default=GoalStatus.OPEN)
    status_note = models.CharField("Begründung des Standes", max_length=300, blank=True)
    is_public = models.BooleanField("auf der öffentlichen Seite zeigen", default=True)
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

    privacy = Privacy(fields=("created_by",), keep="so lange wie die Akte des Standorts")

    class Meta:
        verbose_name = "Ziel"
        verbose_name_plural = "Ziele"
        ordering = ("site", "position", "pk")

    def __str__(self) -> str:
        return self.title


class LegalNormQuerySet(models.QuerySet["LegalNorm"]):
    def on(self, day: date) -> Self:
        """Norms in force on that day."""
        return self.filter(
            Q(in_force_from__isnull=True) | Q(in_force_from__lte=day),
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=day),
        )

    def within(self, starts_on: date, ends_on: date) -> Self:
        """Norms in force on at least one day of that time."""
        return self.filter(
            Q(in_force_from__isnull=True) | Q(in_force_from__lte=ends_on),
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=starts_on),
        )


class LegalNorm(models.Model):
    """One legal basis of an immigration office's tasks, with the time it was in force."""

    key = models.SlugField("Kennung", unique=True)
    kind = models.CharField("Gruppe", max_length=12, choices=NormKind)
    norm = models.CharField("Norm", max_length=60)
    task = models.CharField("Was die Behörde danach tut", max_length=200)
    in_force_from = models.DateField("in Kraft seit", null=True, blank=True)
    in_force_to = models.DateField("in Kraft bis", null=True, blank=True)
    note = models.CharField("Hinweis zur Geltung", max_length=160, blank=True)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=100)

    objects = LegalNormQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Rechtsgrundlage"
        verbose_name_plural = "Rechtsgrundlagen"
        ordering = ("kind", "position", "pk")

    def __str__(self) -> str:
        return self.norm
