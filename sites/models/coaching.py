"""Coaching days and what both sides agreed to do next."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import number_format

from programme import clock
from programme.privacy import Privacy
from sites.enums import CoachingDayState, CoachingMode, Side
from sites.models.site import Site


class CoachingDayQuerySet(models.QuerySet["CoachingDay"]):
    def latest_first(self) -> Self:
        """Order from the newest day back."""
        return self.order_by("-held_on", "-pk")

    def counted(self) -> Self:
        """Days the site confirmed: only these count in public figures and in the report."""
        return self.filter(state=CoachingDayState.CONFIRMED)

    def current(self) -> Self:
        """Every day in its valid version, confirmed or not."""
        return self.exclude(state=CoachingDayState.REPLACED)

    def used(self) -> Self:
        """Days that use up the agreed number: each once, also while its correction is checked."""
        first = Q(replaces=None) & ~Q(state=CoachingDayState.REPLACED)
        return self.filter(Q(state=CoachingDayState.CONFIRMED) | first)


class CoachingDay(models.Model):
    """One day of coaching at one site, logged by the coach."""

    site = models.ForeignKey(
        Site, verbose_name="Standort", on_delete=models.PROTECT, related_name="coaching_days"
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="Prozessbegleitung",
        on_delete=models.PROTECT,
        related_name="+",
    )
    held_on = models.DateField("Datum")
    hours = models.DecimalField("Stunden", max_digits=4, decimal_places=2)
    mode = models.CharField(
        "Form", max_length=10, choices=CoachingMode, default=CoachingMode.ON_SITE
    )
    participants = models.PositiveSmallIntegerField("Teilnehmende (Anzahl)")
    topic = models.CharField("Worum ging es?", max_length=160)
    happened = models.TextField("Was ist geschehen?")
    outside_reason = models.CharField(
        "Warum ein Datum außerhalb der Laufzeit stimmt", max_length=200, blank=True
    )
    created_at = models.DateTimeField("eingetragen am", default=clock.now)
    key = models.UUIDField("Schlüssel des Formulars", unique=True, null=True, blank=True)
    state = models.CharField(
        "Stand", max_length=10, choices=CoachingDayState, default=CoachingDayState.HANDED_IN
    )
    changed_at = models.DateTimeField("zuletzt geändert am", default=clock.now)
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="beantwortet von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    remark = models.CharField("Anmerkung des Standorts", max_length=500, blank=True)
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    replaces = models.OneToOneField(
        "self",
        verbose_name="korrigiert",
        on_delete=models.PROTECT,
        related_name="correction",
        null=True,
        blank=True,
    )
    correction_reason = models.CharField("Grund der Korrektur", max_length=300, blank=True)
    token_seed = models.CharField("Zufallswert des Links", max_length=64, blank=True)
    token_digest = models.CharField(
        "Prüfwert des Links", max_length=64, unique=True, null=True, blank=True
    )

    objects = CoachingDayQuerySet.as_manager()

    privacy = Privacy(
        fields=("coach", "happened", "answered_by", "remark"),
        keep="so lange wie die Akte des Standorts",
    )

    class Meta:
        verbose_name = "Begleittag"
        verbose_name_plural = "Begleittage"
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=Decimal(0)) & Q(hours__lte=Decimal(24)),
                name="coaching_hours_within_a_day",
                violation_error_message="Bitte geben Sie zwischen 0,25 und 24 Stunden an.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.held_on:%d.%m.%Y}"

    @property
    def hours_text(self) -> str:
        """Return the hours as people write them: "6,5", not "6,50"."""
        return number_format(self.hours.normalize())

    @property
    def is_open(self) -> bool:
        """Say whether the site has yet to answer."""
        return self.state == CoachingDayState.HANDED_IN

    @property
    def is_editable(self) -> bool:
        """Say whether the coach may still change the day itself."""
        return self.state in {CoachingDayState.HANDED_IN, CoachingDayState.RETURNED}

    @property
    def tone(self) -> str:
        """Return the tone of the badge that shows the state."""
        tones = {CoachingDayState.CONFIRMED: "success", CoachingDayState.RETURNED: "warning"}
        return tones.get(CoachingDayState(self.state), "info")


class NextStep(models.Model):
    """What one side will do until when."""

    coaching_day = models.ForeignKey(
        CoachingDay, verbose_name="Begleittag", on_delete=models.CASCADE, related_name="next_steps"
    )
    side = models.CharField("Wer", max_length=10, choices=Side)
    text = models.CharField("Vereinbarter Schritt", max_length=300)
    due_on = models.DateField("bis wann", null=True, blank=True)
    done_on = models.DateField("erledigt am", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erledigt gemeldet von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(fields=("text", "done_by"), keep="wie der Begleittag")

    class Meta:
        verbose_name = "nächster Schritt"
        verbose_name_plural = "nächste Schritte"
        ordering = ("coaching_day", "side", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def is_overdue(self) -> bool:
        """Say whether the agreed day is over and the step is still open."""
        return self.done_on is None and self.due_on is not None and self.due_on < clock.today()


class CoachingPhoto(models.Model):
    """The flip chart of a day: one picture, written anew without what the camera added."""

    coaching_day = models.OneToOneField(
        CoachingDay, verbose_name="Begleittag", on_delete=models.CASCADE, related_name="photo"
    )
    file = models.FileField("Datei", upload_to="coaching/%Y/")
    name = models.CharField("Dateiname", max_length=140)
    content_type = models.CharField("Dateityp", max_length=20)
    size_bytes = models.PositiveIntegerField("Größe in Byte")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="hinzugefügt von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField("hinzugefügt am", default=clock.now)

    privacy = Privacy(fields=("file", "by"), keep="wie der Begleittag")

    class Meta:
        verbose_name = "Foto eines Begleittags"
        verbose_name_plural = "Fotos von Begleittagen"
        ordering = ("coaching_day",)

    def __str__(self) -> str:
        return self.name


class DayDraft(models.Model):
    """What a coach has typed but not yet handed in; only the coach reads it."""

    key = models.UUIDField("Schlüssel des Formulars", unique=True)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="Prozessbegleitung",
        on_delete=models.PROTECT,
        related_name="+",
    )
    values = models.JSONField("Angaben", default=dict)
    changed_at = models.DateTimeField("zuletzt geändert am", default=clock.now)

    privacy = Privacy(
        fields=("coach", "values"),
        keep="bis der Begleittag eingereicht ist, sonst 90 Tage nach der letzten Änderung",
    )

    class Meta:
        verbose_name = "Entwurf eines Begleittags"
        verbose_name_plural = "Entwürfe von Begleittagen"
        ordering = ("-changed_at", "pk")

    def __str__(self) -> str:
        return f"Entwurf vom {clock.day_of(self.changed_at):%d.%m.%Y}"
