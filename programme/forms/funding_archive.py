"""Forms about the end of the file of the funding: the word of the archive, the deletion."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme.forms.days import day_input
from programme.forms.filters import OUR_TIME
from programme.services.funding_archive import ArchiveNote

DECISIONS = (
    ("open", "noch nicht entschieden"),
    ("taken", "vom Archiv übernommen"),
    ("released", "vom Archiv freigegeben"),
)
IS_TAKEN = {"open": None, "taken": True, "released": False}


class FundingOfferForm(forms.Form):
    """When the file was offered, what the archive decided and when."""

    offered_on = forms.DateField(
        label="Dem Landesarchiv angeboten am", widget=day_input(), validators=OUR_TIME
    )
    decision = forms.ChoiceField(
        label="Entscheidung des Archivs", choices=DECISIONS, widget=forms.RadioSelect
    )
    decided_on = forms.DateField(
        label="Entschieden am",
        required=False,
        widget=day_input(),
        validators=OUR_TIME,
        help_text="Leer, solange die Entscheidung aussteht.",
    )
    note = forms.CharField(label="Geschäftszeichen oder Bemerkung", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(Row("offered_on", "decided_on"), "decision", "note")

    @property
    def entry(self) -> ArchiveNote:
        """Return what a valid form says."""
        data = self.cleaned_data
        return ArchiveNote(
            offered_on=data["offered_on"],
            is_taken=IS_TAKEN[data["decision"]],
            decided_on=data["decided_on"],
            note=data["note"],
        )


class EraseFundingForm(forms.Form):
    """The word of the person that the file may go."""

    is_sure = forms.BooleanField(label="Ja, die Förderakte endgültig löschen.")
