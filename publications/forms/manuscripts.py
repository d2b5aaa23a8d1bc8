"""Input on the manuscript: a text, where a block goes."""

from django import forms

from publications.services.manuscripts import MAX_CHARACTERS

ARRANGEMENTS = ("up", "down", "leave_out", "include")


class OpenedForm(forms.Form):
    """A form about a record that counts its versions, and the version it was opened as."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def version_seen(self, number: int) -> None:
        """Take note that the person now sees this version; saving again is then deliberate."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(number)  # type: ignore[index]


class BlockForm(OpenedForm):
    """The text of one block."""

    body = forms.CharField(
        label="Text",
        help_text="Absätze durch eine leere Zeile trennen. ### Überschrift, **fett**, * Liste. "
        "{massnahmen} setzt eine Zahl aus den Daten ein.",
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        strip=False,
        max_length=MAX_CHARACTERS,
    )


class ArrangeForm(forms.Form):
    """Move a block or leave it out."""

    action = forms.ChoiceField(choices=[(name, name) for name in ARRANGEMENTS])
