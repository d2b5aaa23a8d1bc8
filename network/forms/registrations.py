"""Forms of one registration."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from network.forms.layout import (
    Folded,
    Notice,
    add_choices,
    add_needs,
    chosen_workshop,
    needs_notice,
)
from network.models import Registration
from network.queries.offers import Offer
from network.services.registrations import Person


class ChangeRegistrationForm(forms.Form):
    """Name, function, way of attending, workshop, needs; the address stays.

    Needs that were given before are not shown again: they are encrypted and only the programme
    team reads them. What is typed replaces them, nothing typed leaves them as they are.
    """

    full_name = forms.CharField(label="Vor- und Nachname", max_length=120)
    function = forms.CharField(label="Funktion", max_length=120, required=False)

    def __init__(self, *args: Any, registration: Registration, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registration = registration
        self.fields["full_name"].initial = registration.full_name
        self.fields["function"].initial = registration.function
        choices = add_choices(self, offer, initial=registration)
        needs = add_needs(self, offer)
        about = "Verpflegung, Barrierefreiheit" if offer.has_catering else "Barrierefreiheit"
        given = Notice(
            '<p class="kern-hint">Was Sie schon angegeben haben, zeigen wir hier aus '
            "Datenschutzgründen nicht. Neue Angaben ersetzen die früheren.</p>"
        )
        fold = Folded(f"{about} – freiwillig", given, *needs, Notice(needs_notice(offer)))
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("full_name", "function"),
            *choices,
            fold.open_if(self, needs),
        )

    def person(self) -> Person:
        """Return what was typed; the address is the one that is registered."""
        said = self.cleaned_data
        return Person(
            full_name=said["full_name"],
            email=self.registration.email,
            function=said["function"],
            mode=said.get("mode", ""),
            workshop=chosen_workshop(self),
            diet=tuple(said.get("diet", ())),
            diet_note=said.get("diet_note", ""),
            access=said["access"],
        )


class ConfirmForm(forms.Form):
    """A button and the value beside it: an empty request of a machine confirms nothing."""

    confirm = forms.CharField(initial="ja", widget=forms.HiddenInput)
