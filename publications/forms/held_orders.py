"""Understands what the office decides about an order that waits."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from publications.models import Publication

RELEASE, REFUSE = "release", "refuse"


class DecisionForm(forms.Form):
    """The button that was pressed, how many copies go, and why not."""

    decision = forms.ChoiceField(choices=[(RELEASE, "freigeben"), (REFUSE, "ablehnen")])
    reason = forms.CharField(required=False, max_length=300)

    def __init__(self, *args: Any, titles: Sequence[Publication], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = {f"copies_{title.slug}": title.pk for title in titles}
        for name in self.numbers:
            self.fields[name] = forms.IntegerField(required=False, min_value=1, max_value=20_000)

    def copies(self) -> dict[int, int]:
        """Return the numbers that were typed, by primary key of the title."""
        typed = {pk: self.cleaned_data.get(name) for name, pk in self.numbers.items()}
        return {pk: copies for pk, copies in typed.items() if copies is not None}


class HoldForm(forms.Form):
    """Why somebody has to look at an order again."""

    reason = forms.CharField(
        label="Grund der Prüfung",
        max_length=300,
        help_text="Nur für das Team, zum Beispiel: Anschrift unklar.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
