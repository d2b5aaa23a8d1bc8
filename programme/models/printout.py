"""A document somebody asked for; the worker makes it, the person fetches it."""

import uuid

from django.conf import settings
from django.db import models

from programme import clock
from programme.enums import PrintoutStatus
from programme.privacy import Privacy


class Printout(models.Model):
    """A list, badges or letters as PDF for the one person who asked for it."""

    id = models.UUIDField("Schlüssel", primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField("Titel", max_length=160)
    download_name = models.CharField("Dateiname", max_length=120)
    back_url = models.CharField("zurück zu", max_length=200, blank=True)
    status = models.CharField(
        "Stand", max_length=10, choices=PrintoutStatus, default=PrintoutStatus.WAITING
    )
    error = models.CharField("Fehler", max_length=300, blank=True)
    file = models.FileField("PDF", upload_to="ausdrucke/", max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField("Seiten", null=True, blank=True)
    requested_at = models.DateTimeField("angefordert am", default=clock.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="angefordert von",
        on_delete=models.PROTECT,
        related_name="+",
    )

    privacy = Privacy(fields=("file", "requested_by"), keep="sieben Tage")

    class Meta:
        verbose_name = "Ausdruck"
        verbose_name_plural = "Ausdrucke"
        ordering = ("-requested_at",)

    def __str__(self) -> str:
        return self.title
