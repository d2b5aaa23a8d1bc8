"""Short versions of a publication: German, Leichte Sprache, English."""

from typing import Self

from django.conf import settings
from django.db import models

from programme import clock
from programme.privacy import Privacy
from publications.enums import Variant
from publications.models.manuscript import Publication


class SummaryQuerySet(models.QuerySet["Summary"]):
    def public(self) -> Self:
        """Summaries somebody has signed off."""
        return self.exclude(signed_at=None)


class Summary(models.Model):
    """The summary of a publication in one language: what is written, and what the public reads.

    Nothing typed is public before a second person has signed it off; signing copies the text into
    the `public_…` columns. `based_on` is the checksum of what the text was made from: of the
    newest edition for the German text, of the public German text for the others.
    """

    publication = models.ForeignKey(
        Publication, verbose_name="Publikation", on_delete=models.CASCADE, related_name="summaries"
    )
    variant = models.CharField("Sprache", max_length=10, choices=Variant)
    title = models.CharField("Überschrift", max_length=200)
    body = models.TextField("Text (Markdown)")
    reviewers = models.CharField("geprüft von", max_length=300, blank=True)
    based_on = models.CharField("Prüfsumme der Vorlage", max_length=64, blank=True)
    version = models.PositiveIntegerField("Fassung", default=1)
    edited_at = models.DateTimeField("bearbeitet am", default=clock.now)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="bearbeitet von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    public_title = models.CharField("freigegebene Überschrift", max_length=200, blank=True)
    public_body = models.TextField("freigegebener Text", blank=True)
    public_reviewers = models.CharField("freigegeben, geprüft von", max_length=300, blank=True)
    public_based_on = models.CharField(
        "Prüfsumme der Vorlage des freigegebenen Textes", max_length=64, blank=True
    )
    signed_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="freigegeben von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = SummaryQuerySet.as_manager()

    privacy = Privacy(
        fields=("edited_by", "signed_by", "reviewers", "public_reviewers"),
        keep="so lange wie die Publikation",
    )

    class Meta:
        verbose_name = "Zusammenfassung"
        verbose_name_plural = "Zusammenfassungen"
        ordering = ("publication", "variant")
        constraints = [
            models.UniqueConstraint(fields=["publication", "variant"], name="summary_once")
        ]

    def __str__(self) -> str:
        return f"{self.publication}: {self.get_variant_display()}"

    @property
    def waits_for_sign_off(self) -> bool:
        """What is written is not what the public reads."""
        written = (self.title, self.body, self.reviewers, self.based_on)
        public = (
            self.public_title,
            self.public_body,
            self.public_reviewers,
            self.public_based_on,
        )
        return self.signed_at is None or written != public
