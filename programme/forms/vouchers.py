"""Forms of the vouchers: the seven fields with their files, and the filter of the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme import clock
from programme.enums import VoucherFileKind, VoucherStatus
from programme.errors import RuleBroken
from programme.forms.money import AmountField
from programme.forms.uploads import FilesField
from programme.models import BudgetLine, Programme
from programme.queries.funding import LineFigures
from programme.queries.vouchers import plan_lines
from programme.rules.funding.finding import Finding, refuse
from programme.rules.funding.vouchers import Window, inside_run_time, paid_already
from programme.rules.vouchers import VoucherEntry, proposed_day
from programme.services.vouchers import NewFile


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LineField(forms.ModelChoiceField[BudgetLine]):
    """A line of the plan, named with its number and category."""

    def label_from_instance(self, obj: BudgetLine) -> str:
        return f"{obj.position} – {obj.title} ({obj.get_category_display()})"


class VoucherForm(forms.Form):
    """What finance enters of a voucher; warnings of the rules ask for a tick."""

    line = LineField(BudgetLine.objects.none(), label="Einzelansatz", empty_label="Bitte wählen")
    payee = forms.CharField(
        label="Zahlungsempfänger",
        max_length=160,
        help_text="Firma oder Stelle, wie sie auf der Rechnung steht.",
    )
    invoice_number = forms.CharField(label="Rechnungsnummer", max_length=60)
    invoiced_on = forms.DateField(label="Rechnungsdatum", widget=_day_input())
    paid_on = forms.DateField(label="bezahlt am", widget=_day_input())
    gross_eur = AmountField(
        label="Bruttobetrag in EUR", max_length=40, help_text="Zum Beispiel 1.234,56."
    )
    reason = forms.CharField(
        label="Grund der Zahlung",
        max_length=300,
        help_text="Wofür wurde gezahlt? Bitte keine Angaben zu einzelnen Ausländerinnen und "
        "Ausländern.",
    )
    invoice_files = FilesField(
        label="Rechnung (Dateien)",
        required=False,
        help_text="PDF, PNG, JPG oder XML, je Datei höchstens 20 MB. Mehrere Dateien sind möglich.",
    )
    payment_files = FilesField(
        label="Zahlungsnachweis (Dateien)",
        required=False,
        help_text="Zum Beispiel Kontoauszug oder Anordnung. Auch hier sind mehrere möglich.",
    )
    confirmed = forms.BooleanField(
        label="Ich habe die Hinweise geprüft. Trotzdem erfassen.",
        required=False,
        widget=forms.HiddenInput,
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.window = Window(programme.starts_on, programme.ends_on, clock.today())
        field = self.fields["line"]
        if isinstance(field, LineField):
            field.queryset = plan_lines(programme=programme)
        for name in ("invoiced_on", "paid_on"):
            self.fields[name].initial = proposed_day(self.window)
        if self.data.get("confirmed") == "on":
            self.ask_to_confirm()
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "line",
            "payee",
            Row("invoice_number", "gross_eur"),
            Row("invoiced_on", "paid_on"),
            "reason",
            "invoice_files",
            "payment_files",
            "confirmed",
            "seen_version",
        )

    def ask_to_confirm(self) -> None:
        """Show the tick "trotzdem erfassen", which is hidden while there is nothing to confirm."""
        self.fields["confirmed"].widget = forms.CheckboxInput()

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error; one at `confirmed` is a warning, so the tick appears with it."""
        if field == "confirmed":
            self.ask_to_confirm()
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        """Say what the rules block right at the fields, all of it at once."""
        cleaned = self.cleaned_data
        if isinstance(cleaned.get("invoiced_on"), date):
            self._judge(inside_run_time(cleaned["invoiced_on"], self.window))
        if isinstance(cleaned.get("paid_on"), date):
            self._judge(paid_already(cleaned["paid_on"], self.window))
        return cleaned

    def _judge(self, finding: Finding | None) -> None:
        try:
            refuse([finding], confirmed=True)
        except RuleBroken as broken:
            self.add_error(broken.field, broken.message)

    @property
    def had_files(self) -> bool:
        """Whether files came with the form; browsers forget them when it is shown again."""
        return bool(self.files)

    @property
    def entry(self) -> VoucherEntry:
        """Return the seven fields of a valid form."""
        names = VoucherEntry.__dataclass_fields__
        return VoucherEntry(**{name: self.cleaned_data[name] for name in names})

    @property
    def new_files(self) -> list[NewFile]:
        """Return the checked files of a valid form with their kinds."""
        kinds = {
            "invoice_files": VoucherFileKind.INVOICE,
            "payment_files": VoucherFileKind.PROOF_OF_PAYMENT,
        }
        return [
            NewFile(kind=kind, checked=upload.checked, content=upload.content)
            for name, kind in kinds.items()
            for upload in self.cleaned_data[name]
        ]


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


class VoucherFilterForm(AsOfForm):
    """Narrows the list of vouchers."""

    status = forms.ChoiceField(
        label="Stand der Prüfung",
        required=False,
        choices=[("", "alle"), *VoucherStatus.choices],
    )
    ansatz = forms.TypedChoiceField(
        label="Einzelansatz", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, lines: Sequence[LineFigures], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ansatz"]
        if isinstance(field, forms.TypedChoiceField):
            named = [(line.position, f"{line.position} – {line.title}") for line in lines]
            field.choices = [("", "alle"), *named]

    def chosen(self, name: str) -> Any:
        """Return the cleaned value of a field, None if it is empty or unreadable."""
        cleaned: dict[str, Any] = self.cleaned_data if self.is_valid() or self.errors else {}
        return cleaned.get(name) or None
