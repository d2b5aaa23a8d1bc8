"""What is measured at the sites, and what came out before, during and after the coaching."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme import clock
from programme.privacy import NO_PERSONAL_DATA, Privacy
from sites.enums import Better, IndicatorKind, IndicatorPhase, ValueMethod
from sites.models.site import Site

RECORD = "so lange wie die Akte des Standorts"


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def of(self, site: Site) -> Self:
        """Return the shared catalogue and the own indicators of one site."""
        return self.filter(Q(site__isnull=True) | Q(site=site))


class Indicator(models.Model):
    """One figure with its definition; without a site it belongs to the shared catalogue."""

    site = models.ForeignKey(
        Site,
        verbose_name="nur für den Standort",
        on_delete=models.PROTECT,
        related_name="indicators",
        null=True,
        blank=True,
    )
    key = models.SlugField("Kennung", unique=True)
    name = models.CharField("Kennzahl", max_length=120)
    unit = models.CharField("Einheit", max_length=40)
    kind = models.CharField("Art", max_length=10, choices=IndicatorKind)
    better = models.CharField("Besser ist", max_length=10, choices=Better, default=Better.NEUTRAL)
    definition = models.CharField("Was genau gemessen wird", max_length=400)
    # A count of people or cases: one under five could tell who they are, so it is never shown.
    counts_cases = models.BooleanField("zählt Personen oder Fälle", default=True)
    version = models.PositiveSmallIntegerField("Fassung der Definition", default=1)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=100)

    objects = IndicatorQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Kennzahl"
        verbose_name_plural = "Kennzahlen"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class IndicatorValue(models.Model):
    """What one site measured in one phase, or why it could not be measured."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="indicator_values"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name="Kennzahl", on_delete=models.PROTECT, related_name="values"
    )
    phase = models.CharField("Zeitpunkt", max_length=10, choices=IndicatorPhase)
    value = models.DecimalField("Wert", max_digits=12, decimal_places=2, null=True, blank=True)
    numerator = models.PositiveIntegerField("Zähler", null=True, blank=True)
    denominator = models.PositiveIntegerField("Nenner", null=True, blank=True)
    n = models.PositiveIntegerField("Zahl der Fälle (n)", null=True, blank=True)
    measured_on = models.DateField("gemessen am", null=True, blank=True)
    period_from = models.DateField("Zeitraum von", null=True, blank=True)
    period_to = models.DateField("Zeitraum bis", null=True, blank=True)
    method = models.CharField("Methode", max_length=10, choices=ValueMethod, blank=True)
    source = models.CharField("Quelle", max_length=200, blank=True)
    outside_events = models.CharField("Ereignisse von außen", max_length=300, blank=True)
    unavailable_reason = models.CharField("Grund, wenn nicht verfügbar", max_length=300, blank=True)
    outside_reason = models.CharField(
        "Warum ein Datum außerhalb der Laufzeit stimmt", max_length=200, blank=True
    )
    definition_version = models.PositiveSmallIntegerField("Fassung der Definition", default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    changed_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = Privacy(fields=("entered_by",), keep=RECORD)

    class Meta:
        verbose_name = "Wert einer Kennzahl"
        verbose_name_plural = "Werte der Kennzahlen"
        ordering = ("site", "indicator__position", "phase", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "indicator", "phase"], name="indicator_value_once"
            ),
            models.CheckConstraint(
                condition=(
                    Q(value__isnull=False, unavailable_reason="")
                    | Q(value__isnull=True) & ~Q(unavailable_reason="")
                ),
                name="indicator_value_or_reason",
                violation_error_message="Bitte geben Sie einen Wert oder den Grund an.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="indicator_denominator_positive",
                violation_error_message="Der Nenner muss größer als null sein.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(period_from__isnull=True)
                    | Q(period_to__isnull=True)
                    | Q(period_to__gte=F("period_from"))
                ),
                name="indicator_period_in_order",
                violation_error_message="Das Ende des Zeitraums liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.get_phase_display()}"

    @property
    def is_available(self) -> bool:
        """Say whether there is a value, not only a reason."""
        return self.value is not None


class IndicatorRelease(models.Model):
    """The values of one indicator at one site may be read by everybody."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="indicator_releases"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name="Kennzahl", on_delete=models.PROTECT, related_name="releases"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="freigegeben von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    released_at = models.DateTimeField("freigegeben am", default=clock.now)

    privacy = Privacy(fields=("released_by",), keep=RECORD)

    class Meta:
        verbose_name = "Freigabe einer Kennzahl"
        verbose_name_plural = "Freigaben der Kennzahlen"
        ordering = ("site", "indicator__position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["site", "indicator"], name="indicator_released_once")
        ]

    def __str__(self) -> str:
        return f"Freigabe: {self.indicator}"


class IndicatorNudge(models.Model):
    """A letter that reminded somebody of missing values, at most one a week."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="indicator_nudges"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erinnert wurde",
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erinnert von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField("erinnert am", default=clock.now)

    privacy = Privacy(fields=("recipient", "sent_by"), keep=RECORD)

    class Meta:
        verbose_name = "Erinnerung an Kennzahlen"
        verbose_name_plural = "Erinnerungen an Kennzahlen"
        ordering = ("-sent_at", "-pk")
        indexes = [models.Index(fields=["site", "recipient", "sent_at"])]

    def __str__(self) -> str:
        return f"Erinnerung vom {clock.day_of(self.sent_at):%d.%m.%Y}"
