"""Input on a correction: the place, the words printed there, what is right."""

from typing import Any

from django import forms

from programme import clock


class ErratumForm(forms.Form):
    """Where the mistake stands and what is right; `chapters` are pairs of anchor and title."""

    anchor = forms.ChoiceField(label="Kapitel")
    passage = forms.CharField(
        label="Dort steht",
        help_text="Kopieren Sie die falsche Stelle aus der Ausgabe, am besten nur wenige Worte.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    correction = forms.CharField(
        label="Richtig ist", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    known_since = forms.DateField(
        label="Bekannt seit", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, chapters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anchor"].choices = [("", "Bitte wählen"), *chapters]  # type: ignore[attr-defined]
        self.fields["known_since"].initial = clock.today()


class WithdrawErratumForm(forms.Form):
    """Why a correction does not hold."""

    reason = forms.CharField(
        label="Warum stimmt die Korrektur nicht?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
