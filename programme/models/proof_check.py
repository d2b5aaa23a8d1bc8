"""What a granting authority says about a proof of use after it has examined it."""

from decimal import Decimal

from django.db import models

from programme import clock
from programme.enums import ProofKind
from programme.models.funding import FundingSource
from programme.models.grant import KEEP, FundingDocument
from programme.models.proof import ProofOfUse
from programme.models.user import User
from programme.privacy import Privacy


class ProofCheck(models.Model):
    """A notice about a submitted proof; that about the final one ends the advances (rule F10).

    It counts once a second person has compared it with the paper.
    """

    proof = models.ForeignKey(
        ProofOfUse,
        verbose_name="geprüfter Nachweis",
        on_delete=models.PROTECT,
        related_name="examinations",
    )
    source = models.ForeignKey(
        FundingSource,
        verbose_name="Förderquelle",
        on_delete=models.PROTECT,
        related_name="proof_checks",
    )
    reference = models.CharField("Aktenzeichen", max_length=80)
    issued_on = models.DateField("Bescheid vom")
    # Of what the proof shows for this source.
    recognised_eur = models.DecimalField("anerkannter Betrag", max_digits=12, decimal_places=2)
    reclaimed_eur = models.DecimalField(
        "Rückforderung", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    conditions = models.TextField("Gründe und Auflagen", blank=True)
    document = models.ForeignKey(
        FundingDocument,
        verbose_name="Bescheid als Datei",
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_by = models.ForeignKey(
        User, verbose_name="erfasst von", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("erfasst am", default=clock.now)
    confirmed_by = models.ForeignKey(
        User,
        verbose_name="bestätigt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True)
    # Each change counts up; a confirmation names the revision its person has seen.
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    privacy = Privacy(fields=("recorded_by", "confirmed_by"), keep=KEEP)

    class Meta:
        verbose_name = "Prüfbescheid"
        verbose_name_plural = "Prüfbescheide"
        ordering = ("source__position", "issued_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["proof", "source"],
                name="proof_checked_once_per_source",
                violation_error_message="Zu diesem Nachweis hat die Quelle schon entschieden.",
            ),
            models.CheckConstraint(
                condition=models.Q(recognised_eur__gte=Decimal(0), reclaimed_eur__gte=Decimal(0)),
                name="proof_check_not_negative",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("recorded_by")),
                name="proof_check_four_eyes",
                violation_error_message="Die zweite Prüfung muss eine andere Person vornehmen.",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="proof_check_confirmed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_text} {self.reference} vom {self.issued_on:%d.%m.%Y}"

    @property
    def kind_text(self) -> str:
        """What people call it: the notice about the final proof has a name of its own."""
        return "Schlussbescheid" if self.proof.kind == ProofKind.FINAL else "Prüfbescheid"
