"""Details of a voucher, folded away: service period, tax, occasion, contract, cash."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from programme.forms.money import AmountField
from programme.models import Contract
from programme.queries.occasion_choices import OccasionChoice

DETAILS = (
    "serviced_from",
    "serviced_to",
    "net_eur",
    "vat_eur",
    "occasion_key",
    "contract",
    "is_cash",
    "cash_note",
    "remark",
    "is_sensitive",
)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DetailsForm(forms.Form):
    """The fields that may stay empty; they open by themselves when one of them is filled."""

    serviced_from = forms.DateField(label="Leistung von", required=False, widget=day_input())
    serviced_to = forms.DateField(label="Leistung bis", required=False, widget=day_input())
    net_eur = AmountField(label="Nettobetrag in EUR", required=False, max_length=40)
    vat_eur = AmountField(
        label="Umsatzsteuer in EUR", required=False, max_length=40, may_be_zero=True
    )
    occasion_key = forms.ChoiceField(
        label="Treffen oder Standort", required=False, help_text="Wofür das Geld ausgegeben wurde."
    )
    contract = forms.ModelChoiceField(
        Contract.objects.none(), label="Auftrag", required=False, empty_label="kein Auftrag"
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
