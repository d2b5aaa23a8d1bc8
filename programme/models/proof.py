"""Proofs of use: narrative, figures as they were submitted, and the files that went out."""

from decimal import Decimal

from django.db import models

from programme import clock
from programme.enums import ProofKind, ProofStatus
from programme.models.drawdown import Drawdown
from programme.models.funding import FinancingPlan
from programme.models.grant import KEEP
from programme.models.programme import Programme
from programme.models.stored_file import StoredFile
from programme.models.user import User
from programme.privacy import NO_PERSONAL_DATA, Privacy


class ProofOfUse(models.Model):
    """A version of an interim or final proof; read-only once submitted (rule F36)."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="proofs"
    )
    kind = models.CharField("Art", max_length=10, choices=ProofKind)
    number = models.PositiveSmallIntegerField("Nummer")
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    replaces = models.OneToOneField(
        "self",
        verbose_name="ersetzt",
        on_delete=models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
    )
    version_reason = models.CharField("Grund der neuen Fassung", max_length=300, blank=True)
    drawdown = models.ForeignKey(
        Drawdown,
        verbose_name="zum Mittelabruf",
        on_delete=models.PROTECT,
        related_name="proofs",
        null=True,
        blank=True,
    )
    plan = models.ForeignKey(
        FinancingPlan, verbose_name="Finanzierungsplan", on_delete=models.PROTECT, related_name="+"
    )
    period_from = models.DateField("Zeitraum von")
    period_to = models.DateField("Zeitraum bis")
    due_on = models.DateField("fällig am")
    narrative = models.TextField("Sachbericht, Überblick", blank=True)
    status = models.CharField(
        "Stand", max_length=10, choices=ProofStatus, default=ProofStatus.DRAFT
    )
    created_at = models.DateTimeField("angelegt am", default=clock.now)
    checked_by = models.ForeignKey(
        User,
        verbose_name="sachlich richtig",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    checked_at = models.DateTimeField("sachlich geprüft am", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User,
        verbose_name="rechnerisch richtig und eingereicht von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    submitted_on = models.DateField("eingereicht am", null=True, blank=True)
    # Each change counts up; a signature names the revision its person has seen.
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)
    # Every figure and voucher as submitted, and its checksum; empty before.
    figures = models.JSONField("Zahlen beim Einreichen", default=dict, blank=True)
    figures_sha256 = models.CharField("Prüfsumme der Zahlen", max_length=64, blank=True)

    privacy = Privacy(fields=("narrative", "figures", "checked_by", "submitted_by"), keep=KEEP)

    class Meta:
        verbose_name = "Verwendungsnachweis"
        verbose_name_plural = "Verwendungsnachweise"
        ordering = ("period_to", "number", "version")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "number", "version"], name="proof_version_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(submitted_by=models.F("checked_by")),
                name="proof_four_eyes",
                violation_error_message="Die zweite Prüfung muss eine andere Person vornehmen.",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[ProofStatus.SUBMITTED, ProofStatus.REPLACED])
                | models.Q(submitted_by__isnull=False, checked_by__isnull=False),
                name="submitted_proof_has_both_checks",
            ),
            models.CheckConstraint(
                condition=models.Q(period_to__gte=models.F("period_from")),
                name="proof_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}, Fassung {self.version}"


class ProofText(models.Model):
    """What the narrative says about one goal of the programme."""

    proof = models.ForeignKey(
        ProofOfUse, verbose_name="Nachweis", on_delete=models.CASCADE, related_name="texts"
    )
    key = models.CharField("Ziel, Schlüssel", max_length=60)
    position = models.PositiveSmallIntegerField("Reihenfolge")
    title = models.CharField("Ziel", max_length=200)
    text = models.TextField("Text", blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Text zum Ziel"
        verbose_name_plural = "Texte zu den Zielen"
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["proof", "key"], name="proof_text_once")]

    def __str__(self) -> str:
        return self.title


class ProofIndicator(models.Model):
    """The value of one indicator in a proof, or why there is none."""

    proof = models.ForeignKey(
        ProofOfUse, verbose_name="Nachweis", on_delete=models.CASCADE, related_name="indicators"
    )
    key = models.CharField("Kennzahl, Schlüssel", max_length=60)
    position = models.PositiveSmallIntegerField("Reihenfolge")
    title = models.CharField("Kennzahl", max_length=200)
    unit = models.CharField("Einheit", max_length=40, blank=True)
    value = models.DecimalField("Wert", max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField("warum kein Wert vorliegt", max_length=300, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Kennzahl im Nachweis"
        verbose_name_plural = "Kennzahlen im Nachweis"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["proof", "key"], name="proof_indicator_once")
        ]

    def __str__(self) -> str:
        return self.title


class ProofFile(StoredFile):
    """The PDF, the table or the archive of a submitted proof, or its signed copy."""

    proof = models.ForeignKey(
        ProofOfUse, verbose_name="Nachweis", on_delete=models.PROTECT, related_name="files"
    )
    file = models.FileField("Datei", upload_to="nachweise/%Y/", max_length=200)

    privacy = Privacy(fields=("name", "file", "by"), keep=KEEP)

    class Meta:
        verbose_name = "Datei zum Nachweis"
        verbose_name_plural = "Dateien zum Nachweis"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class PeriodLock(models.Model):
    """A half-year that is closed: its figures on that day; later changes show as differences."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="period_locks"
    )
    starts_on = models.DateField("von")
    ends_on = models.DateField("bis")
    locked_by = models.ForeignKey(
        User, verbose_name="abgeschlossen von", on_delete=models.PROTECT, related_name="+"
    )
    locked_at = models.DateTimeField("abgeschlossen am", default=clock.now)
    reason = models.CharField("Grund des Abschlusses", max_length=300, default="")
    total_eur = models.DecimalField(
        "Summe beim Abschluss", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    figures = models.JSONField("Zahlen beim Abschluss", default=dict)
    figures_sha256 = models.CharField("Prüfsumme der Zahlen", max_length=64)
    unlocked_by = models.ForeignKey(
        User,
        verbose_name="geöffnet von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    unlocked_at = models.DateTimeField("geöffnet am", null=True, blank=True)
    unlock_reason = models.CharField("Grund der Öffnung", max_length=300, default="", blank=True)

    privacy = Privacy(fields=("locked_by", "unlocked_by"), keep=KEEP)

    class Meta:
        verbose_name = "abgeschlossenes Halbjahr"
        verbose_name_plural = "abgeschlossene Halbjahre"
        ordering = ("starts_on", "locked_at")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "starts_on"],
                condition=models.Q(unlocked_at__isnull=True),
                name="period_locked_once",
                violation_error_message="Dieses Halbjahr ist schon abgeschlossen.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    unlocked_at__isnull=True, unlocked_by__isnull=True, unlock_reason=""
                )
                | (
                    models.Q(unlocked_at__isnull=False, unlocked_by__isnull=False)
                    & ~models.Q(unlock_reason="")
                ),
                name="period_unlocked_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(unlocked_by=models.F("locked_by")),
                name="period_four_eyes",
                violation_error_message="Öffnen muss das Halbjahr eine andere Person.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"Halbjahr {self.starts_on:%d.%m.%Y} bis {self.ends_on:%d.%m.%Y}"
