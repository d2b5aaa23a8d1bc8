"""Understands limits of a title and the rules of region and purpose."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from publications.enums import OrderRuleEffect, OrderRuleKind
from publications.models import OrderRule
from publications.services.order_terms import Terms

MOST_COPIES, MOST_DAYS = 10_000, 365
PAIR = re.compile(r"([0-9]{5})\s*(?:[-–]\s*([0-9]{5}))?")


def _number(label: str, least: int, most: int, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=hint)


class PlainForm(forms.Form):
    """A form without a frame of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class TermsForm(PlainForm):
    """The limits of one title."""

    is_orderable = forms.BooleanField(label="gedruckt bestellbar", required=False)
    max_copies = _number("Höchstens je Bestellung", 1, MOST_COPIES)
    max_copies_per_address = _number("Höchstens je Anschrift im Zeitraum", 1, MOST_COPIES)
    limit_days = _number(
        "Zeitraum in Tagen",
        1,
        MOST_DAYS,
        "Gezählt wird, solange Anschriften gespeichert sind: bis 30 Tage nach dem Versand.",
    )
    limit_is_soft = forms.BooleanField(
        label="mit Begründung auch mehr (die Bestellung wird dann geprüft)", required=False
    )
    reprint_below = _number("Nachdruck melden unter", 0, 1_000_000, "Freie Exemplare; 0 heißt nie.")

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class RuleForm(PlainForm):
    """One rule; a rule of region has postcodes, a rule of purpose a number."""

    text = forms.CharField(
        label="Satz für Bestellende",
        max_length=300,
        help_text="Steht in der Liste der Regeln über der Bestellung.",
    )
    effect = forms.ChoiceField(
        label="Wer die Regel nicht einhält", choices=OrderRuleEffect, widget=forms.RadioSelect
    )
    from_copies = _number("Ab so vielen Exemplaren eines Titels", 1, MOST_COPIES)
    postcodes = forms.CharField(
        label="Postleitzahlen im Gebiet",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=5000,
        help_text="Eine Spanne je Zeile, zum Beispiel 60001-63699.",
    )
    is_active = forms.BooleanField(label="Regel gilt", required=False)

    def __init__(self, *args: Any, rule: OrderRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["from_copies" if rule.kind == OrderRuleKind.REGION else "postcodes"]

    def clean_postcodes(self) -> list[list[str]]:
        """Return pairs (first, last); a single postcode is a pair with itself."""
        lines = [line.strip() for line in self.cleaned_data["postcodes"].splitlines()]
        return [_pair(line) for line in lines if line]


def _pair(line: str) -> list[str]:
    found = PAIR.fullmatch(line)
    first, last = (found.group(1), found.group(2) or found.group(1)) if found else ("1", "0")
    if first > last:
        raise ValidationError(
            f"„{line[:40]}“ ist keine Spanne. Bitte schreiben Sie zwei Postleitzahlen, die "
            "kleinere zuerst, zum Beispiel 60001-63699."
        )
    return [first, last]


def written(postcodes: list[list[str]]) -> str:
    """Return pairs of postcodes as the form shows them."""
    return "\n".join(f"{first}-{last}" for first, last in postcodes)
