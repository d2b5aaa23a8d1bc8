"""Understands what the state archive was offered and decided."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from sites.enums import ArchiveDecision
from sites.forms.days import day_field
from sites.services.archive_offers import OfferDraft


class ArchiveOfferForm(forms.Form):
    """The day of the offer, the decision and its day."""

    offered_on = day_field("Dem Landesarchiv angeboten am", required=True)
    decision = forms.ChoiceField(
        label="Entscheidung des Archivs", choices=ArchiveDecision, widget=forms.RadioSelect
    )
    decided_on = day_field("Entschieden am", help_text="Leer, solange die Entscheidung aussteht.")
    note = forms.CharField(label="Geschäftszeichen oder Bemerkung", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def draft(self) -> OfferDraft:
        """Return what was written."""
        return OfferDraft(**self.cleaned_data)
