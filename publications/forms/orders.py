"""Understands an order from the public, and keeps machines out without watching people."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import category

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from programme.rules.numbers import grouped
from publications.models import OrderRule, Publication
from publications.queries import towns
from publications.rules import postcodes
from publications.rules.order_drafts import OrderDraft, OrderLine
from publications.rules.orders import purpose_from

SECONDS_TO_TYPE = 2
SECONDS_OPEN = 24 * 60 * 60
SALT = "publications.order.opened"
MOST_COPIES = 20_000
SMALL_NUMBER = re.compile(r"[0-9]{1,5}")
NOTHING_CHOSEN = "Bitte bestellen Sie von mindestens einem Titel ein Exemplar."
FRESH, CORRECTED = "order", "corrected"  # what the stamp says of the page it stands in

# One line, no control characters: nothing that could end a header or a line of an address (M7).
one_line = RegexValidator(
    r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\Z",
    "Bitte nur eine Zeile ohne Sonderzeichen für Zeilenumbrüche.",
)


def german_postcode(value: str) -> None:
    """Refuse what is not five digits of a zone in use."""
    if not postcodes.exists(value):
        raise ValidationError(
            "Bitte geben Sie eine deutsche Postleitzahl mit fünf Ziffern an, zum Beispiel 65183."
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


def line_field(label: str, most: int, autocomplete: str, **extra: Any) -> forms.CharField:
    """Return a field for one line of text."""
    return Line(
        label=label,
        max_length=most,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        **extra,
    )


class OrderForm(forms.Form):
    """The basket and where it goes: a number for each title, then who gets them.

    `website` is a trap for machines, `opened` the signed time of opening, `compared` the postcode
    and town the form has asked about once. `purpose` is shown only when a number needs it: by the
    script at once, else by the page that comes back with `question`, which is no error yet.
    """

    full_name = line_field("Name", 120, "name")
    organisation = line_field("Behörde oder Einrichtung", 160, "organization", required=False)
    street = line_field("Straße und Hausnummer", 120, "street-address")
    postcode = forms.CharField(
        label="Postleitzahl",
        max_length=5,
        validators=[german_postcode],
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    city = line_field("Ort", 80, "address-level2")
    email = forms.EmailField(
        label="E-Mail-Adresse",
        max_length=254,
        validators=[plain_address],
        help_text="Dorthin senden wir einen Link, mit dem Sie die Bestellung bestätigen.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    purpose = line_field("Wofür brauchen Sie die Exemplare?", 300, "off", required=False)
    wants_corrections = forms.BooleanField(
        label="Schreiben Sie mir, wenn ein Fehler im Bestellten bekannt wird",
        required=False,
        help_text="Freiwillig; bis Ihre Angaben gelöscht werden. Eine formlose E-Mail beendet es.",
    )
    website = forms.CharField(
        label="Bitte frei lassen",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        help_text="Dieses Feld fängt automatische Eingaben ab.",
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    compared = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        titles: Sequence[Publication],
        chosen: Mapping[int, int],
        rules: Sequence[OrderRule] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question = ""
        self.numbers = {f"copies_{title.slug}": title.pk for title in titles}
        self.purpose_from = {f"copies_{title.slug}": purpose_from(title, rules) for title in titles}
        for title in titles:
            name = f"copies_{title.slug}"
            self.fields[name] = _number(title, chosen.get(title.pk, 0), self.purpose_from[name])
        self.initial["opened"] = stamp()
        # The purpose is shown only once it is asked for, and then it has to be filled in; the trap
        # is no offer. Neither is called optional.
        for name in ("purpose", "website"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        """Lay the form out as it is now: the reason stands with the numbers once it is asked.

        Until then it is there for the script alone, and is not sent.
        """
        asked = bool(self.question or self.data.get("purpose")) or "purpose" in self.errors
        asked = asked or any(self._needs_purpose(name) for name in self.numbers)
        purpose = Div("purpose", data_what_for=True, **({} if asked else {"hidden": True}))
        self.fields["purpose"].widget.attrs["disabled"] = not asked
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            Fieldset("Bestellung", *self.numbers, purpose),
            Fieldset("Lieferanschrift", "full_name", "organisation", "street", "postcode", "city"),
            Fieldset("Bestätigung", "email", "wants_corrections"),
            Fieldset("Schutz vor automatischen Eingaben", "website", css_class="trap"),
            "opened",
            "compared",
        )
        return helper

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Bitte lassen Sie dieses Feld frei.")
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse an empty basket and what was sent faster than anybody types, or much later.

        A postcode that does not fit a town the portal knows is asked about once.
        """
        cleaned = super().clean() or self.cleaned_data
        if not self.lines() and not set(self.errors) & set(self.numbers):
            self.add_error(next(iter(self.numbers), None), NOTHING_CHOSEN)
        self._compare_town()
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

    def lines(self) -> tuple[OrderLine, ...]:
        """Return the titles with a number above zero."""
        numbers = ((pk, self.cleaned_data.get(name) or 0) for name, pk in self.numbers.items())
        return tuple(OrderLine(pk, copies) for pk, copies in numbers if copies > 0)

    def ask(self) -> None:
        """Make `question` of what is wrong if nobody could know before what for is asked."""
        if set(self.errors) == {"purpose"} and "purpose" not in self.data:
            self.question = " ".join(map(str, self.errors.pop("purpose")))

    def draft(self) -> OrderDraft:
        """Return the order as the person wrote it."""
        typed = ("full_name", "organisation", "street", "postcode", "city", "email", "purpose")
        return OrderDraft(
            **{name: self.cleaned_data[name] for name in typed},
            lines=self.lines(),
            wants_corrections=self.cleaned_data["wants_corrections"],
        )

    def _needs_purpose(self, name: str) -> bool:
        least, typed = self.purpose_from[name], str(self[name].value() or 0).strip()
        return least is not None and bool(SMALL_NUMBER.fullmatch(typed)) and int(typed) >= least

    def _compare_town(self) -> None:
        postcode, city = (self.cleaned_data.get(name, "") for name in ("postcode", "city"))
        pair = f"{postcode} {city}"
        if not postcode or not city or self.cleaned_data.get("compared") == pair:
            return
        known = towns.postcodes_of(city=city)
        if postcodes.fits_town(postcode, known):
            return
        self._put("compared", pair)
        self.add_error(
            "postcode",
            f"Für {city} kennen wir Postleitzahlen wie {known[0]}. Bitte prüfen Sie Postleitzahl "
            "und Ort. Stimmt beides, senden Sie das Formular noch einmal ab.",
        )

    def _stamp_again(self, said: str) -> None:
        """Put a new stamp into the page; who mends an error has typed before and may be quick."""
        self._put("opened", stamp(said))

    def _put(self, name: str, value: str) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[name] = value  # type: ignore[index]


