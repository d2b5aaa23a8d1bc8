"""What came to the shelf of printed copies and what left it."""

from django.conf import settings
from django.db import models

from programme import clock
from programme.privacy import Privacy
from publications.enums import StockMovementKind
from publications.models.manuscript import Publication
from publications.models.order import Order

OUT = (StockMovementKind.DELIVERED, StockMovementKind.LOST)
IN = (StockMovementKind.ARRIVED, StockMovementKind.RETURNED)


class StockMovement(models.Model):
    """One line of the stock book: `copies` came (positive) or left (negative), `balance` lies now.

    The sum of all lines of a title is its stock; it is never negative.
    """

    publication = models.ForeignKey(
        Publication, verbose_name="Publikation", on_delete=models.PROTECT, related_name="movements"
    )
    kind = models.CharField("Art", max_length=10, choices=StockMovementKind)
    copies = models.IntegerField("Exemplare")
    balance = models.PositiveIntegerField("Bestand danach")
    order = models.ForeignKey(
        Order,
        verbose_name="Bestellung",
        on_delete=models.CASCADE,
        related_name="movements",
        null=True,
        blank=True,
    )
    note = models.CharField("Bemerkung", max_length=200, blank=True)
    at = models.DateTimeField("am", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(fields=("by",), keep="wie die Angaben zum Bestand, bis zum Programmende")

    class Meta:
        verbose_name = "Bestandsbewegung"
        verbose_name_plural = "Bestandsbewegungen"
        ordering = ("publication", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(balance__gte=0),
                name="shelf_never_negative",
                violation_error_message="Der Bestand kann nicht negativ werden.",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(kind=StockMovementKind.COUNTED)
                    | models.Q(kind__in=IN, copies__gt=0)
                    | models.Q(kind__in=OUT, copies__lt=0)
                ),
                name="movement_has_its_sign",
                violation_error_message="Zugänge sind positiv, Abgänge negativ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication}: {self.copies:+d}"
