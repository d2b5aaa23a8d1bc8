"""The form of a notice about a proof."""

from dataclasses import fields
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme.forms.days import day_input
from programme.forms.grants import SourceField
from programme.forms.money import AmountField
from programme.forms.uploads import OneFileField
from programme.models import FundingSource, Programme, ProofOfUse
from programme.queries.grants import sources
from programme.queries.proof_checks import submitted_proofs
from programme.rules.proof_checks import CheckEntry
from programme.rules.proofs import titled
from programme.services.funding_documents import NewPaper


class ProofField(forms.ModelChoiceField[ProofOfUse]):
    """A submitted proof by the name it has on its page."""

    def label_from_instance(self, obj: ProofOfUse) -> str:
        return f"{titled(obj)}, eingereicht am {obj.submitted_on:%d.%m.%Y}"


class ProofCheckForm(forms.Form):
    """A notice about a proof on one page, with its file."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    proof = ProofField(
        ProofOfUse.objects.none(), label="Geprüfter Nachweis", empty_label="Bitte wählen"
    )
    source = SourceField(
        FundingSource.objects.none(), label="Förderquelle", empty_label="Bitte wählen"
    )
    reference = forms.CharField(label="Aktenzeichen", max_length=80)
    issued_on = forms.DateField(label="Bescheid vom", widget=day_input())
    recognised_eur = AmountField(
        label="Anerkannter Betrag in EUR",
        max_length=40,
        may_be_zero=True,
        help_text="Was diese Quelle von den nachgewiesenen Ausgaben trägt. Zum Beispiel 96.000,00.",
    )
    reclaimed_eur = AmountField(
        label="Rückforderung in EUR",
        max_length=40,
        may_be_zero=True,
        help_text="0,00, wenn nichts zurückzuzahlen ist.",
    )
    conditions = forms.CharField(
        label="Gründe und Auflagen",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    paper = OneFileField(
        label="Bescheid als Datei", help_text="PDF, PNG, JPG oder XML, höchstens 20 MB."
    )

    def __init__(
        self, *args: Any, programme: Programme, has_paper: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("proof", submitted_proofs(programme=programme)),
            ("source", sources(programme=programme)),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows
        if has_paper:
            self.fields["paper"].required = False
            self.fields["paper"].help_text = "Nur, wenn die abgelegte Datei ersetzt werden soll."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "seen_version",
            "proof",
            "source",
            Row("reference", "issued_on"),
            Row("recognised_eur", "reclaimed_eur"),
            "conditions",
            "paper",
        )

    @property
    def entry(self) -> CheckEntry:
        """Return the notice of a valid form."""
        return CheckEntry(
            **{field.name: self.cleaned_data[field.name] for field in fields(CheckEntry)}
        )

    @property
    def new_paper(self) -> NewPaper | None:
        """Return the checked file of a valid form, None if there came none."""
        upload = self.cleaned_data["paper"]
        return NewPaper(upload.checked, upload.content) if upload else None

    @property
    def had_files(self) -> bool:
        """Whether a file came with the form; browsers forget it when it is shown again."""
        return bool(self.files)
