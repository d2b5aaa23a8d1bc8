"""How a manuscript is proofread: drafts of one person, comments, sign-offs."""

from django.conf import settings
from django.db import models

from programme import clock
from programme.privacy import Privacy
from publications.models.manuscript import Block, Publication


class BlockDraft(models.Model):
    """What one person has typed into a text but not saved; nobody else reads it."""

    block = models.ForeignKey(
        Block, verbose_name="Baustein", on_delete=models.CASCADE, related_name="drafts"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wer schreibt",
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = models.TextField("Text (Markdown)")
    version = models.PositiveIntegerField("begonnen mit Fassung")
    kept_at = models.DateTimeField("zuletzt behalten am", default=clock.now)

    privacy = Privacy(
        fields=("person", "body"),
        keep="bis der Text gespeichert oder verworfen ist, höchstens 90 Tage",
    )

    class Meta:
        verbose_name = "Entwurf eines Bausteins"
        verbose_name_plural = "Entwürfe von Bausteinen"
        ordering = ("block", "-kept_at")
        constraints = [
            models.UniqueConstraint(fields=["block", "person"], name="block_draft_once_a_person")
        ]

    def __str__(self) -> str:
        return f"Entwurf zu {self.block}"


class BlockComment(models.Model):
    """A remark on one block; somebody settles it before the report is published."""

    block = models.ForeignKey(
        Block, verbose_name="Baustein", on_delete=models.CASCADE, related_name="comments"
    )
    text = models.CharField("Anmerkung", max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="angemerkt von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("angemerkt am", default=clock.now)
    settled_at = models.DateTimeField("erledigt am", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erledigt von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(fields=("text", "by", "settled_by"), keep="so lange wie das Manuskript")

    class Meta:
        verbose_name = "Anmerkung zum Manuskript"
        verbose_name_plural = "Anmerkungen zum Manuskript"
        ordering = ("block", "created_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="block_comment_settled_by_somebody",
                violation_error_message="Wer eine Anmerkung erledigt, wird festgehalten.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class SignOff(models.Model):
    """One person has read one state of the manuscript, texts and figures, and agrees with it.

    `state_sha256` is the checksum of what would be frozen; whatever changes, changes it, and the
    sign-off no longer counts. One person signs a state once, so two rows are two people.
    """

    publication = models.ForeignKey(
        Publication, verbose_name="Publikation", on_delete=models.CASCADE, related_name="sign_offs"
    )
    state_sha256 = models.CharField("Prüfsumme des Standes", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="freigegeben von",
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField("freigegeben am", default=clock.now)

    privacy = Privacy(fields=("by",), keep="so lange wie die Publikation")

    class Meta:
        verbose_name = "Freigabe des Manuskripts"
        verbose_name_plural = "Freigaben des Manuskripts"
        ordering = ("publication", "-signed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "state_sha256", "by"],
                name="sign_off_once_a_person",
                violation_error_message="Diesen Stand haben Sie schon freigegeben.",
            )
        ]

    def __str__(self) -> str:
        return f"Freigabe von {self.publication}"
