"""Practice cards: measures that worked, told so that others can copy them (feature B12)."""

from typing import Self

from django.db import models

from network.enums import Audience
from network.models import Meeting, Organisation
from programme import clock
from programme.models import FieldOfAction
from programme.privacy import Privacy
from sites.enums import AdoptionState
from sites.models.measure import Measure
from sites.models.site import Site


class PracticeCardQuerySet(models.QuerySet["PracticeCard"]):
    def released(self) -> Self:
        """Cards that are out, for whatever audience."""
        return self.filter(released_at__isnull=False)

    def public(self) -> Self:
        """Released cards everybody may read."""
        return self.released().filter(audience=Audience.PUBLIC)


class PracticeCard(models.Model):
    """Problem, steps, effort, effect with n, whom to ask; made from a measure of a site."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="practice_cards"
    )
    measure = models.OneToOneField(
        Measure,
        verbose_name="Maßnahme",
        on_delete=models.PROTECT,
        related_name="practice_card",
        null=True,
        blank=True,
    )
    field_of_action = models.ForeignKey(
        FieldOfAction, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("Titel", max_length=160)
    slug = models.SlugField("Kurzname in Adressen", max_length=80, unique=True)
    problem = models.TextField("Ausgangslage")
    steps = models.TextField("Schritte")
    effort_hours = models.DecimalField(
        "Aufwand in Stunden", max_digits=7, decimal_places=1, null=True, blank=True
    )
    effect = models.TextField("Wirkung", blank=True)
    effect_n = models.PositiveIntegerField("beobachtete Fälle", null=True, blank=True)
    contact = models.CharField("Wen Sie fragen können", max_length=200, blank=True)
    audience = models.CharField(
        "Wer es liest", max_length=12, choices=Audience, default=Audience.OFFICES
    )
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    changed_at = models.DateTimeField("zuletzt geändert am", default=clock.now)

    objects = PracticeCardQuerySet.as_manager()

    privacy = Privacy(fields=("contact",), keep="solange der Praxisbaustein veröffentlicht ist")

    class Meta:
        verbose_name = "Praxisbaustein"
        verbose_name_plural = "Praxisbausteine"
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """An office tries a card; at the next meeting it is asked what became of it."""

    card = models.ForeignKey(
        PracticeCard,
        verbose_name="Praxisbaustein",
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="Organisation", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        "Stand", max_length=10, choices=AdoptionState, default=AdoptionState.TRYING
    )
    started_on = models.DateField("probiert seit", default=clock.today)
    asked_at_meeting = models.ForeignKey(
        Meeting,
        verbose_name="gefragt beim Treffen",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    token_seed = models.CharField("Zufallswert des Links", max_length=64, blank=True)
    token_digest = models.CharField(
        "Prüfwert des Links", max_length=64, unique=True, null=True, blank=True
    )
    answered_at = models.DateTimeField("geantwortet am", null=True, blank=True)
    figure = models.DecimalField("Kennzahl", max_digits=9, decimal_places=1, null=True, blank=True)
    figure_unit = models.CharField("Einheit der Kennzahl", max_length=80, blank=True)
    note = models.CharField("Anmerkung", max_length=300, blank=True)

    privacy = Privacy(fields=("note",), keep="solange der Praxisbaustein veröffentlicht ist")

    class Meta:
        verbose_name = "Übernahme"
        verbose_name_plural = "Übernahmen"
        ordering = ("card", "organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["card", "organisation"],
                name="adopted_once",
                violation_error_message="Ihre Stelle probiert diesen Baustein schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.card}"
