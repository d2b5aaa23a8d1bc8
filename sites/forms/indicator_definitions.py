"""Understands what an indicator means: a new one of a site, or another definition."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core import signing

from programme.forms.versions import Difference, differing, told
from sites.enums import Better, IndicatorKind
from sites.models import Indicator
from sites.services.indicator_definitions import LABELS, DefinitionClash, IndicatorDraft


class OwnIndicatorForm(forms.Form):
    """An indicator only this site uses."""

    name = forms.CharField(label="Kennzahl", max_length=120, help_text="In wenigen Worten.")
    unit = forms.CharField(label="Einheit", max_length=40, help_text="Zum Beispiel „Minuten“.")
    kind = forms.ChoiceField(label="Art", choices=IndicatorKind.choices)
    better = forms.ChoiceField(label="Was ist besser?", choices=Better.choices)
    definition = forms.CharField(
        label="Was genau wird gemessen?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="So genau, dass jemand anderes später dasselbe misst.",
    )
    counts_cases = forms.BooleanField(
        label="Die Kennzahl zählt Personen oder Fälle",
        required=False,
        initial=True,
        help_text="Werte unter fünf werden dann außerhalb der Eingabe nicht gezeigt.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def draft(self) -> IndicatorDraft:
        """Return what was written."""
        return IndicatorDraft(**self.cleaned_data)


class RedefineForm(OwnIndicatorForm):
    """An indicator that stands, with what the person opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = IndicatorDraft.of(indicator)
        for column, value in vars(stands).items():
            self.fields[column].initial = value
        self.fields["seen"].initial = _packed(stands)

    def clean_seen(self) -> IndicatorDraft | None:
        """Read what the person opened; what was tampered with counts as nothing seen."""
        try:
            return IndicatorDraft(**signing.loads(self.cleaned_data["seen"], salt=__name__))
        except (signing.BadSignature, TypeError):
            return IndicatorDraft("", "", "", "", "", counts_cases=False)

    def draft(self) -> IndicatorDraft:
        """Return what was written."""
        return IndicatorDraft(**{column: self.cleaned_data[column] for column in LABELS})

    def now_seen(self, clash: DefinitionClash) -> None:
        """Take what stands as seen, so that saving once more is a decision."""
        data = dict(self.data.items())
        data[self.add_prefix("seen")] = _packed(IndicatorDraft.of(clash.current))
        self.data = data

    def differences(self, clash: DefinitionClash) -> list[Difference]:
        """Return the fields of which two versions exist."""
        stands, mine = vars(IndicatorDraft.of(clash.current)), vars(self.draft())
        return differing(
            (
                label,
                told(stands[column], self.fields[column]),
                told(mine[column], self.fields[column]),
            )
            for column, label in LABELS.items()
        )


def _packed(draft: IndicatorDraft) -> str:
    return signing.dumps(vars(draft), salt=__name__)
