"""What happens on the day: needs, check-ins, certificates."""

import uuid

from django.conf import settings
from django.db import models

from network.enums import CheckInKind
from network.models.registration import Registration
from programme import clock
from programme.privacy import Privacy


class Needs(models.Model):
    """Diet and access needs of one person, encrypted; health data in the sense of Art. 9 DSGVO.

    `secret` is what `programme.vault` made of {"diet": [...], "diet_note": "…", "access": "…"}.
    Seen by the programme team and the data protection officers, deleted 7 days after the meeting.
    """

    registration = models.OneToOneField(
        Registration, verbose_name="Anmeldung", on_delete=models.CASCADE, related_name="needs"
    )
    secret = models.TextField("verschlüsselte Angaben")
    noted_at = models.DateTimeField("angegeben am", default=clock.now)

    privacy = Privacy(fields=("secret",), keep="bis sieben Tage nach dem Treffen")

    class Meta:
        verbose_name = "Bedarf"
        verbose_name_plural = "Bedarfe"

    def __str__(self) -> str:
        return f"Bedarf zu Anmeldung {self.registration_id}"


class CheckIn(models.Model):
    """One step at the entrance: arrived, or taken back; `key` makes each step count once."""

    registration = models.ForeignKey(
        Registration, verbose_name="Anmeldung", on_delete=models.CASCADE, related_name="check_ins"
    )
    key = models.UUIDField("Schlüssel", unique=True, default=uuid.uuid4)
    kind = models.CharField("Art", max_length=10, choices=CheckInKind)
    happened_at = models.DateTimeField("geschehen um", default=clock.now)
    recorded_at = models.DateTimeField("eingetragen um", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        on_delete=models.PROTECT,
        related_name="+",
    )

    privacy = Privacy(
        fields=("registration", "by"),
        keep="wie die Teilnahmenachweise des Treffens (Regelgröße Aufbewahrung)",
    )

    class Meta:
        verbose_name = "Einlass"
        verbose_name_plural = "Einlass"
        ordering = ("happened_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.registration}"


class Certificate(models.Model):
    """Proof that somebody took part; the number can be checked by everybody."""

    registration = models.OneToOneField(
        Registration, verbose_name="Anmeldung", on_delete=models.PROTECT, related_name="certificate"
    )
    number = models.CharField("Nummer", max_length=20, unique=True)
    issued_at = models.DateTimeField("ausgestellt am", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ausgestellt von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    file = models.FileField("PDF", upload_to="bescheinigungen/", max_length=200, blank=True)

    privacy = Privacy(
        fields=("registration", "by", "file"),
        keep="wie die Teilnahmenachweise des Treffens (Regelgröße Aufbewahrung)",
    )

    class Meta:
        verbose_name = "Teilnahmebescheinigung"
        verbose_name_plural = "Teilnahmebescheinigungen"
        ordering = ("number",)

    def __str__(self) -> str:
        return self.number
