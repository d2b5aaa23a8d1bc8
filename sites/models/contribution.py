"""The part of the report a site writes beside its own figures, with comments and signature."""

from django.conf import settings
from django.db import models

from programme import clock
from programme.privacy import Privacy
from sites.enums import ContributionPart, ContributionState
from sites.models.site import Site

RECORD = "so lange wie die Akte des Standorts"


class Contribution(models.Model):
    """What a site tells about its time in the programme: one row a site."""

    site = models.OneToOneField(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="contribution"
    )
    starting_point = models.TextField("Ausgangslage", blank=True)
    approach = models.TextField("Was wir angegangen sind", blank=True)
    result = models.TextField("Was sich geändert hat", blank=True)
    lessons = models.TextField("Was wir anderen raten", blank=True)
    state = models.CharField(
        "Stand", max_length=12, choices=ContributionState, default=ContributionState.DRAFT
    )
    state_reason = models.CharField("Grund der Rückgabe", max_length=300, blank=True)
    version = models.PositiveSmallIntegerField("abgegebene Fassung", default=0)
    due_on = models.DateField("abzugeben bis", null=True, blank=True)
    updated_at = models.DateTimeField("geändert am", default=clock.now)

    privacy = Privacy(fields=("starting_point", "approach", "result", "lessons"), keep=RECORD)

    class Meta:
        verbose_name = "Beitrag eines Standorts"
        verbose_name_plural = "Beiträge der Standorte"
        ordering = ("site",)

    def __str__(self) -> str:
        return f"Beitrag: {self.site}"


class ContributionVersion(models.Model):
    """The texts as they were handed in; a signature belongs to exactly one version."""

    contribution = models.ForeignKey(
        Contribution, verbose_name="Beitrag", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField("Fassung")
    texts = models.JSONField("Texte")
    handed_in_at = models.DateTimeField("abgegeben am", default=clock.now)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="abgegeben von",
        on_delete=models.PROTECT,
        related_name="+",
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

    privacy = Privacy(fields=("texts", "handed_in_by", "signed_by"), keep=RECORD)

    class Meta:
        verbose_name = "Fassung eines Beitrags"
        verbose_name_plural = "Fassungen der Beiträge"
        ordering = ("contribution", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="contribution_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution}, Fassung {self.number}"


class ContributionComment(models.Model):
    """A remark of the coach or the team on one part; the site settles it."""

    contribution = models.ForeignKey(
        Contribution, verbose_name="Beitrag", on_delete=models.CASCADE, related_name="comments"
    )
    part = models.CharField("Abschnitt", max_length=16, choices=ContributionPart)
    text = models.CharField("Anmerkung", max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="angemerkt von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("angemerkt am", default=clock.now)
    settled_at = models.DateTimeField("erledigt am", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erledigt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(fields=("text", "by", "settled_by"), keep=RECORD)

    class Meta:
        verbose_name = "Anmerkung zu einem Beitrag"
        verbose_name_plural = "Anmerkungen zu Beiträgen"
        ordering = ("contribution", "created_at", "pk")

    def __str__(self) -> str:
        return self.text[:80]
