"""Pictures of a manuscript: drawn anew, named after their content, told in words as well."""

from django.db import models

from programme.models import StoredFile
from programme.privacy import Privacy
from publications.models.manuscript import Publication

FOLDER = "bilder"


class Picture(StoredFile):
    """A picture the editors brought; its file is named after its checksum and never changes.

    `key` is how texts refer to it: [[abb:karte]].
    """

    publication = models.ForeignKey(
        Publication, verbose_name="Publikation", on_delete=models.CASCADE, related_name="pictures"
    )
    key = models.SlugField("Kurzname für Verweise", max_length=40)
    file = models.FileField("Datei", upload_to=f"{FOLDER}/", max_length=120)
    width = models.PositiveIntegerField("Breite in Bildpunkten")
    height = models.PositiveIntegerField("Höhe in Bildpunkten")
    alt = models.CharField("Alternativtext", max_length=600, blank=True)
    caption = models.CharField("Bildunterschrift", max_length=300)
    credit = models.CharField("Quelle", max_length=160, blank=True)
    version = models.PositiveIntegerField("Fassung", default=1)

    privacy = Privacy(
        fields=("by", "credit"), keep="so lange wie die Ausgaben, in denen das Bild steht"
    )

    class Meta:
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"
        ordering = ("publication", "key")
        constraints = [
            models.UniqueConstraint(fields=["publication", "key"], name="picture_key_once")
        ]

    def __str__(self) -> str:
        return self.caption or self.name

    @property
    def address(self) -> str:
        """Return checksum and kind, as a snapshot names the picture: "ab12….png"."""
        return (self.file.name or "").rpartition("/")[2]