def _number(title: Publication, copies: int, asked_from: int | None) -> forms.IntegerField:
    """Return the field for the number of copies of one title; its limits are told beside it.

    `asked_from` is the number of copies from which on an order says what for, if there is one.
    """
    more = "; mehr mit Begründung" if title.limit_is_soft else ""
    words = f"Bitte geben Sie eine ganze Zahl von 0 bis {grouped(MOST_COPIES)} an."
    field = forms.IntegerField(
        label=f"Anzahl „{title.title}“",
        required=False,
        min_value=0,
        max_value=MOST_COPIES,
        initial=copies,
        help_text=f"Bis {grouped(title.max_copies)} Exemplare{more}.{_what_for(title, asked_from)}",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
        widget=forms.NumberInput(attrs={"data-purpose-from": asked_from} if asked_from else {}),
    )
    field.sometimes_required = True  # type: ignore[attr-defined]
    return field


def _what_for(title: Publication, asked_from: int | None) -> str:
    """Say from which number on the purpose is asked; above the limit the hint says so anyway."""
    if asked_from is None or asked_from > title.max_copies:
        return ""
    if asked_from == 1:
        return " Bitte geben Sie an, wofür."
    return f" Ab {grouped(asked_from)} Exemplaren geben Sie bitte an, wofür."


def stamp(said: str = FRESH) -> str:
    """Return the signed time of opening, with what it says of the page it stands in."""
    return signing.dumps(said, salt=SALT)


def _is_younger(stamp: str, seconds: int) -> bool:
    try:
        signing.loads(stamp, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True
