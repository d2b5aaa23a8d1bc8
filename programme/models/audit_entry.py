"""The logbook: who changed what, in a sentence people can read."""

from django.db import models

from programme import clock
from programme.models.user import User
from programme.privacy import Privacy


class AuditEntry(models.Model):
    """One event; rows are only ever added (programme/audit.py)."""

    at = models.DateTimeField("Zeitpunkt", default=clock.now)
    actor = models.ForeignKey(
        User,
        verbose_name="wer",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    verb = models.CharField("Vorgang", max_length=60)
    subject_type = models.CharField("Art des Gegenstands", max_length=60)
    subject_id = models.CharField("Nummer des Gegenstands", max_length=40)
    sentence = models.CharField("was geschah", max_length=400)
    changes = models.JSONField("vorher und nachher", default=dict, blank=True)

    privacy = Privacy(
        fields=("actor", "sentence", "changes"),
        keep="10 Jahre, danach Anbietung an das Landesarchiv",
    )

    class Meta:
        verbose_name = "Protokolleintrag"
        verbose_name_plural = "Protokolleinträge"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return self.sentence
