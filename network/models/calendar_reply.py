"""Answers that come back from calendar programs (RFC 5546, feature B2)."""

from django.conf import settings
from django.db import models

from network.enums import CalendarAnswer, ReplySource, ReplyState
from network.models.invitation import Invitation
from network.models.registration import Registration
from programme import clock
from programme.privacy import Privacy


class CalendarReply(models.Model):
    """One REPLY or COUNTER as it came in, and what became of it.

    `fingerprint` is the SHA-256 of what identifies it, so that the same answer counts once.
    """

    fingerprint = models.CharField("Prüfwert", max_length=64, unique=True)
    source = models.CharField("Herkunft", max_length=10, choices=ReplySource)
    uid = models.CharField("Kennung des Termins", max_length=250)
    attendee = models.EmailField("antwortende Adresse", blank=True)
    answer = models.CharField("Antwort", max_length=10, choices=CalendarAnswer, blank=True)
    sequence = models.PositiveIntegerField("Fassung", default=0)
    stamped_at = models.DateTimeField("gegeben am", null=True, blank=True)
    comment = models.TextField("Bemerkung", blank=True)
    raw = models.TextField("Kalenderdatei")
    received_at = models.DateTimeField("eingegangen am", default=clock.now)
    state = models.CharField("Stand", max_length=10, choices=ReplyState)
    note = models.CharField("Hinweis", max_length=300, blank=True)
    is_certain = models.BooleanField("zweifelsfrei von der Stelle", default=False)
    entry_cleared_at = models.DateTimeField("Einladungseintrag entfernt am", null=True, blank=True)
    invitation = models.ForeignKey(
        Invitation,
        verbose_name="Einladung",
        on_delete=models.CASCADE,
        related_name="calendar_replies",
        null=True,
        blank=True,
    )
    registration = models.ForeignKey(
        Registration,
        verbose_name="Anmeldung",
        on_delete=models.CASCADE,
        related_name="calendar_replies",
        null=True,
        blank=True,
    )
    settled_at = models.DateTimeField("geklärt am", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="geklärt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(
        fields=("attendee", "comment", "raw", "settled_by"),
        keep="bis vier Wochen nach dem Treffen, sonst 90 Tage nach dem Eingang",
    )

    class Meta:
        verbose_name = "Antwort aus einem Kalender"
        verbose_name_plural = "Antworten aus Kalendern"
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.uid}"
