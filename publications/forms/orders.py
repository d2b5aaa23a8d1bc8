"""Understands an order from the public, and keeps machines out without watching people."""

import re
from typing import Any
from unicodedata import category

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core import signing
from django.core.validators import RegexValidator

from publications.models import Publication
from publications.services.orders import OrderDraft

SECONDS_TO_TYPE = 2
SECONDS_OPEN = 24 * 60 * 60
SALT = "publications.order.opened"
FRESH, CORRECTED = "order", "corrected"  # what the stamp says of the page it stands in

# One line, no control characters: nothing that could end a header or a line of an address (M7).
one_line = RegexValidator(
    r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\Z",
    "Bitte nur eine Zeile ohne Sonderzeichen für Zeilenumbrüche.",
)
german_postcode = RegexValidator(
    r"\A(?!01000|99999)(?:0[1-9]|[1-9][0-9])[0-9]{3}\Z",
    "Bitte geben Sie eine deutsche Postleitzahl mit fünf Ziffern an, zum Beispiel 65183.",
)
plain_address = RegexValidator(
    r'["\\(),:;<>\[\]]',
    "Bitte geben Sie eine gewöhnliche E-Mail-Adresse an, zum Beispiel name@beispiel.de.",
    inverse_match=True,
)


class Line(forms.CharField):
    """One line of text; invisible signs, which can also turn the direction, are left out."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return "".join(sign for sign in text if category(sign) != "Cf").strip()


def _line(label: str, most: int, autocomplete: str, **extra: Any) -> forms.CharField:
    return Line(
        label=label,
        max_length=most,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        **extra,
    )


class OrderForm(forms.Form):
    """Seven fields; `website` is a trap for machines, `opened` the signed time of opening."""

    copies = forms.IntegerField(label="Anzahl", min_value=1, initial=1)
    full_name = _line("Name", 120, "name")
    organisation = _line("Behörde oder Einrichtung", 160, "organization", required=False)
    street = _line("Straße und Hausnummer", 120, "street-address")
    postcode = forms.CharField(
        label="Postleitzahl",
        max_length=5,
        validators=[german_postcode],
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    city = _line("Ort", 80, "address-level2")
    email = forms.EmailField(
        label="E-Mail-Adresse",
        max_length=254,
        validators=[plain_address],
        help_text="Dorthin senden wir einen Link, mit dem Sie die Bestellung bestätigen.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label="Bitte frei lassen",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        help_text="Dieses Feld fängt automatische Eingaben ab.",
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copies"].help_text = f"Höchstens {publication.max_copies} je Bestellung."
        self.fields["copies"].widget.attrs["max"] = publication.max_copies
        self.initial["opened"] = _stamp()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Bestellung", "copies"),
            Fieldset("Lieferanschrift", "full_name", "organisation", "street", "postcode", "city"),
            Fieldset("Rückfragen", "email"),
            Fieldset("Schutz vor automatischen Eingaben", "website", css_class="trap"),
            "opened",
        )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Bitte lassen Sie dieses Feld frei.")
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse what was sent faster than anybody types, or from a page of yesterday."""
        cleaned = super().clean() or self.cleaned_data
        try:
            said = signing.loads(cleaned.get("opened", ""), salt=SALT, max_age=SECONDS_OPEN)
        except signing.BadSignature as problem:
            self._stamp_again(CORRECTED if isinstance(problem, signing.SignatureExpired) else FRESH)
            raise forms.ValidationError(
                "Das Formular war zu lange offen. Ihre Angaben stehen noch da; bitte senden Sie es "
                "noch einmal ab."
            ) from None
        if self.errors:
            self._stamp_again(CORRECTED)
        elif said != CORRECTED and _is_younger(cleaned.get("opened", ""), SECONDS_TO_TYPE):
            raise forms.ValidationError(
                "Das ging sehr schnell. Bitte prüfen Sie Ihre Angaben und senden Sie das Formular "
                "noch einmal ab."
            )
        return cleaned

    def _stamp_again(self, said: str) -> None:
        """Put a new stamp into the page; who mends an error has typed before and may be quick."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["opened"] = _stamp(said)  # type: ignore[index]

    def draft(self) -> OrderDraft:
        """Return the order as the person wrote it."""
        typed = ("full_name", "organisation", "street", "postcode", "city", "email", "copies")
        return OrderDraft(**{name: self.cleaned_data[name] for name in typed})


class StockForm(forms.Form):
    """The number counted on the shelf."""

    copies = forms.IntegerField(
        label="Gezählte Exemplare",
        min_value=0,
        max_value=1_000_000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Bitte geben Sie eine ganze Zahl zwischen 0 und 1.000.000 an.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class ChosenOrdersForm(forms.Form):
    """The orders somebody ticked in the list."""

    orders = forms.Field(required=False, widget=forms.SelectMultiple)

    def clean_orders(self) -> list[int]:
        """Keep what can be the key of an order; anything else was not ticked in our list."""
        ticked = self.cleaned_data["orders"] or []
        return [int(value) for value in ticked if re.fullmatch(r"[0-9]{1,12}", value)]


def _stamp(said: str = FRESH) -> str:
    return signing.dumps(said, salt=SALT)


def _is_younger(stamp: str, seconds: int) -> bool:
    try:
        signing.loads(stamp, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True
