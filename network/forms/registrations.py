"""Forms of one registration."""

from typing import Any

from django import forms

from network.enums import AttendanceMode
from network.models import Registration
from network.services.registrations import Person


class ChangeRegistrationForm(forms.Form):
    """Name, function and way of attending; the address stays."""

    full_name = forms.CharField(label="Vor- und Nachname", max_length=120)
    function = forms.CharField(label="Funktion", max_length=120, required=False)

    def __init__(
        self, *args: Any, registration: Registration, is_hybrid: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.registration = registration
        self.fields["full_name"].initial = registration.full_name
        self.fields["function"].initial = registration.function
        if is_hybrid:
            self.fields["mode"] = forms.ChoiceField(
                label="Teilnahme", choices=AttendanceMode, initial=registration.mode
            )

    def person(self) -> Person:
        """Return what was typed; the address is the one that is registered."""
        return Person(
            full_name=self.cleaned_data["full_name"],
            email=self.registration.email,
            function=self.cleaned_data["function"],
            mode=self.cleaned_data.get("mode", ""),
        )


class ConfirmForm(forms.Form):
    """A button and the value beside it: an empty request of a machine confirms nothing."""

    confirm = forms.CharField(initial="ja", widget=forms.HiddenInput)
