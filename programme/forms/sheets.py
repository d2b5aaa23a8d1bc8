"""Understands the table of an import and the preview somebody confirms."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from programme.errors import RuleBroken
from programme.rules.sheets import Line, Problem, Sheet, read
from programme.rules.uploads import too_large

MOST_BYTES = 2 * 1024 * 1024
VALID_FOR_SECONDS = 60 * 60
GONE = (
    "Die Vorschau fehlt, ist älter als eine Stunde oder gehört einer anderen Person. Bitte wählen "
    "Sie die Datei noch einmal aus."
)


class SheetForm(forms.Form):
    """A table to look at; nothing is changed yet."""

    headers: ClassVar[Sequence[str]] = ()
    optional: ClassVar[Sequence[str]] = ()

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
            return read(content=upload.read(), headers=self.headers, optional=self.optional)
        except RuleBroken as broken:
            raise forms.ValidationError(broken.message) from broken

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with single lines of a file that could be read."""
        sheet: Sheet = self.cleaned_data["file"]
        return sheet.problems


class SheetPreviewForm(forms.Form):
    """The preview as it was shown, signed with the salt of who saw it and for what."""

    preview = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000_000)

    def __init__(self, *args: Any, salt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.salt = salt

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        packed = cleaned.get("preview", "")
        try:
            shown = signing.loads(packed, salt=self.salt, max_age=VALID_FOR_SECONDS)
        except signing.BadSignature as broken:
            raise forms.ValidationError(GONE) from broken
        headers = shown["headers"]
        lines = [
            Line(number, dict(zip(headers, cells, strict=True))) for number, *cells in shown["rows"]
        ]
        return cleaned | {"lines": lines, "seen": shown["seen"]}


def signed_preview(*, lines: Sequence[Line], seen: str, salt: str) -> str:
    """Pack what the person sees, so that exactly this is imported and nothing is stored before."""
    headers = list(lines[0].cells)
    rows = [[line.number, *(line.cells[header] for header in headers)] for line in lines]
    shown = {"headers": headers, "rows": rows, "seen": seen}
    return signing.dumps(shown, salt=salt, compress=True)
