"""What was sent to whom about an invitation, and when reminders go."""

from django.conf import settings
from django.db import models

from network.enums import LetterKind
from network.models.invitation import Invitation
from network.models.meeting import Meeting
from programme import clock
from programme.privacy import NO_PERSONAL_DATA, Privacy


class InvitationLetter(models.Model):
    """One letter to one contact; a letter on paper has no `message_id`.

    The outbox knows by the Message-ID whether it arrived, as long as it keeps the mail.
    """

    invitation = models.ForeignKey(
        Invitation, verbose_name="Einladung", on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField("Art", max_length=12, choices=LetterKind)
    recipient = models.EmailField("Empfänger", blank=True)
    message_id = models.CharField("Message-ID der E-Mail", max_length=120, blank=True)
    sent_at = models.DateTimeField("abgeschickt am", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="veranlasst von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(fields=("recipient", "by"), keep="bis vier Wochen nach dem Treffen")

    class Meta:
        verbose_name = "Schreiben zur Einladung"
        verbose_name_plural = "Schreiben zu Einladungen"
        ordering = ("-sent_at", "-pk")
        indexes = [models.Index(fields=["message_id"], name="letter_by_mail")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.invitation}"


class Reminder(models.Model):
    """A planned reminder to those who have not answered; `sent_at` makes it happen once."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="Treffen", on_delete=models.CASCADE, related_name="reminders"
    )
    days_before = models.PositiveSmallIntegerField("Tage vor der Antwortfrist")
    is_on = models.BooleanField("wird verschickt", default=True)
    sent_at = models.DateTimeField("verschickt am", null=True, blank=True)
    recipients = models.PositiveSmallIntegerField("Organisationen", null=True, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Erinnerung"
        verbose_name_plural = "Erinnerungen"
        ordering = ("meeting", "-days_before")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "days_before"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.days_before} Tage vorher: {self.meeting}"
