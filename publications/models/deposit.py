"""Copies a publisher owes to libraries."""

from typing import Self

from django.conf import settings
from django.db import models

from programme.privacy import Privacy
from publications.enums import DepositForm, DepositLibrary
from publications.models.edition import Edition


class DepositTaskQuerySet(models.QuerySet["DepositTask"]):
    def open(self) -> Self:
        """Copies nobody has sent or found to be exempt, the most urgent first."""
        return self.filter(done_on=None).order_by("due_on", "pk")


class DepositTask(models.Model):
    """Copies of an edition for one library in one form (check W06).

    `exempt_because` says why nothing had to be sent; the task is done then, too.
    """

    edition = models.ForeignKey(
        Edition, verbose_name="Ausgabe", on_delete=models.CASCADE, related_name="deposits"
    )
    library = models.CharField("Bibliothek", max_length=5, choices=DepositLibrary)
    form = models.CharField("Form", max_length=10, choices=DepositForm)
    copies = models.PositiveSmallIntegerField("Exemplare", default=1)
    due_on = models.DateField("fällig am")
    done_on = models.DateField("erledigt am", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erledigt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    reference = models.CharField("Beleg", max_length=200, blank=True)
    exempt_because = models.CharField("ausgenommen, weil", max_length=200, blank=True)

    objects = DepositTaskQuerySet.as_manager()

    privacy = Privacy(fields=("done_by",), keep="so lange wie die Ausgabe")

    class Meta:
        verbose_name = "Pflichtabgabe"
        verbose_name_plural = "Pflichtabgaben"
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "library", "form"], name="deposit_once_per_library_and_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_library_display()}, {self.get_form_display()}"
