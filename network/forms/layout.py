"""Parts of forms that the answer page and the page of a person share."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from network.enums import Diet
from network.queries.offers import Offer
from network.services.registrations import NO_WORKSHOP

LONGEST_NOTE = 300


class Folded(Fieldset):  # type: ignore[misc]  # crispy forms have no types
    """Fields behind a line of text; open when something in them was typed or is wrong."""

    template = "%s/layout/folded.html"

    def open_if(self, form: forms.Form, names: list[str]) -> "Folded":
        """Return itself, open if one of these fields needs to be seen."""
        self.is_open = any(form[name].errors or form[name].value() for name in names)
        return self


def add_choices(
    form: forms.Form, offer: Offer, *, suffix: str = "", whose: str = "", initial: Any = None
) -> list[str]:
    """Add the way of attending and the workshop, where there is something to choose.

    Returns the names of the new fields. `initial` is the registration they start from.
    """
    names = []
    if offer.is_hybrid:
        form.fields[f"mode{suffix}"] = forms.ChoiceField(
            label=f"Teilnahme{whose}",
            choices=[(way.value, f"{way.label} ({_free(way.free)})") for way in offer.ways],
            required=False,
            initial=initial and initial.mode,
        )
        names.append(f"mode{suffix}")
    if offer.workshops:
        form.fields[f"workshop{suffix}"] = forms.ChoiceField(
            label=f"Workshop{whose}",
            choices=[
                ("", "noch offen oder keiner"),
                *((row.pk, f"{row.workshop} ({_free(row.free)})") for row in offer.workshops),
            ],
            required=False,
            initial=initial and initial.workshop_id,
        )
        names.append(f"workshop{suffix}")
    for name in names:
        form.fields[name].sometimes_required = True  # type: ignore[attr-defined]
    return names


def add_needs(form: forms.Form, offer: Offer, *, suffix: str = "", whose: str = "") -> list[str]:
    """Add diet (where there is something to eat) and access needs; returns their names."""
    names = []
    if offer.has_catering:
        form.fields[f"diet{suffix}"] = forms.MultipleChoiceField(
            label=f"Verpflegung{whose}",
            choices=Diet,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        form.fields[f"diet_note{suffix}"] = forms.CharField(
            label=f"Unverträglichkeiten{whose}", max_length=LONGEST_NOTE, required=False
        )
        names += [f"diet{suffix}", f"diet_note{suffix}"]
    form.fields[f"access{suffix}"] = forms.CharField(
        label=f"Barrierefreiheit{whose}",
        max_length=LONGEST_NOTE,
        required=False,
        help_text="Was Sie brauchen, zum Beispiel einen Platz für den Rollstuhl oder "
        "Gebärdensprache",
    )
    return [*names, f"access{suffix}"]


def chosen_workshop(form: forms.Form, suffix: str = "") -> int | None:
    """Return the key of the workshop, NO_WORKSHOP for none, None if there was nothing to choose."""
    said = form.cleaned_data.get(f"workshop{suffix}")
    return None if said is None else int(said or NO_WORKSHOP)


def needs_notice(offer: Offer) -> str:
    """Return what happens to diet and access needs, for the fold they are typed in."""
    day = f" ({offer.needs_kept_until:%d.%m.%Y})" if offer.needs_kept_until else ""
    return (
        '<p class="kern-hint">Angaben zu Verpflegung und Barrierefreiheit sind freiwillig und '
        "werden verschlüsselt gespeichert. Das Programmteam sieht sie, die Küche erfährt nur "
        f"Anzahlen. Sieben Tage nach dem Treffen{day} werden sie gelöscht. Für andere tragen Sie "
        "bitte nur ein, was diese wünschen.</p>"
    )


def _free(free: int | None) -> str:
    if free is None:
        return "Plätze frei"
    if free == 0:
        return "ausgebucht, Warteliste"
    return "noch 1 Platz" if free == 1 else f"noch {free} Plätze"
