"""The audit room: checks on the spot, samples, findings with follow-up, and the archive."""

from django.db import models

from programme import clock
from programme.enums import FindingState
from programme.models.grant import KEEP, FundingDocument
from programme.models.programme import Programme
from programme.models.user import User
from programme.models.voucher import Voucher
from programme.privacy import Privacy


class SiteCheck(models.Model):
    """A check on the spot by an audit body (rule F34)."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField("geprüft am")
    checker = models.CharField("prüfende Stelle", max_length=160)
    findings = models.TextField("Ergebnis", blank=True)
    report = models.ForeignKey(
        FundingDocument,
        verbose_name="Prüfbericht",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    follow_up_on = models.DateField("Nachverfolgung am", null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name="erfasst von", on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(fields=("checker", "findings", "recorded_by"), keep=KEEP)

    class Meta:
        verbose_name = "Vor-Ort-Prüfung"
        verbose_name_plural = "Vor-Ort-Prüfungen"
        ordering = ("-checked_on", "-pk")

    def __str__(self) -> str:
        return f"Prüfung vom {self.checked_on:%d.%m.%Y}"


class AuditSample(models.Model):
    """Vouchers drawn at random; seed and size let anybody draw the same ones again."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    drawn_by = models.ForeignKey(
        User, verbose_name="gezogen von", on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField("gezogen am", default=clock.now)
    seed = models.BigIntegerField("Startwert")
    size = models.PositiveSmallIntegerField("Umfang")
    population = models.PositiveIntegerField("Belege insgesamt")
    criteria = models.JSONField("Auswahl", default=dict, blank=True)
    vouchers = models.ManyToManyField(Voucher, verbose_name="Belege", related_name="+")

    privacy = Privacy(fields=("drawn_by",), keep=KEEP)

    class Meta:
        verbose_name = "Stichprobe"
        verbose_name_plural = "Stichproben"
        ordering = ("-drawn_at", "-pk")

    def __str__(self) -> str:
        return f"Stichprobe vom {clock.day_of(self.drawn_at):%d.%m.%Y}"


class AuditFinding(models.Model):
    """What an auditor found at a voucher, a proof or a figure, and what became of it."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField("Nummer")
    # What it is about: "voucher:12", "proof:3", "line:2", and its name as people read it.
    subject_key = models.CharField("Gegenstand, Schlüssel", max_length=60)
    subject_title = models.CharField("Gegenstand", max_length=200)
    text = models.TextField("Feststellung")
    amount_eur = models.DecimalField(
        "beanstandeter Betrag", max_digits=12, decimal_places=2, null=True, blank=True
    )
    follow_up_on = models.DateField("Nachverfolgung am", null=True, blank=True)
    state = models.CharField(
        "Stand", max_length=10, choices=FindingState, default=FindingState.OPEN
    )
    found_by = models.ForeignKey(
        User, verbose_name="festgestellt von", on_delete=models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField("festgestellt am", default=clock.now)
    answer = models.TextField("Antwort", blank=True)
    answered_by = models.ForeignKey(
        User,
        verbose_name="beantwortet von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True)
    closed_at = models.DateTimeField("erledigt am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    privacy = Privacy(fields=("text", "answer", "found_by", "answered_by"), keep=KEEP)

    class Meta:
        verbose_name = "Feststellung"
        verbose_name_plural = "Feststellungen"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=~models.Q(answered_by=models.F("found_by")),
                name="finding_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Feststellung {self.number}"


class ArchiveOffer(models.Model):
    """The file of the funding was offered to the state archive (rule F33)."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    offered_on = models.DateField("angeboten am")
    decided_on = models.DateField("entschieden am", null=True, blank=True)
    is_taken = models.BooleanField("vom Archiv übernommen", null=True, blank=True)
    note = models.CharField("Bemerkung", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name="erfasst von", on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(fields=("recorded_by",), keep="dauerhaft, als Nachweis der Anbietung")

    class Meta:
        verbose_name = "Anbietung an das Archiv"
        verbose_name_plural = "Anbietungen an das Archiv"
        ordering = ("-offered_on", "-pk")

    def __str__(self) -> str:
        return f"Anbietung vom {self.offered_on:%d.%m.%Y}"


class FundingRelease(models.Model):
    """The two people who let the file of the funding go (rule F33).

    The database deletes parts of the file only while such a row is open (programme/triggers.py).
    """

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    offer = models.ForeignKey(
        ArchiveOffer,
        verbose_name="Anbietung an das Archiv",
        on_delete=models.PROTECT,
        related_name="releases",
    )
    released_by = models.ForeignKey(
        User,
        verbose_name="Entscheidung des Archivs eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    erased_by = models.ForeignKey(
        User, verbose_name="gelöscht von", on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("freigegeben am", default=clock.now)
    closed_at = models.DateTimeField("abgeschlossen am", null=True, blank=True)

    privacy = Privacy(
        fields=("released_by", "erased_by"), keep="dauerhaft, als Nachweis der Löschung"
    )

    class Meta:
        verbose_name = "Freigabe der Förderakte"
        verbose_name_plural = "Freigaben der Förderakte"
        ordering = ("-opened_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(erased_by=models.F("released_by")),
                name="release_four_eyes",
                violation_error_message="Löschen muss eine andere Person.",
            )
        ]

    def __str__(self) -> str:
        return f"Freigabe vom {clock.day_of(self.opened_at):%d.%m.%Y}"
