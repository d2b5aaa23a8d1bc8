"""Reports of barriers, HVBIT § 4 (2) no. 2."""

from django.db import models

from programme import clock
from programme.enums import BarrierReportStatus
from programme.models.user import User
from programme.privacy import Privacy


class BarrierReport(models.Model):
    """What kept somebody from using a page; to be answered within six weeks (W03)."""

    message = models.TextField("Welche Barriere ist Ihnen begegnet?")
    page_url = models.CharField("Auf welcher Seite?", max_length=400, blank=True)
    email = models.EmailField("E-Mail-Adresse für die Antwort", blank=True)
    status = models.CharField(
        "Stand", max_length=10, choices=BarrierReportStatus, default=BarrierReportStatus.OPEN
    )
    created_at = models.DateTimeField("eingegangen am", default=clock.now)
    closed_at = models.DateTimeField("beantwortet am", null=True, blank=True)
    closed_by = models.ForeignKey(
        User,
        verbose_name="beantwortet von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(
        fields=("message", "email", "closed_by"), keep="bis zur Antwort und ein Jahr danach"
    )

    class Meta:
        verbose_name = "Barrieremeldung"
        verbose_name_plural = "Barrieremeldungen"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"Barrieremeldung {self.pk}"
