"""Where the money comes from, the numbers of the rules, and the plan."""

from decimal import Decimal

from django.db import models

from programme import clock
from programme.enums import CostCategory, IndirectBase, ParameterKey, PlanStatus, SourceKey
from programme.models.programme import Programme
from programme.models.user import User
from programme.privacy import NO_PERSONAL_DATA, Privacy


class FundingSource(models.Model):
    """Land or AMIF: what was granted, and by which notice."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="sources"
    )
    key = models.CharField("Quelle", max_length=10, choices=SourceKey)
    position = models.PositiveSmallIntegerField("Reihenfolge")
    name = models.CharField("Bezeichnung", max_length=120)
    granted_eur = models.DecimalField("bewilligt", max_digits=12, decimal_places=2)
    is_approximate = models.BooleanField("Betrag ist gerundet („ca.“)", default=False)
    basis = models.CharField("Fundstelle", max_length=200, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Förderquelle"
        verbose_name_plural = "Förderquellen"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="source_once"),
            models.CheckConstraint(
                condition=models.Q(granted_eur__gte=Decimal(0)), name="grant_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name in tables and sentences about amounts: "Land Hessen", "AMIF"."""
        return self.get_key_display().partition(" (")[0]


class RuleParameter(models.Model):
    """One number of the rules F01-F36 with its validity; never written into code."""

    source = models.ForeignKey(
        FundingSource,
        verbose_name="Förderquelle",
        on_delete=models.PROTECT,
        related_name="parameters",
    )
    key = models.CharField("Regelgröße", max_length=40, choices=ParameterKey)
    value = models.DecimalField("Wert", max_digits=12, decimal_places=4)
    unit = models.CharField("Einheit", max_length=30)
    valid_from = models.DateField("gilt ab")
    valid_to = models.DateField("gilt bis", null=True, blank=True)
    basis = models.CharField("Rechtsgrundlage", max_length=200)
    is_confirmed = models.BooleanField("durch eine Quelle belegt", default=False)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Regelgröße"
        verbose_name_plural = "Regelgrößen"
        ordering = ("source", "key", "valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "valid_from"], name="parameter_once_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value.normalize():f} {self.unit}"


class FinancingPlan(models.Model):
    """A version of the financing plan; an approved one is never changed."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="plans"
    )
    version = models.PositiveSmallIntegerField("Fassung")
    status = models.CharField("Stand", max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    note = models.TextField("Anmerkung", blank=True)
    based_on = models.ForeignKey(
        "self",
        verbose_name="geht hervor aus",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    reason = models.TextField("Grund der Fassung", blank=True)
    # The decision of the granting authority, needed beyond the tolerance (rule F09).
    decided_on = models.DateField("Entscheidung der Bewilligungsbehörde vom", null=True, blank=True)
    decision_reference = models.CharField(
        "Aktenzeichen der Entscheidung", max_length=80, blank=True
    )
    document = models.ForeignKey(
        "programme.FundingDocument",
        verbose_name="Dokument zur Entscheidung",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    raised_rate_reason = models.TextField("Grund des erhöhten EU-Anteils", blank=True)
    indirect_base = models.CharField(
        "Grundlage der Pauschale", max_length=10, choices=IndirectBase, blank=True
    )
    is_publicly_procured = models.BooleanField("vollständig öffentlich vergeben", default=False)
    proposed_by = models.ForeignKey(
        User,
        verbose_name="vorgelegt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    proposed_at = models.DateTimeField("vorgelegt am", null=True, blank=True)
    # Each change counts up; an approval names the revision its person has seen.
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)
    approved_on = models.DateField("genehmigt am", null=True, blank=True)
    approved_by = models.ForeignKey(
        User,
        verbose_name="genehmigt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField("angelegt am", default=clock.now)

    privacy = Privacy(
        fields=("proposed_by", "approved_by"), keep="wie die Förderakte (Regelgröße Aufbewahrung)"
    )

    class Meta:
        verbose_name = "Finanzierungsplan"
        verbose_name_plural = "Finanzierungspläne"
        ordering = ("programme", "-version")
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="plan_version_once"),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("proposed_by")),
                name="plan_four_eyes",
                violation_error_message="Die zweite Prüfung muss eine andere Person vornehmen.",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=PlanStatus.APPROVED)
                | models.Q(proposed_by__isnull=False, approved_by__isnull=False),
                name="approved_plan_has_both_checks",
            ),
        ]

    def __str__(self) -> str:
        return f"Finanzierungsplan, Fassung {self.version}"

    @property
    def version_text(self) -> str:
        """The name of the version among its sisters, for headings built in templates."""
        return f"Fassung {self.version}"


class PlannedFunding(models.Model):
    """How much of the plan one source pays."""

    plan = models.ForeignKey(
        FinancingPlan, verbose_name="Plan", on_delete=models.CASCADE, related_name="funding"
    )
    source = models.ForeignKey(
        FundingSource, verbose_name="Förderquelle", on_delete=models.PROTECT, related_name="+"
    )
    planned_eur = models.DecimalField("geplant", max_digits=12, decimal_places=2)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Finanzierung im Plan"
        verbose_name_plural = "Finanzierungen im Plan"
        ordering = ("source__position",)
        constraints = [
            models.UniqueConstraint(fields=["plan", "source"], name="source_once_per_plan"),
            models.CheckConstraint(
                condition=models.Q(planned_eur__gte=Decimal(0)), name="planned_funding_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.planned_eur} EUR"


class BudgetLine(models.Model):
    """One line (Einzelansatz) of a plan."""

    plan = models.ForeignKey(
        FinancingPlan, verbose_name="Plan", on_delete=models.CASCADE, related_name="lines"
    )
    position = models.PositiveSmallIntegerField("Nummer")
    category = models.CharField("Kostenart", max_length=30, choices=CostCategory)
    title = models.CharField("Bezeichnung", max_length=160)
    planned_eur = models.DecimalField("geplant", max_digits=12, decimal_places=2)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Einzelansatz"
        verbose_name_plural = "Einzelansätze"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="line_position_once"),
            models.CheckConstraint(
                condition=models.Q(planned_eur__gte=Decimal(0)), name="planned_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title}"
