"""Forms of the notices and of the numbers they set."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from programme.enums import NoticeKind
from programme.errors import RuleBroken
from programme.forms.confirmable import ConfirmableForm
from programme.forms.days import day_input
from programme.forms.money import AmountField
from programme.forms.uploads import OneFileField
from programme.models import FundingSource, Programme, RuleParameter
from programme.queries.grants import sources
from programme.rules.grants import NoticeEntry
from programme.rules.parameter_values import hint, parse_value, typed
from programme.services.funding_documents import NewPaper
from programme.services.parameters import NewValue


class SourceField(forms.ModelChoiceField[FundingSource]):
    """A source with what it has granted so far."""

    def label_from_instance(self, obj: FundingSource) -> str:
        return obj.name


class GrantNoticeForm(ConfirmableForm):
    """A notice on one page, with its file."""

    source = SourceField(
        FundingSource.objects.none(), label="Förderquelle", empty_label="Bitte wählen"
    )
    kind = forms.ChoiceField(
        label="Art des Bescheids",
        choices=NoticeKind.choices,
        initial=NoticeKind.GRANT,
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label="Aktenzeichen", max_length=80)
    issued_on = forms.DateField(label="Bescheid vom", widget=day_input())
    valid_from = forms.DateField(label="Bewilligungszeitraum von", widget=day_input())
    valid_to = forms.DateField(label="Bewilligungszeitraum bis", widget=day_input())
    granted_eur = AmountField(
        label="Zuwendung in EUR",
        max_length=40,
        may_be_zero=True,
        help_text="Der Stand nach diesem Bescheid, nicht die Änderung. Zum Beispiel 100.000,00.",
    )
    conditions = forms.CharField(
        label="Nebenbestimmungen",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Auflagen, Fristen und Besonderheiten, die alle kennen sollen.",
    )
    paper = OneFileField(
        label="Bescheid als Datei", help_text="PDF, PNG, JPG oder XML, höchstens 20 MB."
    )

    def __init__(
        self, *args: Any, programme: Programme, has_paper: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        if isinstance(field, SourceField):
            field.queryset = sources(programme=programme)
        if has_paper:
            self.fields["paper"].required = False
            self.fields["paper"].help_text = "Nur, wenn die abgelegte Datei ersetzt werden soll."
        self.fields["valid_from"].initial = programme.starts_on
        self.fields["valid_to"].initial = programme.ends_on
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "source",
            "kind",
            Row("reference", "issued_on"),
            Row("valid_from", "valid_to"),
            "granted_eur",
            "conditions",
            "paper",
            "confirmed",
        )

    @property
    def entry(self) -> NoticeEntry:
        """Return the notice of a valid form."""
        found = {field.name: self.cleaned_data[field.name] for field in fields(NoticeEntry)}
        return NoticeEntry(**found | {"kind": NoticeKind(found["kind"])})

    @property
    def new_paper(self) -> NewPaper | None:
        """Return the checked file of a valid form, None if there came none."""
        upload = self.cleaned_data["paper"]
        return NewPaper(upload.checked, upload.content) if upload else None


class NewValueForm(ConfirmableForm):
    """A new value of a number, from a day on."""

    value = forms.CharField(label="Neuer Wert", max_length=40)
    valid_from = forms.DateField(label="gilt ab", widget=day_input())
    basis = forms.CharField(
        label="Grundlage",
        max_length=200,
        help_text="Bescheid mit Aktenzeichen und Nummer oder die Vorschrift.",
    )
    is_confirmed = forms.BooleanField(
        label="Die Grundlage liegt vor und nennt diesen Wert.", required=False
    )

    def __init__(self, *args: Any, number: RuleParameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["value"].help_text = hint(number.unit)
        self.fields["value"].initial = typed(number.value, number.unit)

    def clean_value(self) -> Decimal:
        """Read the value in the unit of the number."""
        try:
            return parse_value(self.cleaned_data["value"], self.number.unit)
        except RuleBroken as broken:
            raise ValidationError(broken.message) from broken

    @property
    def new(self) -> NewValue:
        """Return the value of a valid form."""
        return NewValue(**{name.name: self.cleaned_data[name.name] for name in fields(NewValue)})
