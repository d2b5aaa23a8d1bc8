"""Frozen editions and how often they were downloaded."""

from typing import Self

from django.conf import settings
from django.db import models

from programme import clock
from programme.privacy import NO_PERSONAL_DATA, Privacy
from publications.enums import DownloadFormat, EditionStatus, FileStatus
from publications.models.manuscript import Publication


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> Self:
        """Editions everybody may read, the newest first."""
        return self.filter(status=EditionStatus.PUBLISHED).order_by("-number")


class Edition(models.Model):
    """A copy of all text and all figures at one moment, with its PDF; never edited.

    `snapshot` holds everything both the web page and the PDF are made of; `progress` (0-100)
    and `stage` tell how far the worker is.
    """

    publication = models.ForeignKey(
        Publication, verbose_name="Publikation", on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField("Ausgabe")
    status = models.CharField(
        "Stand", max_length=10, choices=EditionStatus, default=EditionStatus.QUEUED
    )
    progress = models.PositiveSmallIntegerField("Fortschritt in Prozent", default=0)
    stage = models.CharField("Arbeitsschritt", max_length=120, blank=True)
    failure = models.CharField("Grund des Scheiterns", max_length=300, blank=True)
    snapshot = models.JSONField("eingefrorene Daten")
    snapshot_sha256 = models.CharField("Prüfsumme der Daten", max_length=64)
    frozen_at = models.DateTimeField("eingefroren am", default=clock.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingefroren von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    first_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erste Freigabe",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    second_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="zweite Freigabe",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    pdf = models.FileField("PDF", upload_to="publikationen/", max_length=200, blank=True)
    pdf_sha256 = models.CharField("Prüfsumme des PDF", max_length=64, blank=True)
    pdf_bytes = models.PositiveIntegerField("Größe des PDF in Byte", default=0)
    pdf_pages = models.PositiveSmallIntegerField("Seiten", default=0)
    published_at = models.DateTimeField("veröffentlicht am", null=True, blank=True)
    isbn = models.CharField("ISBN", max_length=17, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    urn = models.CharField("URN", max_length=200, blank=True)
    described_at = models.DateTimeField("Kennungen geändert am", null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    privacy = Privacy(
        fields=("frozen_by", "first_signed_by", "second_signed_by"), keep="so lange wie die Ausgabe"
    )

    class Meta:
        verbose_name = "Ausgabe"
        verbose_name_plural = "Ausgaben"
        ordering = ("publication", "-number")
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=models.Q(first_signed_by__isnull=True, second_signed_by__isnull=True)
                | (
                    models.Q(first_signed_by__isnull=False, second_signed_by__isnull=False)
                    & ~models.Q(first_signed_by=models.F("second_signed_by"))
                ),
                name="edition_signed_by_two_people",
                violation_error_message="Zwei verschiedene Personen geben eine Ausgabe frei.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication}, Ausgabe {self.number}"

    @property
    def is_finished(self) -> bool:
        """The worker has nothing left to do, for better or worse."""
        return self.status in {EditionStatus.PUBLISHED, EditionStatus.FAILED}


class EditionFileQuerySet(models.QuerySet["EditionFile"]):
    def ready(self) -> Self:
        """Files of published editions that can be fetched."""
        return self.filter(status=FileStatus.READY, edition__status=EditionStatus.PUBLISHED)


class EditionFile(models.Model):
    """A further format of an edition, made once from its snapshot and never again.

    `failure` says why it could not be made; `pages` is 0 where a format has none.
    """

    edition = models.ForeignKey(
        Edition, verbose_name="Ausgabe", on_delete=models.CASCADE, related_name="files"
    )
    format = models.CharField("Format", max_length=10, choices=DownloadFormat)
    status = models.CharField("Stand", max_length=10, choices=FileStatus, default=FileStatus.QUEUED)
    failure = models.CharField("Grund des Scheiterns", max_length=300, blank=True)
    file = models.FileField("Datei", upload_to="publikationen/", max_length=200, blank=True)
    sha256 = models.CharField("Prüfsumme der Datei", max_length=64, blank=True)
    bytes = models.PositiveIntegerField("Größe in Byte", default=0)
    pages = models.PositiveSmallIntegerField("Seiten", default=0)
    made_at = models.DateTimeField("erzeugt am", null=True, blank=True)

    objects = EditionFileQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Datei einer Ausgabe"
        verbose_name_plural = "Dateien der Ausgaben"
        ordering = ("edition", "format")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format"], name="edition_file_once_per_format"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_format_display()}"

    @property
    def is_ready(self) -> bool:
        return self.status == FileStatus.READY

    @property
    def is_in_work(self) -> bool:
        return self.status in {FileStatus.QUEUED, FileStatus.MAKING}


class DownloadCount(models.Model):
    """How often a format was downloaded on one day; no address, no cookie."""

    edition = models.ForeignKey(
        Edition, verbose_name="Ausgabe", on_delete=models.CASCADE, related_name="downloads"
    )
    format = models.CharField("Format", max_length=10, choices=DownloadFormat)
    day = models.DateField("Tag")
    count = models.PositiveIntegerField("Anzahl", default=0)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Abrufzahl"
        verbose_name_plural = "Abrufzahlen"
        ordering = ("edition", "-day")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format", "day"], name="download_count_once_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.count}"
