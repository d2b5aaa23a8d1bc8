"""The agenda of a meeting and its workshops."""

from django.db import models

from network.models.meeting import Meeting
from programme.models import FieldOfAction
from programme.privacy import Privacy


class AgendaItem(models.Model):
    """One entry of the agenda."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="Treffen", on_delete=models.CASCADE, related_name="agenda"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    begins = models.TimeField("Uhrzeit", null=True, blank=True)
    title = models.CharField("Thema", max_length=160)
    speaker = models.CharField("Vortrag", max_length=160, blank=True)
    field_of_action = models.ForeignKey(
        FieldOfAction,
        verbose_name="Handlungsfeld",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(
        fields=("speaker",), keep="wie das Programm des Treffens, das veröffentlicht ist"
    )

    class Meta:
        verbose_name = "Programmpunkt"
        verbose_name_plural = "Programmpunkte"
        ordering = ("meeting", "position")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once")
        ]

    def __str__(self) -> str:
        return self.title


class Workshop(models.Model):
    """A part of a meeting people choose, with seats and a queue of its own.

    `seats` empty means that everybody who has a seat in the meeting may come.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name="Treffen", on_delete=models.CASCADE, related_name="workshops"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    title = models.CharField("Titel", max_length=160)
    description = models.TextField("Worum es geht", blank=True)
    speaker = models.CharField("Leitung", max_length=160, blank=True)
    field_of_action = models.ForeignKey(
        FieldOfAction,
        verbose_name="Handlungsfeld",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    begins = models.TimeField("Beginn", null=True, blank=True)
    ends = models.TimeField("Ende", null=True, blank=True)
    room = models.CharField("Raum", max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField("Plätze", null=True, blank=True)

    privacy = Privacy(
        fields=("speaker",), keep="wie das Programm des Treffens, das veröffentlicht ist"
    )

    class Meta:
        verbose_name = "Workshop"
        verbose_name_plural = "Workshops"
        ordering = ("meeting", "position")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="workshop_position_once"),
            models.UniqueConstraint(
                fields=["meeting", "title"],
                name="workshop_title_once",
                violation_error_message="Einen Workshop mit diesem Titel gibt es schon.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
