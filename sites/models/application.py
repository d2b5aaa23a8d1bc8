"""The call for sites, what offices hand in, and how the programme team scores it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from network.models import Organisation
from programme import clock
from programme.models import FieldOfAction, Programme
from programme.privacy import NO_PERSONAL_DATA, Privacy
from sites.enums import ApplicationStatus


class Call(models.Model):
    """An invitation to all immigration offices to become a site."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    slug = models.SlugField("Kurzname in Adressen", max_length=80, unique=True)
    title = models.CharField("Titel", max_length=160)
    text = models.TextField("Worum es geht")
    deadline = models.DateField("Bewerbung bis einschließlich")
    opened_on = models.DateField("geöffnet am", null=True, blank=True)
    opened_label = models.CharField("geöffnet (ohne genauen Tag)", max_length=60, blank=True)
    closed_on = models.DateField("geschlossen am", null=True, blank=True)
    source_note = models.CharField("Quelle", max_length=200, blank=True)
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Aufruf"
        verbose_name_plural = "Aufrufe"
        ordering = ("-deadline", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Say whether the call went out, with or without a documented day."""
        return self.opened_on is not None or bool(self.opened_label)

    @property
    def is_open(self) -> bool:
        """Say whether the call is out and was not closed by hand; the deadline is a rule."""
        return self.opened_on is not None and self.closed_on is None


class Criterion(models.Model):
    """One question of the scoring sheet with its weight."""

    call = models.ForeignKey(
        Call, verbose_name="Aufruf", on_delete=models.CASCADE, related_name="criteria"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    title = models.CharField("Kriterium", max_length=120)
    help_text = models.CharField("Woran man es erkennt", max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField("Gewicht (1 bis 5)", default=3)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Kriterium"
        verbose_name_plural = "Kriterien"
        ordering = ("call", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1) & Q(weight__lte=5),
                name="criterion_weight_1_to_5",
                violation_error_message="Bitte wählen Sie ein Gewicht von 1 bis 5.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ApplicationQuerySet(models.QuerySet["Application"]):
    def handed_in(self) -> Self:
        """Applications the team works on or has decided."""
        return self.exclude(status=ApplicationStatus.DRAFT)


class Application(models.Model):
    """What one office writes to become a site: one row an office and call."""

    call = models.ForeignKey(
        Call, verbose_name="Aufruf", on_delete=models.PROTECT, related_name="applications"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="Ausländerbehörde", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        "Stand", max_length=12, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    reasons = models.TextField("Warum möchten Sie teilnehmen?", blank=True)
    situation = models.TextField("Wie ist die Lage?", blank=True)
    foreign_population = models.PositiveIntegerField(
        "Ausländische Einwohnerinnen und Einwohner", null=True, blank=True
    )
    staff_fte = models.DecimalField(
        "Stellen (Vollzeit)", max_digits=6, decimal_places=1, null=True, blank=True
    )
    visitors_per_day = models.PositiveIntegerField("Vorsprachen je Tag", null=True, blank=True)
    backlog_cases = models.PositiveIntegerField("Offene Anträge", null=True, blank=True)
    figures_as_of = models.DateField("Stand der Zahlen", null=True, blank=True)
    wishes = models.ManyToManyField(
        FieldOfAction, verbose_name="Gewünschte Handlungsfelder", related_name="+", blank=True
    )
    wishes_note = models.TextField("Was soll sich ändern?", blank=True)
    head_function = models.CharField("Behördenleitung (Funktion)", max_length=120, blank=True)
    head_consents = models.BooleanField("Die Behördenleitung stimmt zu", default=False)
    contact_email = models.EmailField("E-Mail-Adresse für Rückfragen", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="angelegt von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("angelegt am", default=clock.now)
    updated_at = models.DateTimeField("geändert am", default=clock.now)
    handed_in_at = models.DateTimeField("abgegeben am", null=True, blank=True)
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="entschieden von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    decision_reason = models.TextField("Begründung", blank=True)

    objects = ApplicationQuerySet.as_manager()

    privacy = Privacy(
        fields=("head_function", "contact_email", "created_by", "decided_by"),
        keep="so lange wie die Akte des Auswahlverfahrens",
    )

    class Meta:
        verbose_name = "Bewerbung"
        verbose_name_plural = "Bewerbungen"
        ordering = ("call", "organisation__short_name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"],
                name="one_application_an_office",
                violation_error_message="Für diese Behörde gibt es schon eine Bewerbung.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.call}"

    @property
    def is_draft(self) -> bool:
        return self.status == ApplicationStatus.DRAFT

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None


class ScoreSheet(models.Model):
    """What one person of the team thinks of an application; final once handed in."""

    application = models.ForeignKey(
        Application, verbose_name="Bewerbung", on_delete=models.CASCADE, related_name="sheets"
    )
    scorer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="bewertet von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    comment = models.TextField("Gesamteindruck", blank=True)
    handed_in_at = models.DateTimeField("abgegeben am", null=True, blank=True)
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = Privacy(
        fields=("scorer", "comment"), keep="so lange wie die Akte des Auswahlverfahrens"
    )

    class Meta:
        verbose_name = "Bewertungsbogen"
        verbose_name_plural = "Bewertungsbögen"
        ordering = ("application", "pk")
        constraints = [
            models.UniqueConstraint(fields=["application", "scorer"], name="one_sheet_a_scorer")
        ]

    def __str__(self) -> str:
        return f"{self.application} – {self.scorer}"


class Score(models.Model):
    """Points of one sheet for one criterion, from 0 (not recognisable) to 4 (fully)."""

    sheet = models.ForeignKey(
        ScoreSheet, verbose_name="Bogen", on_delete=models.CASCADE, related_name="scores"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name="Kriterium", on_delete=models.PROTECT, related_name="+"
    )
    points = models.PositiveSmallIntegerField("Punkte")

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Bewertung"
        verbose_name_plural = "Bewertungen"
        ordering = ("sheet", "criterion__position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(
                condition=Q(points__lte=4),
                name="score_points_0_to_4",
                violation_error_message="Bitte vergeben Sie 0 bis 4 Punkte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
