"""Forms that were sent: the same form sent twice has one result (trap T12)."""

from django.db import models

from programme import clock
from programme.privacy import NO_PERSONAL_DATA


class Submission(models.Model):
    """A form key and the page its one result is shown on."""

    key = models.UUIDField("Formularschlüssel", unique=True)
    result_url = models.CharField("Ergebnisseite", max_length=400, blank=True)
    created_at = models.DateTimeField("gesendet am", default=clock.now)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "gesendetes Formular"
        verbose_name_plural = "gesendete Formulare"

    def __str__(self) -> str:
        return str(self.key)
