"""What must be kept when ordering, beyond numbers: where to and what for."""

from django.db import models

from programme.models import Programme
from programme.privacy import NO_PERSONAL_DATA
from publications.enums import OrderRuleEffect, OrderRuleKind
from publications.models.manuscript import Publication


class OrderRule(models.Model):
    """One rule for all titles of a programme, or for one of them, shown before the basket.

    A rule of region knows its postcodes as pairs (first, last), both included; `effect` is for
    every other address. A rule of purpose asks what for, from so many copies of one title on.
    """

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    publication = models.ForeignKey(
        Publication,
        verbose_name="nur für",
        on_delete=models.CASCADE,
        related_name="order_rules",
        null=True,
        blank=True,
    )
    kind = models.CharField("Art", max_length=10, choices=OrderRuleKind)
    effect = models.CharField(
        "sonst", max_length=10, choices=OrderRuleEffect, default=OrderRuleEffect.HOLD
    )
    name = models.CharField("Bezeichnung", max_length=60)
    text = models.CharField("Satz für Bestellende", max_length=300)
    postcodes = models.JSONField("Postleitzahlen (von, bis)", default=list, blank=True)
    from_copies = models.PositiveSmallIntegerField("ab Exemplaren", null=True, blank=True)
    is_active = models.BooleanField("gilt", default=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Regel für Bestellungen"
        verbose_name_plural = "Regeln für Bestellungen"
        ordering = ("programme", "kind", "pk")

    def __str__(self) -> str:
        return self.name
