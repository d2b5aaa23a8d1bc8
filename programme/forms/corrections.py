"""The form that corrects an approved voucher: why, and what is booked in its place."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from programme.forms.voucher_entry import VoucherForm
from programme.rules.vouchers import VoucherEntry


class CorrectVoucherForm(VoucherForm):
    """The fields of a voucher with the reason; a tick books nothing in its place."""

    correction_reason = forms.CharField(
        label="Grund der Berichtigung",
        max_length=300,
        help_text="Was war falsch? Zum Beispiel: Zahlendreher im Betrag.",
    )
    only_take_back = forms.BooleanField(
        label="Nur zurücknehmen und nichts neu buchen",
        required=False,
        help_text="Zum Beispiel, wenn die Zahlung gar nicht zur Förderung gehört. Die Angaben "
        "darunter zählen dann nicht.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.propose_the_same_line()
        if self.data.get("only_take_back") == "on":
            for name, field in self.fields.items():
                field.required = name == "correction_reason"

    def propose_the_same_line(self) -> None:
        """Choose the line of the valid plan that continues the one of the voucher."""
        line = self.initial.get("line")
        if line is not None:
            same = (each for each in self.lines if each.position == line.position)
            self.initial["line"] = next(same, None)

    def _layout(self) -> Layout:
        return Layout("correction_reason", "only_take_back", *super()._layout().fields)

    @property
    def new_entry(self) -> VoucherEntry | None:
        """Return what is booked anew, None if nothing is."""
        return None if self.cleaned_data["only_take_back"] else self.entry
