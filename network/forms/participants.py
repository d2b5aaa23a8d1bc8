"""What the programme team does with the people of a meeting."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from network.enums import AttendanceMode, MeetingMode, RegistrationStatus, WorkshopPlace
from network.models import Invitation, Meeting, Registration
from network.queries.participants import ACTIVE, Chosen, Figures, invited
from network.services.registrations import Person

STATES = [
    (ACTIVE, "kommt oder wartet"),
    (RegistrationStatus.CONFIRMED, "angemeldet"),
    (RegistrationStatus.WAITING, "auf der Warteliste"),
    (RegistrationStatus.CANCELLED, "abgemeldet"),
    ("all", "alle"),
]
WAITS = "wartet"


class ParticipantsForm(forms.Form):
    """Narrows the list; sent by GET, so that a search can be kept as an address."""

    use_required_attribute = False

    search = forms.CharField(label="Name, E-Mail oder Organisation", required=False, max_length=80)
    state = forms.ChoiceField(label="Stand", required=False, choices=STATES)

    def __init__(self, *args: Any, meeting: Meeting, figures: Figures, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meeting.mode == MeetingMode.HYBRID:
            self.fields["mode"] = forms.ChoiceField(
                label="Teilnahme", required=False, choices=[("", "alle"), *AttendanceMode.choices]
            )
        if figures.options:
            options = [(str(pk), title) for pk, title in figures.options]
            waits = (WAITS, str(WorkshopPlace.WAITING.label))
            self.fields["workshop"] = forms.ChoiceField(
                label="Workshop", required=False, choices=[("", "alle"), *options, waits]
            )

    def chosen(self) -> Chosen:
        """Return what was understood; anything else is ignored, a filter is no place for errors."""
        self.is_valid()  # understands what it can
        understood = getattr(self, "cleaned_data", {})
        state = understood.get("state") or ACTIVE
        workshop = understood.get("workshop", "")
        return Chosen(
            search=understood.get("search", ""),
            state="" if state == "all" else state,
            mode=understood.get("mode", ""),
            workshop=int(workshop) if workshop and workshop != WAITS else None,
            waits_for_workshop=workshop == WAITS,
        )


class OnePersonForm(forms.Form):
    """One person, with the names of fields that broken rules speak of."""

    name_1 = forms.CharField(label="Vor- und Nachname", max_length=120)
    email_1 = forms.EmailField(label="E-Mail-Adresse", max_length=254)
    function_1 = forms.CharField(label="Funktion", max_length=120, required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, before: Registration | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if meeting.mode == MeetingMode.HYBRID:
            self.fields["mode_1"] = forms.ChoiceField(
                label="Teilnahme",
                choices=AttendanceMode,
                initial=before.mode if before else AttendanceMode.ON_SITE,
            )
        workshops = [(str(row.pk), row.title) for row in meeting.workshops.all()]
        if workshops:
            self.fields["workshop_1"] = forms.ChoiceField(
                label="Workshop",
                required=False,
                choices=[("", "keiner"), *workshops],
                initial=before.workshop_id if before else "",
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.lines())

    def lines(self) -> list[Any]:
        """Return how the fields are arranged."""
        more = [name for name in ("mode_1", "workshop_1") if name in self.fields]
        return [Row("name_1", "email_1", "function_1"), *([Row(*more)] if more else [])]

    def person(self) -> Person:
        """Return the person that was typed."""
        return Person(
            full_name=self.cleaned_data["name_1"],
            email=self.cleaned_data["email_1"],
            function=self.cleaned_data["function_1"],
            mode=self.cleaned_data.get("mode_1", ""),
            workshop=int(self.cleaned_data.get("workshop_1") or 0),
        )


class OfficeField(forms.ModelChoiceField[Invitation]):
    """One of the invitations of a meeting, by the name of its organisation."""

    def label_from_instance(self, obj: Invitation) -> str:
        return obj.organisation.short_name


class LatePersonForm(OnePersonForm):
    """Register somebody for an office, also after the deadline."""

    accept_waiting = forms.BooleanField(
        label="Ist kein Platz frei, auf die Warteliste setzen", required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["invitation"] = OfficeField(
            label="Organisation", queryset=invited(meeting=meeting), empty_label="bitte wählen"
        )

    def lines(self) -> list[Any]:
        return ["invitation", *super().lines(), "accept_waiting"]


class ReasonForm(forms.Form):
    """Why somebody moves up out of turn; the logbook keeps it."""

    reason = forms.CharField(
        label="Grund",
        max_length=200,
        help_text="Bleibt im Protokoll, bitte ohne Namen. Zum Beispiel: Vortrag im Programm.",
    )
