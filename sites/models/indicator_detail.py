"""What stands behind a value: single readings, a breakdown by group, evidence."""

from django.db import models
from django.db.models import Q

from programme.models import StoredFile
from programme.privacy import NO_PERSONAL_DATA, Privacy
from sites.models.indicator import IndicatorValue


class IndicatorReading(models.Model):
    """One of several measurements within the same phase, for example three weeks of counting."""

    value_of = models.ForeignKey(
        IndicatorValue, verbose_name="Wert", on_delete=models.CASCADE, related_name="readings"
    )
    measured_on = models.DateField("gemessen am")
    value = models.DecimalField("Wert", max_digits=12, decimal_places=2)
    n = models.PositiveIntegerField("Zahl der Fälle (n)", null=True, blank=True)
    note = models.CharField("Anmerkung", max_length=200, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Einzelmessung"
        verbose_name_plural = "Einzelmessungen"
        ordering = ("value_of", "measured_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["value_of", "measured_on"],
                name="one_reading_a_day",
                violation_error_message="Für diesen Tag gibt es schon eine Messung.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.value}, {self.measured_on:%d.%m.%Y}"


class IndicatorGroup(models.Model):
    """The share of one group in a value; groups under five never leave the entry page (B13)."""

    value_of = models.ForeignKey(
        IndicatorValue, verbose_name="Wert", on_delete=models.CASCADE, related_name="groups"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=100)
    label = models.CharField("Gruppe", max_length=80)
    value = models.DecimalField("Wert", max_digits=12, decimal_places=2)
    numerator = models.PositiveIntegerField("Zähler", null=True, blank=True)
    denominator = models.PositiveIntegerField("Nenner", null=True, blank=True)
    n = models.PositiveIntegerField("Zahl der Fälle (n)", null=True, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Gruppe eines Wertes"
        verbose_name_plural = "Gruppen eines Wertes"
        ordering = ("value_of", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["value_of", "label"],
                name="one_row_a_group",
                violation_error_message="Diese Gruppe gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="group_denominator_positive",
                violation_error_message="Der Nenner muss größer als null sein.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class IndicatorEvidence(StoredFile):
    """A file that shows where a value comes from; many a value."""

    value_of = models.ForeignKey(
        IndicatorValue, verbose_name="Wert", on_delete=models.CASCADE, related_name="evidence"
    )
    note = models.CharField("Worum es geht", max_length=200, blank=True)
    file = models.FileField("Datei", upload_to="kennzahlen/%Y/", max_length=200)

    privacy = Privacy(fields=("by", "file"), keep="so lange wie die Akte des Standorts")

    class Meta:
        verbose_name = "Nachweis zu einem Wert"
        verbose_name_plural = "Nachweise zu Werten"
        ordering = ("value_of", "added_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["value_of", "sha256"],
                name="evidence_file_once",
                violation_error_message="Diese Datei liegt bei dem Wert schon vor.",
            )
        ]

    def __str__(self) -> str:
        return self.name
