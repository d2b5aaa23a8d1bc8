"""What every kept file has in common: its name, its kind, its size and its checksum."""

from django.db import models

from programme import clock
from programme.models.user import User


class StoredFile(models.Model):
    """A file whose content was checked before it was kept."""

    name = models.CharField("Dateiname", max_length=140)
    content_type = models.CharField("Dateityp", max_length=120)
    size_bytes = models.PositiveIntegerField("Größe in Byte")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    added_at = models.DateTimeField("hinzugefügt am", default=clock.now)
    by = models.ForeignKey(
        User, verbose_name="hinzugefügt von", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def kind_label(self) -> str:
        """Return the kind of the file as people know it, for example "PDF"."""
        return self.name.rpartition(".")[2].upper()
