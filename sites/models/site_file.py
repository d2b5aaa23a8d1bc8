"""The file of a site: phases with dates, the signed agreement, steering group and contacts."""

from django.conf import settings
from django.db import models

from programme import clock
from programme.privacy import NO_PERSONAL_DATA, Privacy
from sites.enums import Phase, SiteContactKind
from sites.models.site import Site


class SitePhase(models.Model):
    """One phase at one site; every date may be open, unknown days stay empty."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="phases"
    )
    phase = models.CharField("Phase", max_length=20, choices=Phase)
    planned_from = models.DateField("geplant von", null=True, blank=True)
    planned_to = models.DateField("geplant bis", null=True, blank=True)
    actual_from = models.DateField("begonnen am", null=True, blank=True)
    actual_to = models.DateField("abgeschlossen am", null=True, blank=True)
    note = models.CharField("Anmerkung", max_length=300, blank=True)
    outside_reason = models.CharField(
        "Warum ein Datum außerhalb der Laufzeit stimmt", max_length=200, blank=True
    )
    source_note = models.CharField("Quelle", max_length=200, blank=True)
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Phase"
        verbose_name_plural = "Phasen"
        ordering = ("site", "pk")
        constraints = [models.UniqueConstraint(fields=["site", "phase"], name="phase_once_a_site")]

    def __str__(self) -> str:
        return f"{self.site}: {self.get_phase_display()}"


class SiteContact(models.Model):
    """Somebody of the site who answers questions or steers; public only if so marked."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="contacts"
    )
    kind = models.CharField(
        "Aufgabe", max_length=10, choices=SiteContactKind, default=SiteContactKind.CONTACT
    )
    function = models.CharField("Funktion", max_length=120)
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    is_public = models.BooleanField("auf der öffentlichen Seite zeigen", default=False)

    privacy = Privacy(
        fields=("function", "name", "email"),
        keep="solange die Person die Aufgabe am Standort hat",
    )

    class Meta:
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"
        ordering = ("site", "kind", "function", "pk")

    def __str__(self) -> str:
        return f"{self.function}, {self.name}" if self.name else self.function


class SiteAgreement(models.Model):
    """The agreement with a site; a new version is added, earlier ones stay."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="agreements"
    )
    agreed_on = models.DateField("vereinbart am")
    note = models.CharField("Anmerkung", max_length=300, blank=True)
    outside_reason = models.CharField(
        "Warum ein Datum außerhalb der Laufzeit stimmt", max_length=200, blank=True
    )
    file = models.FileField("Datei", upload_to="standorte/%Y/", max_length=200)
    name = models.CharField("Dateiname", max_length=130)
    content_type = models.CharField("Dateityp", max_length=120)
    size_bytes = models.PositiveIntegerField("Größe in Byte")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    added_at = models.DateTimeField("hinzugefügt am", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="hinzugefügt von",
        on_delete=models.PROTECT,
        related_name="+",
    )

    privacy = Privacy(fields=("by", "file"), keep="so lange wie die Akte des Standorts")

    class Meta:
        verbose_name = "Standortvereinbarung"
        verbose_name_plural = "Standortvereinbarungen"
        ordering = ("site", "-agreed_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "sha256"],
                name="agreement_file_once",
                violation_error_message="Diese Datei liegt an diesem Standort schon vor.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.agreed_on:%d.%m.%Y}"
