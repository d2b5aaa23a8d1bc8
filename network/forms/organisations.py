"""Understands what somebody writes about an organisation and its bodies."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from network.enums import OrganisationKind, PublicBodyKind, Region
from network.models import Organisation
from network.rules.organisations import OrganisationDetails
from network.rules.public_bodies import BodyDetails, Standing

CHOOSE = ("", "bitte wählen")


def day_field(label: str, help_text: str = "") -> forms.DateField:
    """Return the browser's date field; it wants ISO dates, German ones are understood too."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class OrganisationForm(forms.Form):
    """An organisation of the directory, offices and guests alike."""

    kind = forms.ChoiceField(label="Art", choices=[CHOOSE, *OrganisationKind.choices])
    name = forms.CharField(label="Name", max_length=200)
    short_name = forms.CharField(
        label="Kurzname", max_length=80, help_text="So steht sie in Listen, zum Beispiel „Fulda“."
    )
    unit = forms.CharField(label="Amt oder Abteilung", max_length=200, required=False)
    region = forms.ChoiceField(
        label="Regierungsbezirk",
        choices=[("", "keiner"), *Region.choices],
        required=False,
        help_text="Nötig bei Ausländerbehörden und Regierungspräsidien.",
    )
    street = forms.CharField(label="Straße und Hausnummer", max_length=120, required=False)
    postcode = forms.CharField(label="Postleitzahl", max_length=5, required=False)
    city = forms.CharField(label="Ort", max_length=80, required=False)
    valid_from = day_field("Besteht seit")
    note = forms.CharField(label="Anmerkung", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Die Organisation", "kind", "name", "short_name", "unit", "region"),
            Fieldset("Anschrift", "street", "postcode", "city"),
            Fieldset("Im Verzeichnis", "valid_from", "note"),
        )

    def details(self) -> OrganisationDetails:
        """Return the organisation as it was typed."""
        return OrganisationDetails(**self.cleaned_data)


class EndForm(forms.Form):
    """The last day of an organisation or a body."""

    last_day = day_field("Letzter Tag", "Bis einschließlich dieses Tages bleibt alles, wie es ist.")


class StandingForm(forms.Form):
    """What a body is from a day on, and which office works for it."""

    from_day = day_field("Gilt ab", "Bis zum Tag davor bleibt der bisherige Stand erhalten.")
    kind = forms.ChoiceField(label="Art", choices=[CHOOSE, *PublicBodyKind.choices])
    name = forms.CharField(label="Name", max_length=120)
    short_name = forms.CharField(label="Kurzname auf der Karte", max_length=12)
    key = forms.CharField(
        label="Amtlicher Schlüssel", max_length=8, help_text="Fünf oder acht Ziffern, mit 06 vorn."
    )
    district = forms.CharField(
        label="Gehört zum Kreis",
        max_length=120,
        required=False,
        help_text="Nur bei einer Sonderstatusstadt.",
    )
    office = forms.ModelChoiceField(
        Organisation.objects.none(), label="Zuständige Ausländerbehörde", empty_label="bitte wählen"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].sometimes_required = True  # type: ignore[attr-defined]
        if "office" in self.fields:
            offices = Organisation.objects.offices().filter(merged_into__isnull=True)
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def standing(self) -> Standing:
        """Return the new status as it was typed."""
        return Standing(**_without(self.cleaned_data, "from_day", "office"))


class BodyForm(StandingForm):
    """A new body of an office, with its place on the map."""

    office = None  # type: ignore[assignment]  # the page of the office says it
    region = forms.ChoiceField(label="Regierungsbezirk", choices=[CHOOSE, *Region.choices])
    seat = forms.CharField(label="Sitz", max_length=80)
    latitude = forms.DecimalField(
        label="Geografische Breite",
        min_value=49,
        max_value=52,
        decimal_places=3,
        localize=True,
        help_text="In Grad, zum Beispiel 50,555.",
    )
    longitude = forms.DecimalField(
        label="Geografische Länge",
        min_value=7,
        max_value=11,
        decimal_places=3,
        localize=True,
        help_text="In Grad, zum Beispiel 9,681.",
    )
    tile_column = forms.IntegerField(
        label="Spalte der Kachel", min_value=1, max_value=12, help_text="1 ist ganz links."
    )
    tile_row = forms.IntegerField(
        label="Zeile der Kachel", min_value=1, max_value=12, help_text="1 ist ganz oben."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Die Körperschaft", "kind", "name", "short_name", "key", "district"),
            Fieldset("Lage und Beginn", "region", "seat", "from_day"),
            Fieldset("Auf der Karte", Row("latitude", "longitude"), Row("tile_column", "tile_row")),
        )

    def details(self) -> BodyDetails:
        """Return the body as it was typed."""
        return BodyDetails(**_without(self.cleaned_data, "from_day"))

    def valid_from(self) -> date:
        """Return the first day of the body."""
        day: date = self.cleaned_data["from_day"]
        return day


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in names}
