"""Details of a voucher, folded away: service period, tax, occasion, contract, cash."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError

from programme.forms.money import AmountField
from programme.models import Contract, Programme, Voucher
from programme.queries.credit_notes import numbered
from programme.queries.occasion_choices import OccasionChoice

DETAILS = (
    "serviced_from",
    "serviced_to",
    "net_eur",
    "vat_eur",
    "occasion_key",
    "contract",
    "is_credit_note",
    "credits",
    "is_cash",
    "cash_note",
    "remark",
    "is_sensitive",
)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class VoucherNumberField(forms.IntegerField):
    """The number of a voucher of the programme, read as the voucher."""

    programme: Programme | None = None

    def clean(self, value: Any) -> Any:
        """Return the voucher with that number, None if nothing was typed."""
        number = super().clean(value)
        if number is None or self.programme is None:
            return None
        found = numbered(programme=self.programme, number=number)
        if found is None:
            raise ValidationError(f"Einen Beleg {number} gibt es nicht.")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.number if isinstance(value, Voucher) else value


class DetailsForm(forms.Form):
    """The fields that may stay empty; they open by themselves when one of them is filled."""

    serviced_from = forms.DateField(label="Leistung von", required=False, widget=day_input())
    serviced_to = forms.DateField(label="Leistung bis", required=False, widget=day_input())
    net_eur = AmountField(
        label="Nettobetrag in EUR", required=False, max_length=40, may_be_negative=True
    )
    vat_eur = AmountField(
        label="Umsatzsteuer in EUR",
        required=False,
        max_length=40,
        may_be_zero=True,
        may_be_negative=True,
    )
    occasion_key = forms.ChoiceField(
        label="Treffen oder Standort", required=False, help_text="Wofür das Geld ausgegeben wurde."
    )
    contract = forms.ModelChoiceField(
        Contract.objects.none(), label="Auftrag", required=False, empty_label="kein Auftrag"
    )
    is_credit_note = forms.BooleanField(
        label="Gutschrift: Geld kommt zurück",
        required=False,
        help_text="Die Beträge zählen dann negativ, mit oder ohne Minus davor.",
    )
    credits = VoucherNumberField(
        label="Gutschrift zu Beleg (Nummer)",
        required=False,
        min_value=1,
        max_value=10**9,
        help_text="Leer, wenn sie zu keinem einzelnen Beleg gehört. Zusammen mit der Gutschrift "
        "wird der Beleg nie kleiner als 0,00 EUR.",
    )
    is_cash = forms.BooleanField(label="Bar bezahlt", required=False)
    cash_note = forms.CharField(
        label="Grund der Barzahlung",
        max_length=300,
        required=False,
        help_text="Warum wurde nicht überwiesen?",
    )
    remark = forms.CharField(label="Bemerkung", max_length=300, required=False)
    is_sensitive = forms.BooleanField(
        label="Vertraulich: Empfänger, Grund und Dateien sehen nur Finanzen und Prüfung",
        required=False,
    )

    def details(self) -> Fieldset:
        """Return the fold for the layout of the form."""
        folded = Fieldset(
            "Weitere Angaben",
            Row("serviced_from", "serviced_to"),
            Row("net_eur", "vat_eur"),
            *DETAILS[4:],
        )
        folded.template = "%s/layout/folded.html"
        folded.is_open = any(self[name].value() for name in DETAILS)
        return folded

    def offer(self, name: str, rows: Any) -> None:
        """Let a field choose among these rows."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def ask_for_vouchers_of(self, programme: Programme) -> None:
        """Look up the voucher of a credit note in this programme only."""
        field = self.fields["credits"]
        if isinstance(field, VoucherNumberField):
            field.programme = programme

    def offer_occasions(self, found: Iterable[OccasionChoice]) -> dict[str, str]:
        """Let people choose among meetings and sites; return their titles by key."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for occasion in found:
            groups.setdefault(occasion.group, []).append((occasion.key, occasion.title))
        titles = {key: title for rows in groups.values() for key, title in rows}
        kept = self.initial.get("occasion_key")
        if kept and kept not in titles:  # it is gone, the voucher still says what it was
            titles[kept] = self.initial["occasion_title"]
            groups["nicht mehr vorhanden"] = [(kept, titles[kept])]
        field = self.fields["occasion_key"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "keines"), *groups.items()]
        return titles
