"""Every answer an office gave, and how to take it back (feature B3)."""

from django.conf import settings
from django.db import models

from network.enums import Answer, AnswerChannel, LateOutcome
from network.models.invitation import Invitation
from programme import clock
from programme.privacy import Privacy


class AnswerEntry(models.Model):
    """One answer: who gave it, what stood before, which registrations it made and ended.

    `before` holds answer, reason and representative as they stood; `made` and `ended` are the
    keys of registrations. The main contact may undo it by link until `undo_until`.
    """

    invitation = models.ForeignKey(
        Invitation, verbose_name="Einladung", on_delete=models.CASCADE, related_name="entries"
    )
    answer = models.CharField("Antwort", max_length=12, choices=Answer)
    given_at = models.DateTimeField("gegeben am", default=clock.now)
    channel = models.CharField(
        "Weg", max_length=10, choices=AnswerChannel, default=AnswerChannel.LINK
    )
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    before = models.JSONField("Stand davor", default=dict)
    made = models.JSONField("angemeldet", default=list)
    ended = models.JSONField("abgemeldet", default=list)
    undo_seed = models.CharField("Zufallswert des Links", max_length=64, blank=True)
    undo_digest = models.CharField(
        "Prüfwert des Links", max_length=64, unique=True, null=True, blank=True
    )
    undo_until = models.DateTimeField("rückgängig bis", null=True, blank=True)
    undone_at = models.DateTimeField("rückgängig gemacht am", null=True, blank=True)

    privacy = Privacy(
        fields=("name", "email", "by", "before"), keep="bis vier Wochen nach dem Treffen"
    )

    class Meta:
        verbose_name = "Antwort"
        verbose_name_plural = "Antworten"
        ordering = ("-given_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {self.invitation}"


class LateRequest(models.Model):
    """A friendly request after the deadline; the programme team decides and answers."""

    invitation = models.ForeignKey(
        Invitation, verbose_name="Einladung", on_delete=models.CASCADE, related_name="late_requests"
    )
    name = models.CharField("Name", max_length=120)
    email = models.EmailField("E-Mail-Adresse")
    message = models.TextField("Anliegen")
    asked_at = models.DateTimeField("eingegangen am", default=clock.now)
    settled_at = models.DateTimeField("erledigt am", null=True, blank=True)
    outcome = models.CharField("Entscheidung", max_length=10, choices=LateOutcome, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erledigt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(
        fields=("name", "email", "message", "settled_by"), keep="bis vier Wochen nach dem Treffen"
    )

    class Meta:
        verbose_name = "Anfrage nach der Frist"
        verbose_name_plural = "Anfragen nach der Frist"
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"{self.name}: {self.invitation}"
