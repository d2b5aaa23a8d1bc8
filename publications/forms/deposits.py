"""Understands how copies were deposited."""

from django import forms

from programme import clock


class DepositForm(forms.Form):
    """When and how copies were sent, or why none are owed."""

    done_on = forms.DateField(
        label="erledigt am", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(
        label="Beleg",
        max_length=200,
        required=False,
        help_text="Kennung der Lieferung, Sendungsnummer oder Datum der Empfangsbestätigung.",
    )
    exempt_because = forms.CharField(
        label="Nichts abzugeben, weil",
        max_length=200,
        required=False,
        help_text="Nur wenn eine der Ausnahmen unten zutrifft.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["done_on"].initial = clock.today
        for name in ("reference", "exempt_because"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]
