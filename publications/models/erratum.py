"""Corrections of an edition that is out: the edition never changes, its mistakes are told."""

from django.conf import settings
from django.db import models

from programme import clock
from programme.privacy import Privacy
from publications.models.edition import Edition


class Erratum(models.Model):
    """One mistake (B9): where it stands, what was printed, what is right, since when that is known.

    `anchor` names the chapter, `passage` is as readers see it, without Markdown. A correction that
    was itself wrong is withdrawn with its reason, never deleted: mails about it went out.
    """

    edition = models.ForeignKey(
        Edition, verbose_name="Ausgabe", on_delete=models.PROTECT, related_name="errata"
    )
    number = models.PositiveSmallIntegerField("Korrektur")
    anchor = models.SlugField("Sprungmarke des Kapitels")
    chapter = models.CharField("Kapitel", max_length=160)
    passage = models.CharField("steht dort", max_length=500)
    correction = models.CharField("richtig ist", max_length=500)
    known_since = models.DateField("bekannt seit")
    noted_at = models.DateTimeField("eingetragen am", default=clock.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField("zurückgenommen am", null=True, blank=True)
    withdrawal_reason = models.CharField("Grund der Rücknahme", max_length=300, blank=True)

    privacy = Privacy(fields=("noted_by",), keep="so lange wie die Ausgabe")

    class Meta:
        verbose_name = "Korrektur"
        verbose_name_plural = "Korrekturen"
        ordering = ("edition", "number")
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="erratum_number_once"),
            models.UniqueConstraint(
                fields=["edition", "anchor", "passage"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="erratum_passage_once",
                violation_error_message="Diese Stelle ist schon korrigiert.",
            ),
        ]

    def __str__(self) -> str:
        return f"Korrektur {self.number} zu {self.edition}"
