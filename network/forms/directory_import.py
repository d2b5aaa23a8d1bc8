"""Understands the file of an import and the preview somebody confirms."""

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from network.rules.directory_lines import HEADERS, OPTIONAL
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.sheets import Line, Problem, Sheet, read
from programme.rules.uploads import too_large

MOST_BYTES = 2 * 1024 * 1024
VALID_FOR_SECONDS = 60 * 60
SALT = "network.directory_import"
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
            return read(content=upload.read(), headers=HEADERS, optional=OPTIONAL)
        except RuleBroken as broken:
            raise forms.ValidationError(broken.message) from broken

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with single lines of a file that could be read."""
        sheet: Sheet = self.cleaned_data["file"]
        return sheet.problems


class ConfirmForm(forms.Form):
    """The preview as it was shown, signed for the person who saw it."""

    preview = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000_000)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        salt = f"{SALT}:{self.person.pk}"
        try:
            shown = signing.loads(cleaned.get("preview", ""), salt=salt, max_age=VALID_FOR_SECONDS)
        except signing.BadSignature as broken:
            raise forms.ValidationError(GONE) from broken
        headers = shown["headers"]
        lines = [
            Line(number, dict(zip(headers, cells, strict=True))) for number, *cells in shown["rows"]
        ]
        return cleaned | {"lines": lines, "seen": shown["seen"]}


def signed_preview(*, lines: tuple[Line, ...] | list[Line], seen: str, person: User) -> str:
    """Pack what the person sees, so that exactly this is imported and nothing is stored before."""
    headers = list(lines[0].cells)
    rows = [[line.number, *(line.cells[header] for header in headers)] for line in lines]
    shown = {"headers": headers, "rows": rows, "seen": seen}
    return signing.dumps(shown, salt=f"{SALT}:{person.pk}", compress=True)
