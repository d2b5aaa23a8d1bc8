"""Understands what somebody writes as a summary."""

from django import forms

from publications.enums import Variant
from publications.forms.imprints import NumberedForm
from publications.models import Summary
from publications.services.summaries import SummaryDraft

HELP = {
    Variant.GERMAN: "Absätze durch eine leere Zeile trennen. ## Überschrift, **fett**, * Liste.",
    Variant.EASY: (
        "Ein Satz je Zeile, eine Aussage je Satz, kein Passiv, keine Fremdwörter. Lange Wörter mit "
        "Bindestrich trennen. ## Überschrift, * Liste."
    ),
    Variant.ENGLISH: (
        "Absätze durch eine leere Zeile trennen. Namen von Behörden beim ersten Mal auch auf "
        "Deutsch. ## Überschrift, **fett**, * Liste."
    ),
}
COMPARED = {
    Variant.GERMAN: "Ich habe den Text mit der neuesten Ausgabe verglichen.",
    Variant.EASY: "Ich habe den Text mit der deutschen Zusammenfassung verglichen.",
    Variant.ENGLISH: "Ich habe den Text mit der deutschen Zusammenfassung verglichen.",
}
FIELDS = ("title", "body", "reviewers")


class SummaryForm(NumberedForm):
    """One language of a summary, and the version it was opened as."""

    title = forms.CharField(label="Überschrift", max_length=200)
    body = forms.CharField(
        label="Text",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
    )
    reviewers = forms.CharField(
        label="Geprüft von",
        max_length=300,
        required=False,
        help_text="Zum Beispiel die Prüfgruppe oder das Übersetzungsbüro. Steht unter dem Text.",
    )
    is_compared = forms.BooleanField(label="", required=False)

    def __init__(self, *args: object, variant: Variant, is_new: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["body"].help_text = HELP[variant]
        self.fields["is_compared"].label = COMPARED[variant]
        if is_new:
            del self.fields["is_compared"]

    def draft(self) -> SummaryDraft:
        """Return the summary as the person wrote it."""
        return SummaryDraft(
            title=self.cleaned_data["title"],
            body=self.cleaned_data["body"].replace("\r\n", "\n"),
            reviewers=self.cleaned_data["reviewers"],
            is_compared=self.cleaned_data.get("is_compared", True),
        )

    def shown(self, summary: Summary) -> dict[str, object]:
        """Return what stands in the database, to be compared with what was written."""
        return {name: getattr(summary, name) for name in FIELDS}


class SignOffForm(NumberedForm):
    """The version the person has read."""
