"""What the state archive was offered, and what it decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from programme import clock
from programme.privacy import Privacy
from sites.enums import ArchiveDecision
from sites.models.document import SiteDocument


class ArchiveOffer(models.Model):
    """The offer of one record to the archive; without its decision the record stays (F33)."""

    document = models.OneToOneField(
        SiteDocument,
        verbose_name="Unterlage",
        on_delete=models.CASCADE,
        related_name="archive_offer",
    )
    offered_on = models.DateField("angeboten am")
    decision = models.CharField(
        "Entscheidung", max_length=10, choices=ArchiveDecision, default=ArchiveDecision.OPEN
    )
    decided_on = models.DateField("entschieden am", null=True, blank=True)
    note = models.CharField("Geschäftszeichen oder Bemerkung", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = Privacy(fields=("by",), keep="wie die Unterlage, zu der das Angebot gehört")

    class Meta:
        verbose_name = "Angebot an das Archiv"
        verbose_name_plural = "Angebote an das Archiv"
        ordering = ("-offered_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=ArchiveDecision.OPEN, decided_on__isnull=True)
                | (~Q(decision=ArchiveDecision.OPEN) & Q(decided_on__isnull=False)),
                name="archive_decision_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_decision_display()}"
