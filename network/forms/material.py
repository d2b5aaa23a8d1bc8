"""Understands files of a meeting: what they are, who reads them, from when."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from network.enums import Audience
from network.forms.meetings import DayField
from network.models import Material
from network.services.material import About, NewFile
from programme.forms.uploads import FilesField, FilesInput
from programme.rules.uploads import DOCUMENTS, checked_document

ACCEPT = ".pdf,.png,.jpg,.jpeg,.docx,.pptx,.xlsx,.odt,.odp,.ods"


def _audience() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Wer liest es?",
        choices=Audience.choices,
        coerce=Audience,
        widget=forms.RadioSelect,
        initial=Audience.TEAM,
    )


class AddMaterialForm(forms.Form):
    """One or several new files; everything but the files can wait."""

    uploads = FilesField(
        label="Dateien",
        check=checked_document,
        widget=FilesInput(attrs={"accept": ACCEPT}),
        help_text=f"{DOCUMENTS}, ohne Makros, je Datei höchstens 20 MB.",
    )
    title = forms.CharField(
        label="Titel",
        max_length=160,
        required=False,
        help_text="Ohne Angabe, und bei mehreren Dateien, gilt der Dateiname.",
    )
    audience = _audience()

    def about(self) -> About:
        """Return what is said about the files."""
        data = self.cleaned_data
        return About(title=data["title"], audience=data["audience"])

    def new_files(self) -> list[NewFile]:
        """Return the files that passed the check."""
        return [NewFile(each.checked, each.content) for each in self.cleaned_data["uploads"]]


class EditMaterialForm(forms.Form):
    """What is said about a file, and perhaps a new version of it."""

    title = forms.CharField(label="Titel", max_length=160)
    description = forms.CharField(label="Worum es geht", max_length=300, required=False)
    audience = _audience()
    release_on = DayField(
        label="Zu lesen ab", required=False, help_text="Ohne Angabe: sofort, wenn freigegeben."
    )
    file = FilesField(
        label="Neue Fassung",
        required=False,
        check=checked_document,
        widget=FilesInput(attrs={"accept": ACCEPT}),
        help_text="Ersetzt die bisherige Datei; der Link bleibt derselbe.",
    )
    note = forms.CharField(label="Was ist neu?", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.allow_multiple_selected = False
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            "description",
            "audience",
            "release_on",
            Fieldset("Datei ersetzen", "file", "note"),
        )

    @staticmethod
    def stands(material: Material) -> dict[str, Any]:
        """Return the file as the fields show it."""
        return {
            "title": material.title,
            "description": material.description,
            "audience": material.audience,
            "release_on": material.release_on,
        }

    def about(self) -> About:
        """Return what is said about the file."""
        names = ("title", "description", "audience", "release_on")
        return About(**{name: self.cleaned_data[name] for name in names})

    def new_file(self) -> NewFile | None:
        """Return the new version, None if there is none."""
        files = self.cleaned_data["file"]
        return NewFile(files[0].checked, files[0].content) if files else None


class ReleaseMaterialForm(forms.Form):
    """Who may read a file from today on."""

    audience = _audience()
