"""Batches of orders that are packed together."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from programme import clock
from programme.privacy import NO_PERSONAL_DATA, Privacy
from publications.enums import LabelSheet
from publications.models.order import Order


class PackingBatch(models.Model):
    """Orders printed together: packing list, slips and labels in one PDF.

    `first_label` is the place on the sheet of labels at which printing begins, counted from 1;
    the places before it were used up by an earlier batch. The printout is named by its key, for
    printouts are deleted on their own time table.
    """

    number = models.CharField("Nummer", max_length=20, unique=True)
    sheet = models.CharField("Etikettenbogen", max_length=20, choices=LabelSheet)
    first_label = models.PositiveSmallIntegerField("erstes Etikett", default=1)
    printout_key = models.UUIDField("Schlüssel des Ausdrucks", null=True, blank=True)
    printed_at = models.DateTimeField("gedruckt am", default=clock.now)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gedruckt von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField("abgeschlossen am", null=True, blank=True)

    privacy = Privacy(fields=("printed_by",), keep="wie die Bestellungen, bis zum Programmende")

    class Meta:
        verbose_name = "Packliste"
        verbose_name_plural = "Packlisten"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(first_label__gte=1),
                name="labels_begin_at_one",
                violation_error_message="Das erste Etikett eines Bogens hat die Nummer 1.",
            )
        ]

    def __str__(self) -> str:
        return self.number


class PackedOrder(models.Model):
    """One order of a batch, in the order in which slips and labels are printed.

    An order is in one open batch at most; `left_at` says when it was taken out again, because it
    was cancelled or held meanwhile.
    """

    batch = models.ForeignKey(
        PackingBatch, verbose_name="Packliste", on_delete=models.CASCADE, related_name="entries"
    )
    order = models.ForeignKey(
        Order, verbose_name="Bestellung", on_delete=models.CASCADE, related_name="packings"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    left_at = models.DateTimeField("herausgenommen am", null=True, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Bestellung einer Packliste"
        verbose_name_plural = "Bestellungen von Packlisten"
        ordering = ("batch", "position")
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="order_once_per_batch"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(left_at__isnull=True), name="order_in_one_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch}: {self.order}"
