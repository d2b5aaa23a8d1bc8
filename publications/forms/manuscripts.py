"""Input on the manuscript: a text, where a block goes."""

from django import forms

from publications.services.manuscripts import MAX_CHARACTERS

ARRANGEMENTS = ("up", "down", "leave_out", "include")


class BlockForm(forms.Form):
    """The text of one block and the version it was opened as."""

    body = forms.CharField(
        label="Text",
        help_text="Absätze durch eine leere Zeile trennen. ### Überschrift, **fett**, * Liste. "
        "{massnahmen} setzt eine Zahl aus den Daten ein.",
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        strip=False,
        max_length=MAX_CHARACTERS,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ArrangeForm(forms.Form):
    """Move a block or leave it out."""

    action = forms.ChoiceField(choices=[(name, name) for name in ARRANGEMENTS])
