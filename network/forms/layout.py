"""Parts of forms that the answer page and the page of a person share."""

from collections.abc import Hashable
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from network.enums import Diet
from network.queries.offers import Offer
from network.services.registrations import NO_WORKSHOP

LONGEST_NOTE = 300
MOST_DRAWN = 500  # about two kilobytes each


class Group(Fieldset):  # type: ignore[misc]  # crispy forms have no types
    """Fields under a legend of plain text: crispy would compile each legend as a template."""

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        """Draw the fields, then the frame around them."""
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        frame = {"fieldset": self, "legend": self.legend, "fields": fields}
        return render_to_string(self.get_template_name(template_pack), frame)


class Notice:
    """A hint between the fields: finished HTML, no template."""

    def __init__(self, html: str) -> None:
        self.html = html

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> SafeString:
        """Return the text as it is; it comes from the code, never from people."""
        return mark_safe(self.html)  # noqa: S308


class Unchanged(LayoutObject):  # type: ignore[misc]  # crispy forms have no types
    """Fields nobody has touched: drawn once, then taken from memory.

    `key` holds everything their HTML depends on. Hundreds of offices look at the same empty rows
    while the last seats go, and drawing them is most of the work of the page.
    """

    drawn: ClassVar[dict[Hashable, str]] = {}

    def __init__(self, key: Hashable, *fields: Any) -> None:
        self.key = key
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        """Return the fields from memory, or draw them and remember."""
        html = self.drawn.get(self.key)
        if html is None:
            html = str(self.get_rendered_fields(form, context, template_pack, **kwargs))
            if len(self.drawn) >= MOST_DRAWN:
                self.drawn.clear()
            self.drawn[self.key] = html
        return mark_safe(html)  # noqa: S308  drawn by templates


class Folded(Group):
    """Fields behind a line of text; open when something in them was typed or is wrong."""

    template = "%s/layout/folded.html"
    is_open = False

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
