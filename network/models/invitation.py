"""One invitation an organisation and a meeting."""

from django.db import models

from network.enums import Answer, CalendarAnswer
from network.models.meeting import Meeting
from network.models.organisation import Organisation
from programme import clock
from programme.privacy import Privacy


class Invitation(models.Model):
    """The office's own link and what the office answered.

    Only a random seed and a hash of the token are stored (target A7); `programme.tokens`
    makes the token again from the seed and the secret key when a mail needs the link.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name="Treffen", on_delete=models.PROTECT, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="Organisation",
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    token_seed = models.CharField("Zufallswert des Links", max_length=64)
    token_digest = models.CharField("Prüfwert des Links", max_length=64, unique=True)
    invited_at = models.DateTimeField("eingeladen am", default=clock.now)
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)
    calendar_sequence = models.PositiveSmallIntegerField("Fassung des Kalendereintrags", default=0)
    seats_override = models.PositiveSmallIntegerField("abweichende Plätze", null=True, blank=True)
    answer = models.CharField("Antwort", max_length=12, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField("geantwortet am", null=True, blank=True)
    decline_reason = models.CharField("Grund der Absage", max_length=300, blank=True)
    represented_by = models.CharField("vertreten durch", max_length=200, blank=True)
    calendar_answer = models.CharField(
        "Antwort aus dem Kalender", max_length=10, choices=CalendarAnswer, blank=True
    )
    names_asked_at = models.DateTimeField("nach Namen gefragt am", null=True, blank=True)

    privacy = Privacy(
        fields=("decline_reason", "represented_by"),
        keep="wie die Teilnahmenachweise des Treffens (Regelgröße Aufbewahrung)",
    )

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ("organisation__short_name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                name="invited_once",
                violation_error_message="Diese Organisation ist schon eingeladen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.meeting}"
