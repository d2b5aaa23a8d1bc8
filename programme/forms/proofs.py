"""Forms of the proofs of use: begin, narrative, signatures, a new version, paper."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from programme.forms.approvals import ApproveForm
from programme.models import ProofIndicator, ProofOfUse
from programme.queries.effects import Effect
from programme.services.proofs import Narrative

LONGEST = 20_000


class BeginProofForm(forms.Form):
    """Which proof is to be begun: the final one, or the interim one of a drawdown or a year."""

    what = forms.RegexField(r"^(final|jahr-[0-9]{4}|[0-9]{1,4})$", label="Nachweis")


class NarrativeForm(forms.Form):
    """Overview, a text for each goal, and for each indicator a value or a reason.

    `known` is what the portal counted: it stands in the field until somebody says otherwise.
    """

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overview = forms.CharField(
        label="Überblick",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self, *args: Any, proof: ProofOfUse, known: Mapping[str, Effect], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.texts = list(proof.texts.all())
        self.rows = list(proof.indicators.all())
        for text in self.texts:
            self.fields[f"text_{text.key}"] = forms.CharField(
                label=f"Ziel: {text.title}",
                required=False,
                initial=text.text,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        for row in self.rows:
            counted = known.get(row.key)
            self.fields[f"value_{row.key}"] = forms.DecimalField(
                label=f"{row.title} ({row.unit})",
                help_text=f"Im Portal: {counted.value} {counted.source}." if counted else "",
                required=False,
                initial=_proposed(row, counted),
                min_value=Decimal(0),
                max_digits=14,
                decimal_places=2,
                localize=True,
            )
            self.fields[f"reason_{row.key}"] = forms.CharField(
                label="warum kein Wert vorliegt", required=False, initial=row.reason, max_length=300
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields)

    @property
    def narrative(self) -> Narrative:
        """Return what a valid form says."""
        data = self.cleaned_data
        return Narrative(
            overview=data["overview"],
            texts={text.key: data[f"text_{text.key}"] for text in self.texts},
            values={row.key: data[f"value_{row.key}"] for row in self.rows},
            reasons={row.key: data[f"reason_{row.key}"] for row in self.rows},
        )


def _proposed(row: ProofIndicator, counted: Effect | None) -> Decimal | int | None:
    """Return what was reported, else what the portal counted where no reason stands."""
    if row.value is None and not row.reason and counted:
        return counted.value
    return _plain(row.value)


def _plain(value: Decimal | None) -> Decimal | None:
    """Return a whole number without the decimals the database keeps for it."""
    whole = value.to_integral_value() if value is not None else None
    return whole if whole == value else value


class SignProofForm(ApproveForm):
    """A signature under the state that was shown; the tick says which warnings were read.

    `warned` are the numbers of the rules that warn now. They travel as the value of the tick, so
    nobody accepts a warning that was not on the page.
    """

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, warned: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warned:
            return
        field = self.fields["confirmed"]
        field.label = f"Ich habe die Warnungen gelesen ({', '.join(warned)}); sie bleiben bestehen."
        field.widget = forms.CheckboxInput(attrs={"value": " ".join(warned)})

    @property
    def seen_warnings(self) -> frozenset[str]:
        """Return the rules whose warnings the person accepts."""
        return frozenset(str(self.data.get("confirmed", "")).split())


class RenewProofForm(forms.Form):
    """Why a submitted proof gets a new version."""

    reason = forms.CharField(
        label="Grund der neuen Fassung",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PrintProofForm(forms.Form):
    """As what the proof is to be made."""

    kind = forms.ChoiceField(
        choices=[("pdf", "PDF"), ("xlsx", "Tabelle"), ("csv", "Liste"), ("zip", "Belege")]
    )
