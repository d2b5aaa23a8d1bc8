"""Files of a voucher that is still being entered."""

from django.db import models

from programme.enums import VoucherFileKind
from programme.models.stored_file import StoredFile
from programme.privacy import Privacy


class ParkedFile(StoredFile):
    """A file that waits for its voucher, known to one person in one form; gone after a day.

    `reading` is what the file says as an e-invoice, None as long as nobody asked.
    """

    form_key = models.UUIDField("Formularschlüssel")
    kind = models.CharField("Art", max_length=20, choices=VoucherFileKind)
    file = models.FileField("Datei", upload_to="belege/%Y/", max_length=200)
    reading = models.JSONField("eingelesene Angaben", null=True, blank=True)

    privacy = Privacy(
        fields=("file", "name", "reading", "by"),
        keep="bis der Beleg gespeichert ist, längstens einen Tag",
    )

    class Meta:
        verbose_name = "wartende Datei"
        verbose_name_plural = "wartende Dateien"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["by", "form_key", "sha256", "kind"],
                name="parked_file_once",
                violation_error_message="Diese Datei liegt bei diesem Beleg schon vor.",
            )
        ]

    def __str__(self) -> str:
        return self.name
