"""Filters of the vouchers: the day a page of figures speaks of, and the list."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme import clock
from programme.enums import VoucherStatus
from programme.models import BudgetLine, Programme
from programme.queries.funding import LineFigures


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AsOfForm(forms.Form):
    """The day a page of figures speaks of ("Stand am")."""

    stand = forms.DateField(label="Stand am", required=False, widget=_day_input())

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = clock.default_as_of(programme.starts_on, programme.ends_on)
        self.fields["stand"].initial = self.proposed
        self.helper = FormHelper()
        self.helper.layout = Layout(Row(*self.fields))

    @property
    def as_of(self) -> date:
        """Return the day asked for, the proposed one if none or an unreadable one came."""
        cleaned: dict[str, Any] = self.cleaned_data if self.is_valid() or self.errors else {}
        return cleaned.get("stand") or self.proposed


class VoucherSearchForm(AsOfForm):
    """The day and the word a list of vouchers is asked for."""

    suche = forms.CharField(
        label="Empfänger, Rechnung, Grund oder Nummer", max_length=80, required=False
    )

    def chosen(self, name: str) -> Any:
        """Return the cleaned value of a field, None if it is empty or unreadable."""
        cleaned: dict[str, Any] = self.cleaned_data if self.is_valid() or self.errors else {}
        return cleaned.get(name) or None


class VoucherFilterForm(VoucherSearchForm):
    """Narrows the list of vouchers."""

    status = forms.ChoiceField(
        label="Stand der Prüfung",
        required=False,
        choices=[("", "alle"), *VoucherStatus.choices],
    )
    ansatz = forms.TypedChoiceField(
        label="Einzelansatz", required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, lines: Iterable[LineFigures | BudgetLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ansatz"]
        if isinstance(field, forms.TypedChoiceField):
            named = [(line.position, f"{line.position} – {line.title}") for line in lines]
            field.choices = [("", "alle"), *named]


class VoucherExportForm(VoucherFilterForm):
    """The same, handed on to the worker as a table."""

    art = forms.ChoiceField(label="Format", choices=[("xlsx", "XLSX"), ("csv", "CSV")])
