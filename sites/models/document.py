"""Documents of a site with versions, and what was said between its sides."""

from django.conf import settings
from django.db import models

from programme import clock
from programme.models import StoredFile
from programme.privacy import NO_PERSONAL_DATA, Privacy
from sites.enums import CommunicationKind, DocumentAudience, DocumentKind, Retention, Side
from sites.models.site import Site


class SiteDocument(models.Model):
    """A document of a site: its versions hang on it, the newest one counts."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField("Art", max_length=16, choices=DocumentKind)
    title = models.CharField("Titel", max_length=160)
    description = models.CharField("Worum es geht", max_length=300, blank=True)
    audience = models.CharField(
        "Wer es liest", max_length=10, choices=DocumentAudience, default=DocumentAudience.SITE
    )
    retention = models.CharField(
        "Aufbewahrung", max_length=10, choices=Retention, default=Retention.RECORD
    )
    keep_until = models.DateField("aufbewahren bis", null=True, blank=True)
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Unterlage"
        verbose_name_plural = "Unterlagen"
        ordering = ("site", "title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Say whether everybody may read the document, without signing in."""
        return self.audience == DocumentAudience.PUBLIC


class DocumentVersion(StoredFile):
    """One version of a document; earlier ones stay readable."""

    document = models.ForeignKey(
        SiteDocument, verbose_name="Unterlage", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField("Fassung")
    note = models.CharField("Was sich geändert hat", max_length=200, blank=True)
    file = models.FileField("Datei", upload_to="unterlagen/%Y/", max_length=200)

    privacy = Privacy(fields=("by", "file"), keep="wie die Unterlage, zu der die Fassung gehört")

    class Meta:
        verbose_name = "Fassung einer Unterlage"
        verbose_name_plural = "Fassungen der Unterlagen"
        ordering = ("document", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="document_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["document", "sha256"],
                name="document_version_file_once",
                violation_error_message="Diese Datei liegt bei der Unterlage schon vor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, Fassung {self.number}"


class Communication(models.Model):
    """A call, a mail or a talk between the sides of a site that others should know about."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="communications"
    )
    happened_on = models.DateField("Datum")
    kind = models.CharField("Art", max_length=10, choices=CommunicationKind)
    partner = models.CharField("Mit wem (Funktion)", max_length=160)
    topic = models.CharField("Worum ging es?", max_length=160)
    text = models.TextField("Ergebnis", blank=True)
    due_on = models.DateField("wiedervorlegen am", null=True, blank=True)
    done_on = models.DateField("erledigt am", null=True, blank=True)
    outside_reason = models.CharField(
        "Warum ein Datum außerhalb der Laufzeit stimmt", max_length=200, blank=True
    )
    side = models.CharField("eingetragen für", max_length=10, choices=Side, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("eingetragen am", default=clock.now)
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = Privacy(fields=("partner", "text", "by"), keep="so lange wie die Akte des Standorts")

    class Meta:
        verbose_name = "Kontakt"
        verbose_name_plural = "Kontakte"
        ordering = ("-happened_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} am {self.happened_on:%d.%m.%Y}"
