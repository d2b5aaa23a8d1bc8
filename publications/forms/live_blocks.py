"""Understands which live block is wanted."""

from collections.abc import Iterable
from typing import Any

from django import forms

from publications.forms.manuscripts import OpenedForm
from publications.queries.live_choices import Group
from publications.rules.live_blocks import Choice, read


class LiveBlockForm(forms.Form):
    """One of the live blocks that can be chosen."""

    choice = forms.ChoiceField(
        label="Was soll der Bericht zeigen?",
        help_text="Die Zahlen kommen aus den Daten des Portals und werden mit der Ausgabe "
        "eingefroren. Befragungen stehen zur Wahl, sobald sie verschickt sind.",
    )

    def __init__(self, *args: Any, groups: Iterable[Group] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Bitte wählen"), *groups]

    def chosen(self) -> Choice:
        """Return what was chosen."""
        return read(self.cleaned_data["choice"])


class ChangeLiveBlockForm(OpenedForm, LiveBlockForm):
    """Another choice for a block."""
