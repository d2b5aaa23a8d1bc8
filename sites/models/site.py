"""Coached sites and the people assigned to them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from network.models import Organisation
from programme.models import Programme
from programme.privacy import NO_PERSONAL_DATA, Privacy
from sites.enums import AssignmentKind, SiteStatus

COACHED = (SiteStatus.ACTIVE, SiteStatus.COMPLETED)


class SiteQuerySet(models.QuerySet["Site"]):
    def public(self) -> Self:
        """Sites everybody may read about; a withdrawn one stays visible."""
        return self.exclude(status=SiteStatus.APPLIED)

    def coached(self) -> Self:
        """Sites that were accompanied to the end or still are."""
        return self.filter(status__in=COACHED)


class Site(models.Model):
    """An immigration office in coaching: one row an office and programme."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.OneToOneField(
        Organisation, verbose_name="Ausländerbehörde", on_delete=models.PROTECT, related_name="+"
    )
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    name = models.CharField("Name", max_length=120)
    status = models.CharField(
        "Stand", max_length=10, choices=SiteStatus, default=SiteStatus.APPLIED
    )
    summary = models.TextField("Was angegangen wurde", blank=True)
    starting_point = models.TextField("Ausgangslage", blank=True)
    result = models.TextField("Was sich geändert hat", blank=True)
    lessons = models.TextField("Was der Standort anderen rät", blank=True)
    tasks = models.TextField("Was die Behörde macht", blank=True)
    head = models.CharField("Leitung (Funktion)", max_length=120, blank=True)
    languages = models.CharField("Sprachen am Schalter", max_length=200, blank=True)
    opening_hours = models.TextField("Öffnungszeiten", blank=True)
    website = models.URLField("Internetseite", blank=True)
    profile_changed_at = models.DateTimeField("Profil geändert am", null=True, blank=True)
    selected_label = models.CharField("ausgewählt", max_length=60, blank=True)
    selected_on = models.DateField("ausgewählt am", null=True, blank=True)
    started_on = models.DateField("in Begleitung seit", null=True, blank=True)
    completed_on = models.DateField("abgeschlossen am", null=True, blank=True)
    completed_reason = models.CharField("Anlass des Abschlusses", max_length=300, blank=True)
    withdrawn_on = models.DateField("ausgeschieden am", null=True, blank=True)
    withdrawn_reason = models.CharField("Grund des Ausscheidens", max_length=300, blank=True)
    source_note = models.CharField("Quelle", max_length=200, blank=True)
    budgeted_days = models.PositiveSmallIntegerField(
        "vereinbarte Begleittage", null=True, blank=True
    )

    objects = SiteQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Standort"
        verbose_name_plural = "Standorte"
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_coached(self) -> bool:
        """Say whether the site is accompanied or was to the end; being selected is not enough."""
        return self.status in COACHED

    @property
    def is_withdrawn(self) -> bool:
        """Say whether the site was selected and left before the end."""
        return self.status == SiteStatus.WITHDRAWN

    @property
    def has_ended(self) -> bool:
        """Say whether the coaching is over, completed or not; nothing is late any more then."""
        return self.status in {SiteStatus.COMPLETED, SiteStatus.WITHDRAWN}


class SiteAssignmentQuerySet(models.QuerySet["SiteAssignment"]):
    def on(self, day: date) -> Self:
        """Assignments in force on that day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class SiteAssignment(models.Model):
    """A coach or a member of staff who looks after one site, with dates."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="Person", on_delete=models.PROTECT, related_name="+"
    )
    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="assignments"
    )
    kind = models.CharField("Art", max_length=10, choices=AssignmentKind)
    starts_on = models.DateField("seit")
    ends_on = models.DateField("bis", null=True, blank=True)

    objects = SiteAssignmentQuerySet.as_manager()

    privacy = Privacy(fields=("user",), keep="so lange wie die Akte des Standorts")

    class Meta:
        verbose_name = "Zuständigkeit"
        verbose_name_plural = "Zuständigkeiten"
        ordering = ("site", "kind", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "site", "kind", "starts_on"], name="assigned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.site}"
