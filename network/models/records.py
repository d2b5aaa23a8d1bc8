"""What remains of a meeting: minutes, material, survey."""

import uuid

from django.conf import settings
from django.db import models

from network.enums import Audience, MinutesKind
from network.models.agenda import AgendaItem
from network.models.meeting import Meeting
from programme import clock
from programme.privacy import NO_PERSONAL_DATA, Privacy


class MinutesItem(models.Model):
    """A result or a decision of a meeting, under the item of the agenda it belongs to."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="Treffen", on_delete=models.CASCADE, related_name="minutes"
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name="Programmpunkt",
        on_delete=models.SET_NULL,
        related_name="minutes",
        null=True,
        blank=True,
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    kind = models.CharField("Art", max_length=10, choices=MinutesKind, default=MinutesKind.NOTE)
    text = models.TextField("Text")
    owner = models.CharField("Wer kümmert sich", max_length=160, blank=True)
    due_on = models.DateField("bis", null=True, blank=True)
    done_on = models.DateField("erledigt am", null=True, blank=True)

    privacy = Privacy(fields=("owner",), keep="wie die Niederschrift des Treffens")

    class Meta:
        verbose_name = "Eintrag der Niederschrift"
        verbose_name_plural = "Niederschrift"
        ordering = ("meeting", "position")

    def __str__(self) -> str:
        return self.text[:80]


class Material(models.Model):
    """A file of a meeting with the people who may read it and the day of its release."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="Treffen", on_delete=models.PROTECT, related_name="material"
    )
    title = models.CharField("Titel", max_length=160)
    description = models.CharField("Worum es geht", max_length=300, blank=True)
    file = models.FileField("Datei", upload_to="treffen/%Y/", max_length=200)
    name = models.CharField("Dateiname", max_length=120)
    content_type = models.CharField("Dateityp", max_length=120)
    size_bytes = models.PositiveIntegerField("Größe in Byte")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    audience = models.CharField(
        "Wer es liest", max_length=12, choices=Audience, default=Audience.TEAM
    )
    release_on = models.DateField("freigegeben ab", null=True, blank=True)
    added_at = models.DateTimeField("hinzugefügt am", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="hinzugefügt von",
        on_delete=models.PROTECT,
        related_name="+",
    )

    privacy = Privacy(fields=("by", "file"), keep="solange das Treffen dokumentiert ist")

    class Meta:
        verbose_name = "Material"
        verbose_name_plural = "Material"
        ordering = ("meeting", "title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> str:
        """Return the kind of the file as people know it, for example "PDF"."""
        return self.name.rpartition(".")[2].upper()


class Survey(models.Model):
    """Up to five questions after a meeting: [{"key", "text", "kind": "scale" or "text"}]."""

    meeting = models.OneToOneField(
        Meeting, verbose_name="Treffen", on_delete=models.CASCADE, related_name="survey"
    )
    questions = models.JSONField("Fragen", default=list)
    sent_at = models.DateTimeField("verschickt am", null=True, blank=True)
    closes_on = models.DateField("bis", null=True, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Befragung"
        verbose_name_plural = "Befragungen"

    def __str__(self) -> str:
        return f"Befragung zu {self.meeting}"


class SurveyTicket(models.Model):
    """A link that answers once; nothing leads from the answer back to it."""

    survey = models.ForeignKey(
        Survey, verbose_name="Befragung", on_delete=models.CASCADE, related_name="tickets"
    )
    token_digest = models.CharField("Prüfwert des Links", max_length=64, unique=True)
    is_used = models.BooleanField("benutzt", default=False)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Zugang zur Befragung"
        verbose_name_plural = "Zugänge zur Befragung"

    def __str__(self) -> str:
        return f"Zugang zu {self.survey}"


class SurveyAnswer(models.Model):
    """An anonymous answer: no time, no person, a random key, so that the order says nothing."""

    id = models.UUIDField("Schlüssel", primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        Survey, verbose_name="Befragung", on_delete=models.CASCADE, related_name="answers"
    )
    values = models.JSONField("Antworten", default=dict)

    privacy = Privacy(fields=("values",), keep="ohne Namen, solange das Treffen dokumentiert ist")

    class Meta:
        verbose_name = "Antwort auf die Befragung"
        verbose_name_plural = "Antworten auf die Befragung"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Antwort zu {self.survey}"
