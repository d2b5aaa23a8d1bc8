"""Forms of the financing plan: one version with lines and funding, reallocation, the decisions."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from programme import clock
from programme.enums import CostCategory, IndirectBase
from programme.forms.confirmable import ConfirmableForm
from programme.forms.days import day_input
from programme.forms.money import AmountField
from programme.forms.uploads import OneFileField
from programme.models import BudgetLine, FinancingPlan, FundingSource
from programme.queries.funding import LineFigures
from programme.rules.money import written
from programme.rules.plans import LineEntry, PlanEntry
from programme.rules.reallocations import Reallocation
from programme.services.funding_documents import NewPaper

NEW_ROWS = ("neu1", "neu2", "neu3")
CATEGORIES = [("", "Bitte wählen"), *CostCategory.choices]


def _amount(label: str, kind: str, hint: str = "") -> AmountField:
    field = AmountField(
        label=label, max_length=40, may_be_zero=True, required=False, help_text=hint
    )
    field.widget.attrs["data-sum"] = kind
    return field


class DecisionFields(forms.Form):
    """The decision of the granting authority, needed beyond the tolerance (rule F07)."""

    decided_on = forms.DateField(
        label="Entscheidung der Bewilligungsbehörde vom", required=False, widget=day_input()
    )
    decision_reference = forms.CharField(
        label="Aktenzeichen der Entscheidung", max_length=80, required=False
    )
    paper = OneFileField(
        label="Dokument der Entscheidung",
        required=False,
        help_text="PDF, PNG, JPG oder XML, höchstens 20 MB.",
    )

    def clean_decided_on(self) -> date | None:
        """Refuse a decision of a day to come."""
        day: date | None = self.cleaned_data["decided_on"]
        if day and day > clock.today():
            raise ValidationError("Das Datum der Entscheidung liegt in der Zukunft.")
        return day

    @property
    def new_paper(self) -> NewPaper | None:
        """Return the checked file of a valid form, None if there came none."""
        upload = self.cleaned_data["paper"]
        return NewPaper(upload.checked, upload.content) if upload else None


class PlanForm(DecisionFields):
    """A version on one page: its lines, what each source gives, and what it is founded on."""

    reason = forms.CharField(
        label="Grund der Fassung",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    indirect_base = forms.ChoiceField(
        label="Grundlage der Pauschale für indirekte Kosten",
        choices=[("", "keine Pauschale"), *IndirectBase.choices],
        required=False,
    )
    is_publicly_procured = forms.BooleanField(
        label="Alle direkten Kosten sind öffentlich vergebene Aufträge.", required=False
    )
    raised_rate_reason = forms.CharField(
        label="Grund eines erhöhten EU-Anteils",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nur in begründeten Ausnahmefällen; das Dokument dazu legen Sie unten ab.",
    )
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        plan: FinancingPlan,
        sources: Sequence[FundingSource],
        figures: Sequence[LineFigures],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.known = {line.position: line for line in plan.lines.all()}
        self.actual = {row.position: row.actual_eur + row.waiting_eur for row in figures}
        self.rows: list[int | str] = [*self.known, *NEW_ROWS]
        for row in self.rows:
            self._add_line(row)
        planned = {row.source_id: row.planned_eur for row in plan.funding.all()}
        for source in sources:
            hint = f"Bewilligt: {written(source.granted_eur)}."
            field = _amount(f"{source.short_name}, geplant in EUR", "funding", hint)
            field.required = True
            field.initial = planned.get(source.pk)
            self.fields[f"funding_{source.key}"] = field
        if plan.document is not None:
            self.fields["paper"].help_text = f"Abgelegt ist „{plan.document.name}“."
        self.helper = FormHelper()
        self.helper.layout = self._layout()

    def _add_line(self, row: int | str) -> None:
        line = self.known.get(row) if isinstance(row, int) else None
        spent = written(self.actual.get(line.position, Decimal(0))) if line else ""
        hint = f"Ausgegeben oder erfasst: {spent}." if line else ""
        self.fields[f"title_{row}"] = forms.CharField(
            label="Bezeichnung",
            max_length=160,
            required=line is not None,
            initial=line.title if line else None,
        )
        self.fields[f"category_{row}"] = forms.ChoiceField(
            label="Kostenart",
            choices=CATEGORIES,
            required=line is not None,
            initial=line.category if line else None,
        )
        field = _amount("Geplant in EUR", "lines", hint)
        field.required = line is not None
        field.initial = line.planned_eur if line else None
        self.fields[f"planned_{row}"] = field

    def _layout(self) -> Layout:
        lines = [
            Fieldset(
                f"Einzelansatz {row}" if isinstance(row, int) else "Weiterer Einzelansatz",
                Row(f"title_{row}", f"category_{row}", f"planned_{row}"),
            )
            for row in self.rows
        ]
        funding = Row(*(f"funding_{source.key}" for source in self.sources))
        return Layout(
            *lines,
            Fieldset("Einnahmen je Quelle", funding),
            Fieldset("Begründung", "reason", "raised_rate_reason"),
            Fieldset("Indirekte Kosten", "indirect_base", "is_publicly_procured"),
            Fieldset(
                "Entscheidung der Bewilligungsbehörde",
                Row("decided_on", "decision_reference"),
                "paper",
            ),
            "seen_revision",
        )

    def clean(self) -> dict[str, Any]:
        """Ask back a new line that is only half there."""
        for row in self.rows:
            if isinstance(row, int) or not self._is_begun(row):
                continue
            for name in ("title", "category", "planned"):
                field = f"{name}_{row}"
                if field not in self.errors and self.cleaned_data.get(field) in (None, ""):
                    self.add_error(field, "Bitte füllen Sie auch dieses Feld aus.")
        return self.cleaned_data

    def _is_begun(self, row: int | str) -> bool:
        names = (f"title_{row}", f"category_{row}", f"planned_{row}")
        return any(self.data.get(self.add_prefix(name)) for name in names)

    @property
    def had_files(self) -> bool:
        """Whether files came with the form; browsers forget them when it is shown again."""
        return bool(self.files)

    @property
    def entry(self) -> PlanEntry:
        """Return the version of a valid form."""
        found = self.cleaned_data
        lines = tuple(
            LineEntry(
                position=row if isinstance(row, int) else None,
                category=CostCategory(found[f"category_{row}"]),
                title=found[f"title_{row}"],
                planned_eur=found[f"planned_{row}"],
            )
            for row in self.rows
            if isinstance(row, int) or self._is_begun(row)
        )
        funding = {
            source.key: found[f"funding_{source.key}"] or Decimal(0) for source in self.sources
        }
        names = (
            *("reason", "raised_rate_reason", "indirect_base", "is_publicly_procured"),
            *("decided_on", "decision_reference"),
        )
        return PlanEntry(lines=lines, funding_eur=funding, **{name: found[name] for name in names})


class PlanLineField(forms.ModelChoiceField[BudgetLine]):
    """A line with its number and what it plans."""

    def label_from_instance(self, obj: BudgetLine) -> str:
        return f"{obj.position} – {obj.title} (geplant {written(obj.planned_eur)})"


class ReallocationForm(ConfirmableForm, DecisionFields):
    """From line, to line, amount, reason; beyond the tolerance also the decision."""

    giving = PlanLineField(BudgetLine.objects.none(), label="Von", empty_label="Bitte wählen")
    taking = PlanLineField(BudgetLine.objects.none(), label="Nach", empty_label="Bitte wählen")
    amount_eur = AmountField(
        label="Betrag in EUR", max_length=40, help_text="Zum Beispiel 1.234,56."
    )
    reason = forms.CharField(
        label="Begründung", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = ["giving", "taking", "amount_eur", "reason"]

    def __init__(self, *args: Any, plan: FinancingPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("giving", "taking"):
            field = self.fields[name]
            if isinstance(field, PlanLineField) and plan is not None:
                field.queryset = BudgetLine.objects.filter(plan=plan)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("giving", "taking"),
            "amount_eur",
            "reason",
            Fieldset(
                "Nur bei mehr als der zulässigen Überschreitung",
                Row("decided_on", "decision_reference"),
                "paper",
            ),
            "confirmed",
        )

    @property
    def entry(self) -> Reallocation:
        """Return the reallocation of a valid form."""
        names = Reallocation.__dataclass_fields__
        return Reallocation(**{name: self.cleaned_data[name] for name in names})


class SeenRevisionForm(forms.Form):
    """A decision about a version in the revision that was shown."""

    seen_revision = forms.IntegerField(min_value=1, max_value=10**9, widget=forms.HiddenInput)


class HandInForm(ConfirmableForm, SeenRevisionForm):
    """Hand in, with the tick once there are warnings."""


class SendBackForm(SeenRevisionForm):
    """Send back with a reason."""

    reason = forms.CharField(
        label="Grund der Rückgabe", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class CompareForm(forms.Form):
    """Which two versions stand side by side."""

    von = forms.TypedChoiceField(label="Bisher", required=False, coerce=int, empty_value=None)
    nach = forms.TypedChoiceField(label="Neu", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, versions: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = versions
        for name, proposed in (("von", versions[-2:][0]), ("nach", versions[-1])):
            field = self.fields[name]
            field.initial = proposed
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [(number, f"Fassung {number}") for number in versions]
        self.helper = FormHelper()
        self.helper.layout = Layout(Row("von", "nach"))

    def chosen(self, name: str) -> int:
        """Return the version asked for, the proposed one if none or an unknown one came."""
        cleaned: dict[str, Any] = self.cleaned_data if self.is_valid() or self.errors else {}
        return int(cleaned.get(name) or self.fields[name].initial)
