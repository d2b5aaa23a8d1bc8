"""Input of those who proofread: a remark, the state somebody has read."""

from django import forms

from publications.services.block_comments import MAX_CHARACTERS


class CommentForm(forms.Form):
    """A remark on one block."""

    text = forms.CharField(
        label="Anmerkung",
        help_text="Was stimmt nicht, was fehlt? Bitte keine Angaben zu einzelnen Personen.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MAX_CHARACTERS,
    )


class SettleForm(forms.Form):
    """A remark is dealt with, or open again."""

    action = forms.ChoiceField(choices=[("settle", "settle"), ("open", "open")])


class StateForm(forms.Form):
    """The state of the manuscript a person has read, as its checksum."""

    state = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
