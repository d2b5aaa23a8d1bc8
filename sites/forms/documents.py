"""Understands documents of a site: what they are, who reads them, how long they are kept."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.filters import ALL, FilterForm
from programme.forms.uploads import FilesField, FilesInput, Upload
from programme.forms.versions import VersionedForm
from programme.rules.uploads import DOCUMENTS, checked_document
from sites.enums import DocumentAudience, DocumentKind, Retention
from sites.rules.documents import DocumentDraft
from sites.services.documents import NewVersion

ACCEPT = ".pdf,.png,.jpg,.jpeg,.docx,.pptx,.xlsx,.odt,.odp,.ods"
NO_CASES = "Bitte keine Daten einzelner Ausländerinnen und Ausländer."


def _file() -> FilesField:
    field = FilesField(
        label="Datei",
        check=checked_document,
        widget=FilesInput(attrs={"accept": ACCEPT}),
        help_text=f"{DOCUMENTS}, ohne Makros, höchstens 20 MB. {NO_CASES}",
    )
    field.widget.allow_multiple_selected = False
    return field


def _note() -> forms.CharField:
    return forms.CharField(
        label="Was sich geändert hat",
        max_length=200,
        required=False,
        help_text="Steht neben der Fassung, zum Beispiel „nach der Sitzung ergänzt“.",
    )


class OneFile(forms.Form):
    """What the forms with a file share."""

    def clean_uploads(self) -> Upload:
        """Take exactly one file."""
        chosen: list[Upload] = self.cleaned_data["uploads"]
        if len(chosen) > 1:
            raise forms.ValidationError("Bitte wählen Sie nur eine Datei aus.")
        return chosen[0]

    def new_version(self) -> NewVersion:
        """Return the file that passed the check."""
        upload: Upload = self.cleaned_data["uploads"]
        return NewVersion(upload.checked, upload.content, self.cleaned_data["note"])


class DocumentForm(VersionedForm):
    """What is said about a document; the audiences offered depend on the person."""

    kind = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), *DocumentKind.choices])
    title = forms.CharField(label="Titel", max_length=160)
    description = forms.CharField(
        label="Worum es geht",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(
        label="Wer es liest", widget=forms.RadioSelect, initial=DocumentAudience.SITE
    )
    retention = forms.ChoiceField(
        label="Aufbewahrung", widget=forms.RadioSelect, initial=Retention.RECORD
    )

    def __init__(
        self,
        *args: Any,
        audiences: frozenset[DocumentAudience],
        terms: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in DocumentAudience if each in audiences
        ]
        self.fields["retention"].choices = [  # type: ignore[attr-defined]
            (each.value, f"{each.label} ({terms[each.value]})") for each in Retention
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        return Layout(
            Fieldset("Die Unterlage", "kind", "title", "description"),
            Fieldset("Leserkreis und Aufbewahrung", "audience", "retention"),
            "seen_at",
        )

    def draft(self) -> DocumentDraft:
        """Return what is said about the document."""
        names = ("kind", "title", "description", "audience", "retention")
        return DocumentDraft(**{name: self.cleaned_data[name] for name in names})


class AddDocumentForm(OneFile, DocumentForm):
    """A new document with its first version."""

    uploads = _file()
    note = _note()

    def _layout(self) -> Layout:
        self.fields["note"].label = "Anmerkung zur Fassung"
        return Layout(
            Fieldset("Die Unterlage", "kind", "title", "description"),
            Fieldset("Datei", "uploads", "note"),
            Fieldset("Leserkreis und Aufbewahrung", "audience", "retention"),
        )


class DocumentVersionForm(OneFile):
    """A new version of a document; earlier ones stay readable."""

    uploads = _file()
    note = _note()


class DocumentFilterForm(FilterForm):
    """Narrows the documents of a site by kind and audience."""

    art = forms.ChoiceField(label="Art", required=False, choices=[ALL, *DocumentKind.choices])
    leserkreis = forms.ChoiceField(
        label="Wer es liest", required=False, choices=[ALL, *DocumentAudience.choices]
    )
