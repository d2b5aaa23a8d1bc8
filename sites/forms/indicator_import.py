"""Understands the file of an import of values and the preview somebody confirms."""

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from programme.errors import RuleBroken
from programme.models import User
from programme.rules.sheets import Line, Sheet, read
from programme.rules.uploads import too_large
from sites.models import Site
from sites.rules.indicator_lines import HEADERS

MOST_BYTES = 2 * 1024 * 1024
VALID_FOR_SECONDS = 60 * 60
GONE = (
    "Die Vorschau fehlt, ist älter als eine Stunde oder gehört einer anderen Person. Bitte wählen "
    "Sie die Datei noch einmal aus."
)


class ImportForm(forms.Form):
    """A table to look at; nothing is changed yet."""

    file = forms.FileField(
        label="Datei",
        help_text="XLSX oder CSV (UTF-8, mit Semikolon), höchstens 2 MB und 500 Zeilen.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Sheet:
        """Read the table; what is wrong with single lines comes with it."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            too_large(name=upload.name or "", size_bytes=upload.size or 0, limit_bytes=MOST_BYTES)
            return read(content=upload.read(), headers=HEADERS)
        except RuleBroken as broken:
            raise forms.ValidationError(broken.message) from broken


class ConfirmForm(forms.Form):
    """The preview as it was shown, signed for the person who saw it and this site."""

    preview = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000_000)

    def __init__(self, *args: Any, person: User, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.salt = _salt(person, site)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        packed = cleaned.get("preview", "")
        try:
            shown = signing.loads(packed, salt=self.salt, max_age=VALID_FOR_SECONDS)
        except signing.BadSignature as broken:
            raise forms.ValidationError(GONE) from broken
        lines = [
            Line(number, dict(zip(HEADERS, cells, strict=True))) for number, *cells in shown["rows"]
        ]
        return cleaned | {"lines": lines, "seen": shown["seen"]}


def _salt(person: User, site: Site) -> str:
    return f"sites.indicator_import:{person.pk}:{site.pk}"


def signed_preview(*, lines: tuple[Line, ...], seen: str, person: User, site: Site) -> str:
    """Pack what the person sees, so that exactly this is imported and nothing is stored before."""
    rows = [[line.number, *(line.cells[header] for header in HEADERS)] for line in lines]
    return signing.dumps({"rows": rows, "seen": seen}, salt=_salt(person, site), compress=True)
