"""Forms of contracts and assets."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme.forms.confirmable import ConfirmableForm
from programme.forms.days import day_input
from programme.forms.money import AmountField
from programme.forms.uploads import OneFileField
from programme.models import Contract, Programme, Voucher
from programme.queries.contracts import counting_vouchers
from programme.rules.contracts import AssetEntry, ContractEntry
from programme.rules.money import written
from programme.services.funding_documents import NewPaper


class ContractForm(ConfirmableForm):
    """A contract and how it was awarded."""

    title = forms.CharField(label="Gegenstand", max_length=160)
    contractor = forms.CharField(label="Auftragnehmer", max_length=160)
    reference = forms.CharField(label="Vertragsnummer", max_length=60, required=False)
    concluded_on = forms.DateField(label="geschlossen am", required=False, widget=day_input())
    value_eur = AmountField(
        label="Auftragswert in EUR (netto)", max_length=40, help_text="Zum Beispiel 117.000,00."
    )
    procedure = forms.CharField(
        label="Vergabeverfahren",
        max_length=120,
        required=False,
        help_text="Zum Beispiel öffentliche Ausschreibung.",
    )
    offers = forms.IntegerField(
        label="Zahl der Angebote", min_value=0, max_value=999, required=False
    )
    paper = OneFileField(
        label="Vergabevermerk (Datei)",
        required=False,
        help_text="PDF, PNG, JPG oder XML, höchstens 20 MB.",
    )

    def __init__(self, *args: Any, contract: Contract | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if contract is not None and contract.award_note is not None:
            self.fields["paper"].help_text = f"Abgelegt ist „{contract.award_note.name}“."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            "contractor",
            Row("reference", "concluded_on"),
            "value_eur",
            Row("procedure", "offers"),
            "paper",
            "confirmed",
        )

    @property
    def entry(self) -> ContractEntry:
        """Return the contract of a valid form."""
        names = ContractEntry.__dataclass_fields__
        found = {name: self.cleaned_data[name] for name in names}
        return ContractEntry(**found | {"offers": found["offers"] or 0})

    @property
    def new_paper(self) -> NewPaper | None:
        """Return the checked file of a valid form, None if there came none."""
        upload = self.cleaned_data["paper"]
        return NewPaper(upload.checked, upload.content) if upload else None


class VoucherField(forms.ModelChoiceField[Voucher]):
    """A voucher with payee and amount."""

    def label_from_instance(self, obj: Voucher) -> str:
        return f"{obj.number} – {obj.payee}, {written(obj.gross_eur)}"


class AssetForm(ConfirmableForm):
    """Something bought that lasts."""

    voucher = VoucherField(Voucher.objects.none(), label="Beleg", empty_label="Bitte wählen")
    title = forms.CharField(label="Gegenstand", max_length=160)
    net_eur = AmountField(
        label="Nettopreis in EUR", max_length=40, help_text="Zum Beispiel 1.234,56."
    )
    inventory_number = forms.CharField(label="Inventarnummer", max_length=60, required=False)
    place = forms.CharField(label="Standort des Gegenstands", max_length=160, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["voucher"]
        if isinstance(field, VoucherField):
            field.queryset = counting_vouchers(programme=programme).select_related("programme")
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "voucher", "title", "net_eur", Row("inventory_number", "place"), "confirmed"
        )

    @property
    def entry(self) -> AssetEntry:
        """Return the asset of a valid form."""
        names = AssetEntry.__dataclass_fields__
        return AssetEntry(**{name: self.cleaned_data[name] for name in names})
