"""Understands what the office decides about an order that waits."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from programme.rules.numbers import grouped
from publications.queries.held_orders import HeldItem

RELEASE, REFUSE = "release", "refuse"


class CardForm(forms.Form):
    """One of the two forms of a held order; ids carry its key, for there are many on the page."""

    def __init__(self, *args: Any, order: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"b{order}_%s"
        self.helper = FormHelper()
        self.helper.form_tag = False


class ReleaseForm(CardForm):
    """How many copies of each title go; of several titles some may be left out with 0."""

    def __init__(self, *args: Any, items: Sequence[HeldItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fewest = 0 if len(items) > 1 else 1
        self.numbers = {f"copies_{row.item.publication.slug}": row for row in items}
        for name, row in self.numbers.items():
            most = row.item.copies
            words = f"Bitte geben Sie eine ganze Zahl von {fewest} bis {grouped(most)} an."
            self.fields[name] = forms.IntegerField(
                label=f"{row.item.publication.title}: Exemplare, die versandt werden",
                min_value=fewest,
                max_value=most,
                initial=max(row.proposed, fewest),
                help_text=_what_is_free(row, may_be_left_out=not fewest),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), words
                ),
            )

    def copies(self) -> dict[int, int]:
        """Return the numbers that were typed, by primary key of the title."""
        return {
            row.item.publication_id: self.cleaned_data[name] for name, row in self.numbers.items()
        }


class RefusalForm(CardForm):
    """Why an order is not sent."""

    reason = forms.CharField(
        label="Grund der Ablehnung",
        max_length=300,
        help_text="Steht wörtlich in der E-Mail an die bestellende Person, zum Beispiel: Wir "
        "versenden nur nach Hessen.",
        error_messages={
            "required": "Bitte nennen Sie den Grund der Ablehnung. Er steht in der E-Mail an die "
            "bestellende Person."
        },
    )


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


def _what_is_free(row: HeldItem, *, may_be_left_out: bool) -> str:
    told = f"{grouped(row.item.copies)} bestellt, {grouped(row.free)} frei."
    if row.item.copies > row.free:
        told += " Mehr kann nicht freigegeben werden."
    return told + (" Mit 0 entfällt dieser Titel." if may_be_left_out else "")
