"""Proof that personal data were deleted when it was promised (feature B10)."""

from django.db import models

from programme import clock
from programme.models.programme import Programme
from programme.privacy import NO_PERSONAL_DATA


class DeletionReceipt(models.Model):
    """What was deleted, how many records, what stays on which legal ground; holds no names."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField("Vorgang", max_length=200)
    deleted = models.JSONField("gelöscht", default=dict)
    held = models.JSONField("aufbewahrt, mit Rechtsgrund", default=dict)
    done_at = models.DateTimeField("gelöscht am", default=clock.now)
    backups_until = models.DateField("in Sicherungen bis")

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Löschprotokoll"
        verbose_name_plural = "Löschprotokolle"
        ordering = ("-done_at", "-pk")

    def __str__(self) -> str:
        return self.subject
