"""The form of a paper that comes to an approved voucher."""

from collections.abc import Sequence
from typing import Any

from django import forms

from programme.enums import VoucherFileKind
from programme.forms.confirmable import ConfirmableForm
from programme.forms.uploads import OneFileField
from programme.services.vouchers import NewFile


class PaperForm(ConfirmableForm):
    """Which of the missing papers it is, and the file; `missing` may hold one or two."""

    kind = forms.ChoiceField()
    paper = OneFileField(label="Datei", help_text="PDF, PNG, JPG oder XML, höchstens 20 MB.")

    def __init__(self, *args: Any, missing: Sequence[VoucherFileKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # With nothing missing the service says so.
        kinds = missing or (VoucherFileKind.INVOICE, VoucherFileKind.PROOF_OF_PAYMENT)
        choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"] = forms.ChoiceField(label="Art der Datei", choices=choices)
        if len(choices) == 1:
            self.fields["kind"].initial = choices[0][0]
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["paper"].label = f"{choices[0][1]} (Datei)"

    @property
    def file(self) -> NewFile:
        """Return the file of a valid form."""
        upload = self.cleaned_data["paper"]
        return NewFile(VoucherFileKind(self.cleaned_data["kind"]), upload.checked, upload.content)
