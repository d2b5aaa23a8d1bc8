"""Understands what comes from the door: steps of a phone, people without a registration."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms

from network.enums import CheckInKind
from network.models import Organisation
from network.services.check_in import MOST_STEPS, Wanted
from network.services.walk_ins import WalkIn
from programme.errors import RuleBroken

HIGHEST_KEY = 2**63
UNREADABLE = "Dieser Schritt ist nicht lesbar."


class WalkInForm(forms.Form):
    """Who came without a registration."""

    full_name = forms.CharField(label="Vor- und Nachname", max_length=120)
    organisation = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="bitte wählen",
    )
    guest_of = forms.CharField(
        label="Andere Organisation",
        max_length=80,
        required=False,
        help_text="Nur wenn sie in der Auswahl fehlt.",
    )
    function = forms.CharField(label="Funktion", max_length=120, required=False)
    email = forms.EmailField(
        label="E-Mail-Adresse",
        max_length=254,
        required=False,
        help_text="Für die Teilnahmebescheinigung. Ohne Adresse gibt es sie nur auf Papier.",
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["organisation"]
        choices.sometimes_required = True  # type: ignore[attr-defined]
        choices.queryset = organisations  # type: ignore[attr-defined]
        choices.label_from_instance = lambda row: row.short_name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "organisation" in cleaned and not (cleaned["organisation"] or cleaned.get("guest_of")):
            self.add_error("organisation", "Bitte wählen Sie eine Organisation.")
        return cleaned

    def person(self) -> WalkIn:
        """Return who was typed."""
        return WalkIn(**self.cleaned_data)


def read_tap(text: str) -> tuple[int, CheckInKind] | None:
    """Return (registration, kind) of a pressed button, None if it is not one of ours."""
    number, _, kind = text.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return (int(number), CheckInKind(kind)) if kind in CheckInKind.values else None


def read_steps(body: bytes) -> list[Wanted | str]:
    """Return the steps of a phone in their order; an unreadable one is its German error.

    Refuses (RuleBroken) what is no list, and more than 200 steps at once.
    """
    try:
        steps = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RuleBroken("Die Schritte sind nicht lesbar.") from error
    if not isinstance(steps, list):
        raise RuleBroken("Erwartet wird eine Liste von Schritten.")
    if len(steps) > MOST_STEPS:
        raise RuleBroken(f"Auf einmal gehen höchstens {MOST_STEPS} Schritte.")
    return [_step(each) for each in steps]


def _step(given: Any) -> Wanted | str:
    try:
        key, number = UUID(given["key"]), given["registration"]
        kind, when = CheckInKind(given["kind"]), given.get("happened_at")
        happened_at = datetime.fromisoformat(when) if when is not None else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return UNREADABLE
    if type(number) is not int or not 0 < number < HIGHEST_KEY:
        return UNREADABLE
    if happened_at is not None and happened_at.tzinfo is None:
        happened_at = happened_at.replace(tzinfo=UTC)
    return Wanted(key, number, kind, happened_at)
