"""The form of a voucher: seven fields, files that survive, details that may stay empty."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject, Row
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string

from programme import clock
from programme.enums import VoucherFileKind
from programme.errors import RuleBroken
from programme.forms.confirmable import ConfirmableForm
from programme.forms.money import AmountField
from programme.forms.uploads import SortedFilesField, Upload
from programme.forms.voucher_details import DetailsForm, day_input
from programme.models import BudgetLine, ParkedFile, Programme
from programme.queries.einvoices import invoices_in
from programme.queries.occasion_choices import occasion_choices
from programme.queries.vouchers import contracts, plan_lines
from programme.rules.funding.amounts import net_within_gross
from programme.rules.funding.finding import Finding, refuse
from programme.rules.funding.vouchers import Window, inside_run_time, paid_already
from programme.rules.invoices.invoice import Invoice
from programme.rules.vouchers import VoucherEntry, proposed_day
from programme.services.vouchers import NewFile

KINDS = {
    "invoice_files": VoucherFileKind.INVOICE,
    "payment_files": VoucherFileKind.PROOF_OF_PAYMENT,
}
MAIN = (
    "line",
    "payee",
    "invoice_number",
    "invoiced_on",
    "paid_on",
    "gross_eur",
    "reason",
)
SEVERAL = (
    "Bei diesem Beleg liegen mehrere verschiedene E-Rechnungen. Bitte entfernen Sie die, die nicht "
    "dazugehört."
)
NEGATIVE = (
    "Der Betrag muss größer als 0,00 EUR sein. Ist der Beleg eine Gutschrift, kreuzen Sie das "
    "bitte unter „Weitere Angaben“ an."
)
_LONGEST_KEY = 18


class LineField(forms.ModelChoiceField[BudgetLine]):
    """A line of the plan, named with its number and category."""

    def label_from_instance(self, obj: BudgetLine) -> str:
        return f"{obj.position} – {obj.title} ({obj.get_category_display()})"


class InvoicePart(LayoutObject):  # type: ignore[misc]  # crispy forms have no types
    """The files of the invoice, the button that reads them, and what they say."""

    fields = ["invoice_files"]

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        """Draw the field with everything around it."""
        drawn = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string("programme/parts/invoice_part.html", {"form": form, "drawn": drawn})


class VoucherForm(ConfirmableForm, DetailsForm):
    """What finance enters of a voucher; warnings of the rules ask for a tick.

    `parked` are the files that came with an earlier sending of the same form.
    """

    field_order = [*MAIN, *KINDS]

    line = LineField(BudgetLine.objects.none(), label="Einzelansatz", empty_label="Bitte wählen")
    payee = forms.CharField(
        label="Zahlungsempfänger",
        max_length=160,
        help_text="Firma oder Stelle, wie sie auf der Rechnung steht.",
    )
    invoice_number = forms.CharField(label="Rechnungsnummer", max_length=60)
    invoiced_on = forms.DateField(label="Rechnungsdatum", widget=day_input())
    paid_on = forms.DateField(label="bezahlt am", widget=day_input())
    gross_eur = AmountField(
        label="Bruttobetrag in EUR",
        max_length=40,
        may_be_negative=True,
        help_text="Zum Beispiel 1.234,56.",
    )
    reason = forms.CharField(
        label="Grund der Zahlung",
        max_length=300,
        help_text="Wofür wurde gezahlt? Bitte keine Angaben zu einzelnen Ausländerinnen und "
        "Ausländern.",
    )
    invoice_files = SortedFilesField(
        label="Rechnung (Dateien)",
        required=False,
        help_text="PDF, PNG, JPG oder XML, je Datei höchstens 20 MB. Mehrere Dateien sind möglich.",
    )
    payment_files = SortedFilesField(
        label="Zahlungsnachweis (Dateien)",
        required=False,
        help_text="Zum Beispiel Kontoauszug oder Anordnung. Auch hier sind mehrere möglich. "
        "Eine Quittung ist Rechnung und Zahlungsnachweis; wählen Sie sie in beiden Feldern.",
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        parked: Sequence[ParkedFile] = (),
        can_read: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.window = Window(programme.starts_on, programme.ends_on, clock.today())
        self.parked = parked
        self.can_read = can_read
        self.accepted: list[NewFile] = []
        self.lines = self._offer_lines(plan_lines(programme=programme))
        self.offer("contract", contracts(programme=programme))
        self.ask_for_vouchers_of(programme)
        self.titles = self.offer_occasions(occasion_choices(programme=programme))
        for name in ("invoiced_on", "paid_on"):
            self.fields[name].initial = proposed_day(self.window)
        self.helper = FormHelper()
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        return Layout(
            InvoicePart(),
            "line",
            "payee",
            Row("invoice_number", "gross_eur"),
            Row("invoiced_on", "paid_on"),
            "reason",
            "payment_files",
            self.details(),
            "confirmed",
            "seen_version",
        )

    def _offer_lines(self, rows: QuerySet[BudgetLine]) -> list[BudgetLine]:
        """Let people choose a line; return the lines, which are read once."""
        self.offer("line", rows)
        found, field = list(rows), self.fields["line"]
        if isinstance(field, LineField):
            named = [(line.pk, field.label_from_instance(line)) for line in found]
            field.choices = [("", field.empty_label), *named]
        return found

    def clean(self) -> dict[str, Any]:
        """Say what the rules block right at the fields, all of it at once."""
        cleaned = self.cleaned_data
        self._give_back(cleaned)
        cleaned["occasion_title"] = self.titles.get(cleaned.get("occasion_key", ""), "")
        if isinstance(cleaned.get("invoiced_on"), date):
            self._judge(inside_run_time(cleaned["invoiced_on"], self.window))
        if isinstance(cleaned.get("paid_on"), date):
            self._judge(paid_already(cleaned["paid_on"], self.window))
        if isinstance(cleaned.get("gross_eur"), Decimal):
            gross_eur = cleaned["gross_eur"]
            self._judge(net_within_gross(cleaned.get("net_eur"), gross_eur=gross_eur))
        for name, kind in KINDS.items():
            uploads, refused = cleaned.get(name) or ([], [])
            self.accepted += [_new_file(kind, upload) for upload in uploads]
            for reason in refused:
                self.add_error(name, reason)
        return cleaned

    def _give_back(self, cleaned: dict[str, Any]) -> None:
        """Let the amounts of a credit note be below zero, and refuse that anywhere else."""
        names = [name for name in ("gross_eur", "net_eur", "vat_eur") if cleaned.get(name)]
        for name in names:
            if cleaned.get("is_credit_note"):
                cleaned[name] = -abs(cleaned[name])
            elif cleaned[name] < 0:
                self.add_error(name, NEGATIVE)

    def _judge(self, finding: Finding | None) -> None:
        try:
            refuse([finding], confirmed=True)
        except RuleBroken as broken:
            self.add_error(broken.field, broken.message)

    @property
    def removed(self) -> set[int]:
        """Return the keys of parked files that were ticked to be taken out again."""
        ticked = self.data.getlist("removed") if isinstance(self.data, QueryDict) else []
        return {int(key) for key in ticked if key.isdecimal() and len(key) <= _LONGEST_KEY}

    @property
    def invoices(self) -> list[Invoice]:
        """Return what the parked files say as e-invoices."""
        return invoices_in(files=self.parked)

    @property
    def has_gaps(self) -> bool:
        """Tell whether a field is empty that an e-invoice usually fills."""
        usual = ("payee", "invoice_number", "gross_eur", "reason")
        return not all((self.data.get(name) or "").strip() for name in usual)

    @property
    def is_plain(self) -> bool:
        """Tell whether the files of the invoice were read, and none is an e-invoice."""
        read = [file.reading for file in self.parked if file.reading is not None]
        return bool(read) and not any(each.get("invoice") or each.get("problem") for each in read)

    @property
    def entry(self) -> VoucherEntry:
        """Return the fields of a valid form."""
        names = VoucherEntry.__dataclass_fields__
        return VoucherEntry(**{name: self.cleaned_data[name] for name in names})

    def filled_from(self, invoice: Invoice, *, replaced: Sequence[Invoice] = ()) -> dict[str, str]:
        """Return what an e-invoice puts into the fields nobody has filled by hand.

        By hand is what differs from the proposal of the form and from the `replaced` invoices. A
        field the invoice asks about loses its proposal, so that it is not taken for an answer.
        """
        told = dict.fromkeys((asked.field for asked in invoice.asked), "") | invoice.filled
        return {name: text for name, text in told.items() if not self._is_typed(name, replaced)}

    def _is_typed(self, name: str, replaced: Sequence[Invoice]) -> bool:
        typed = (self.data.get(name) or "").strip()
        known = {invoice.filled.get(name) for invoice in replaced}
        return typed not in {"", str(self.fields[name].initial), *known}

    def ask_back(self) -> None:
        """Say at the fields what the e-invoice leaves open, and what has to be looked at."""
        invoices = self.invoices
        if len(invoices) > 1:
            self.add_error("invoice_files", SEVERAL)
            return
        for invoice in invoices:
            for asked in invoice.asked:
                if not (self.data.get(asked.field) or "").strip():
                    self.add_error(asked.field, asked.text)
            if invoice.checks and self.data.get("confirmed") != "on":
                self.add_error("confirmed", list(invoice.checks))


def with_values(data: QueryDict, values: Mapping[str, str]) -> QueryDict:
    """Return what a browser sent with some values changed."""
    changed = data.copy()
    for name, text in values.items():
        changed[name] = text
    return changed


def _new_file(kind: VoucherFileKind, upload: Upload) -> NewFile:
    return NewFile(kind=kind, checked=upload.checked, content=upload.content)
