"""A publication and its manuscript: chapters made of blocks."""

from django.db import models

from programme import clock
from programme.models import Programme
from programme.privacy import NO_PERSONAL_DATA
from publications.enums import BlockKind


class Publication(models.Model):
    """A title in the catalogue; its manuscript is edited, its editions never change.

    `stock` is the sum of its stock movements, kept by `services/stock.py` alone. The limits count
    copies; a soft limit asks for a reason and lets the office decide. `reprint_below` counts free
    copies, 0 means never.
    """

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    title = models.CharField("Titel", max_length=200)
    subtitle = models.CharField("Untertitel", max_length=200, blank=True)
    summary = models.TextField("Worum es geht", blank=True)
    compiled_at = models.DateTimeField("zusammengestellt am", null=True, blank=True)
    is_orderable = models.BooleanField("gedruckt bestellbar", default=True)
    max_copies = models.PositiveSmallIntegerField("höchstens je Bestellung", default=10)
    max_copies_per_address = models.PositiveSmallIntegerField(
        "höchstens je Anschrift im Zeitraum", default=20
    )
    limit_days = models.PositiveSmallIntegerField("Zeitraum in Tagen", default=30)
    limit_is_soft = models.BooleanField("mit Begründung auch mehr", default=True)
    stock = models.PositiveIntegerField("gedruckte Exemplare auf Lager", default=0)
    reprint_below = models.PositiveIntegerField("Nachdruck melden unter", default=0)
    reprint_warned_at = models.DateTimeField("Nachdruck gemeldet am", null=True, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Publikation"
        verbose_name_plural = "Publikationen"
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class Chapter(models.Model):
    """One chapter of the manuscript."""

    publication = models.ForeignKey(
        Publication, verbose_name="Publikation", on_delete=models.CASCADE, related_name="chapters"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    anchor = models.SlugField("Sprungmarke")
    title = models.CharField("Überschrift", max_length=160)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Kapitel"
        verbose_name_plural = "Kapitel"
        ordering = ("publication", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "position"], name="chapter_position_once"
            ),
            models.UniqueConstraint(fields=["publication", "anchor"], name="chapter_anchor_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """A text or picture of the editors, or a live block filled from the portal's data.

    A block the portal proposes has a `key`; `draft` is the newest proposal, so that a text the
    editors have changed is never overwritten but can be compared. `about` is the address of the
    site, or the number of the meeting, a live block is about.
    """

    chapter = models.ForeignKey(
        Chapter, verbose_name="Kapitel", on_delete=models.CASCADE, related_name="blocks"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    kind = models.CharField("Art", max_length=20, choices=BlockKind)
    key = models.SlugField("Kennung des Vorschlags", blank=True)
    body = models.TextField("Text (Markdown)", blank=True)
    draft = models.TextField("Vorschlag des Portals", blank=True)
    about = models.SlugField("Standort", blank=True)
    picture = models.ForeignKey(
        "publications.Picture",
        verbose_name="Bild",
        on_delete=models.RESTRICT,
        related_name="blocks",
        null=True,
        blank=True,
    )
    is_included = models.BooleanField("kommt in die Ausgabe", default=True)
    edited_at = models.DateTimeField("bearbeitet am", default=clock.now)
    version = models.PositiveIntegerField("Fassung", default=1)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Baustein"
        verbose_name_plural = "Bausteine"
        ordering = ("chapter", "position")
        constraints = [
            models.UniqueConstraint(fields=["chapter", "position"], name="block_position_once"),
            models.UniqueConstraint(
                fields=["chapter", "key"], condition=~models.Q(key=""), name="block_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=BlockKind.PICTURE, picture__isnull=False)
                | (~models.Q(kind=BlockKind.PICTURE) & models.Q(picture__isnull=True)),
                name="block_picture_where_one_belongs",
                violation_error_message="Nur ein Bild-Baustein hat ein Bild, und er hat eins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chapter}: {self.get_kind_display()}"

    @property
    def is_text(self) -> bool:
        return self.kind == BlockKind.TEXT

    @property
    def can_choose(self) -> bool:
        """Say whether people choose what this live block shows."""
        return self.kind in {BlockKind.SITE_PROFILE, BlockKind.SURVEY, BlockKind.TIMELINE}

    @property
    def has_new_draft(self) -> bool:
        """The portal proposes something else than what the editors wrote."""
        return self.is_text and bool(self.draft) and self.draft != self.body
