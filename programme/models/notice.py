"""News for people in the portal: at once, once a day or once a week, as each one chose."""

from django.db import models

from programme import clock
from programme.enums import NoticeSpeed
from programme.models.mail import OutgoingMail
from programme.models.user import User
from programme.privacy import Privacy


class NoticeChoice(models.Model):
    """How soon one person wants to hear of one topic; without a row the topic's own speed."""

    user = models.ForeignKey(
        User, verbose_name="Person", on_delete=models.CASCADE, related_name="notice_choices"
    )
    topic = models.CharField("Thema", max_length=40)
    speed = models.CharField("Wie bald", max_length=10, choices=NoticeSpeed)

    privacy = Privacy(fields=("user",), keep="solange das Konto besteht")

    class Meta:
        verbose_name = "Wahl der Benachrichtigung"
        verbose_name_plural = "Wahl der Benachrichtigungen"
        ordering = ("user", "topic")
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_choice_a_topic")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_speed_display()}"


class NoticeLink(models.Model):
    """The link in the letters with news by which a person changes the choice without a login."""

    user = models.OneToOneField(
        User, verbose_name="Person", on_delete=models.CASCADE, related_name="notice_link"
    )
    token_seed = models.CharField("Zufallswert des Links", max_length=64)
    token_digest = models.CharField("Prüfwert des Links", max_length=64, unique=True)

    privacy = Privacy(
        fields=("user", "token_seed"), keep="bis zum nächsten Link oder so lange wie das Konto"
    )

    class Meta:
        verbose_name = "Link zu den Benachrichtigungen"
        verbose_name_plural = "Links zu den Benachrichtigungen"
        ordering = ("user",)

    def __str__(self) -> str:
        return f"Link von {self.user}"


class Notice(models.Model):
    """One piece of news for one person, until it went out in a letter."""

    user = models.ForeignKey(
        User, verbose_name="Person", on_delete=models.CASCADE, related_name="notices"
    )
    topic = models.CharField("Thema", max_length=40)
    # The same news is told once however often the step behind it is repeated.
    key = models.CharField("Kennung", max_length=120)
    sentence = models.CharField("Was geschehen ist", max_length=300)
    path = models.CharField("Seite im Portal", max_length=300)
    created_at = models.DateTimeField("entstanden am", default=clock.now)
    sent_at = models.DateTimeField("mitgeteilt am", null=True, blank=True)
    mail = models.ForeignKey(
        OutgoingMail,
        verbose_name="E-Mail",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(
        fields=("user", "sentence"), keep="90 Tage, nachdem die Nachricht mitgeteilt wurde"
    )

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["sent_at", "user", "topic"])]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]

    def __str__(self) -> str:
        return self.sentence
