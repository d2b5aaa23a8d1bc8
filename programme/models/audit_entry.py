"""The logbook: who changed what, in a sentence people can read, as a chain of checksums."""

from django.db import models

from programme import clock
from programme.models.user import User
from programme.privacy import NO_PERSONAL_DATA, Privacy


class AuditEntry(models.Model):
    """One event; rows are only ever added and then sealed (programme/audit.py).

    An entry is sealed by its number and by a checksum that includes the one before it. The
    database refuses every other change (programme/triggers.py).
    """

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
    number = models.PositiveBigIntegerField("laufende Nummer", unique=True, null=True, blank=True)
    previous_hash = models.CharField("Prüfsumme des vorigen Eintrags", max_length=64, blank=True)
    entry_hash = models.CharField("Prüfsumme (SHA-256)", max_length=64, blank=True)

    privacy = Privacy(
        fields=("actor", "sentence", "changes"),
        keep="10 Jahre, danach Anbietung an das Landesarchiv",
    )

    class Meta:
        verbose_name = "Protokolleintrag"
        verbose_name_plural = "Protokolleinträge"
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["-at", "-id"], name="audit_newest_first"),
        ]

    def __str__(self) -> str:
        return self.sentence


class AuditChain(models.Model):
    """The end of the chain, in one row: whoever seals entries locks it first."""

    number = models.PositiveBigIntegerField("Nummer des letzten Eintrags", default=0)
    entry_hash = models.CharField("Prüfsumme des letzten Eintrags", max_length=64, blank=True)
    # After the retention the oldest entries are deleted: the chain begins behind them.
    deleted_up_to = models.PositiveBigIntegerField("gelöscht bis Nummer", default=0)
    deleted_hash = models.CharField("Prüfsumme an dieser Stelle", max_length=64, blank=True)
    # Holds a reason only inside a transaction that may delete what is else locked.
    erasing = models.CharField("Löschung im Gang", max_length=120, blank=True)
    checked_at = models.DateTimeField("zuletzt geprüft am", null=True, blank=True)
    fault = models.CharField("gefundener Fehler", max_length=400, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Stand der Protokollkette"
        verbose_name_plural = "Stand der Protokollkette"

    def __str__(self) -> str:
        return f"Protokollkette bis Nummer {self.number}"
