"""Forms of the audit room: findings, their answers, samples."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme.forms.approvals import ApproveForm
from programme.forms.days import day_input
from programme.forms.filters import ALL, OUR_TIME, FilterForm
from programme.forms.money import AmountField
from programme.queries.findings import KINDS, STATES
from programme.queries.funding import LineFigures
from programme.rules.inspections import LARGEST_SAMPLE, LARGEST_SEED, FindingEntry
from programme.services.samples import SampleEntry


class FindingForm(forms.Form):
    """What an auditor found, and until when it is to be followed up."""

    kind = forms.ChoiceField(label="Gegenstand", choices=KINDS)
    number = forms.IntegerField(
        label="Nummer",
        min_value=1,
        max_value=10**9,
        help_text="Beleg, Mittelabruf oder Einzelansatz: die Nummer, die auf der Seite steht.",
    )
    text = forms.CharField(
        label="Feststellung",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Was stimmt nicht, und was soll geschehen?",
    )
    amount_eur = AmountField(label="Beanstandeter Betrag in EUR", max_length=40, required=False)
    follow_up_on = forms.DateField(
        label="Nachverfolgung am", required=False, widget=day_input(), validators=OUR_TIME
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("kind", "number"), "text", Row("amount_eur", "follow_up_on"), "seen_version"
        )

    @property
    def entry(self) -> FindingEntry:
        """Return the fields of a valid form."""
        names = FindingEntry.__dataclass_fields__
        return FindingEntry(**{name: self.cleaned_data[name] for name in names})

    def now_seen(self, revision: int) -> None:
        """Take note that the person now sees this revision; saving again is then deliberate."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen_version"] = str(revision)  # type: ignore[index]


class AnswerForm(ApproveForm):
    """How finance mends what was found."""

    text = forms.CharField(
        label="Antwort",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Was ist geklärt oder geändert? Die Prüfung liest diesen Text.",
    )


class FindingFilterForm(FilterForm):
    stand = forms.ChoiceField(label="Stand", choices=[ALL, *STATES], required=False)
    art = forms.ChoiceField(label="Gegenstand", choices=[ALL, *KINDS], required=False)
    suche = forms.CharField(label="Wörter", max_length=100, required=False)


class SampleForm(forms.Form):
    """How many vouchers to draw by chance, and from which."""

    size = forms.IntegerField(label="Anzahl der Belege", min_value=1, max_value=LARGEST_SAMPLE)
    position = forms.TypedChoiceField(
        label="Einzelansatz", coerce=int, empty_value=None, required=False
    )
    minimum_eur = AmountField(
        label="mindestens EUR",
        max_length=40,
        required=False,
        help_text="Leer: Belege jeder Höhe.",
    )
    seed = forms.IntegerField(
        label="Startwert",
        min_value=0,
        max_value=LARGEST_SEED,
        required=False,
        help_text="Leer: das Portal nimmt einen zufälligen. Derselbe Wert zieht dieselben Belege.",
    )

    def __init__(self, *args: Any, lines: Sequence[LineFigures], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(line.position, f"{line.position} – {line.title}") for line in lines]
        self.fields["position"].choices = [("", "alle"), *known]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(Row("size", "seed"), Row("position", "minimum_eur"))

    @property
    def entry(self) -> SampleEntry:
        """Return the fields of a valid form."""
        names = SampleEntry.__dataclass_fields__
        return SampleEntry(**{name: self.cleaned_data[name] for name in names})
