"""Every mail that leaves the portal is a row first."""

from datetime import datetime, timedelta

from django.db import models

from programme import clock
from programme.enums import MailStatus
from programme.privacy import Privacy

TRY_FOR = timedelta(hours=72)


def end_of_attempts() -> datetime:
    """Return until when a mail queued now is tried (target M2)."""
    return clock.now() + TRY_FOR


class OutgoingMail(models.Model):
    """One mail to one recipient list, with its fixed Message-ID."""

    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    sender = models.CharField("Absender", max_length=254)
    recipient = models.EmailField("Empfänger")
    reply_to = models.CharField("Antwort an", max_length=254, blank=True)
    subject = models.CharField("Betreff", max_length=250)
    text_body = models.TextField("Text")
    html_body = models.TextField("HTML-Fassung", blank=True)
    letter = models.CharField("Brief", max_length=60, blank=True)
    unsubscribe_url = models.URLField("Adresse zum Abbestellen", max_length=300, blank=True)
    status = models.CharField(
        "Stand", max_length=10, choices=MailStatus, default=MailStatus.WAITING
    )
    created_at = models.DateTimeField("angelegt am", default=clock.now)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    next_attempt_at = models.DateTimeField("nächster Versuch", default=clock.now)
    give_up_at = models.DateTimeField("Versuche bis", default=end_of_attempts)
    last_error = models.CharField("letzter Fehler", max_length=300, blank=True)
    sent_at = models.DateTimeField("versendet am", null=True, blank=True)

    privacy = Privacy(
        fields=(
            *("recipient", "reply_to", "subject", "text_body", "html_body"),
            "unsubscribe_url",
        ),
        keep="90 Tage nach dem Versand oder dem letzten Versuch, danach gelöscht",
    )

    class Meta:
        verbose_name = "ausgehende E-Mail"
        verbose_name_plural = "ausgehende E-Mails"
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.subject} an {self.recipient}"


class MailAttachment(models.Model):
    """A file that travels with a mail, for example a calendar entry."""

    mail = models.ForeignKey(
        OutgoingMail, verbose_name="E-Mail", on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField("Dateiname", max_length=120)
    content_type = models.CharField("Dateityp", max_length=120)
    content = models.BinaryField("Inhalt")

    privacy = Privacy(fields=("content",), keep="wie die E-Mail, zu der die Datei gehört")

    class Meta:
        verbose_name = "Anlage einer E-Mail"
        verbose_name_plural = "Anlagen von E-Mails"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
