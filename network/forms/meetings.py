"""Understands what is decided about a meeting and who is invited."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from network.enums import MeetingKind, MeetingMode
from network.models import Meeting, Organisation
from network.rules import agenda
from network.rules.deadlines import HESSEN
from network.rules.meetings import Plan, objections
from programme import clock
from programme.errors import RuleBroken

EARLIEST = date(2013, 1, 1)  # nothing of the programme or its predecessor is older
LATEST_YEARS = 10
REPLY_DAYS = 14
MOST_SEATS = 5000


class DayField(forms.DateField):
    """A calendar day a meeting can have; stops typing errors in the year."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        latest = clock.today() + timedelta(days=366 * LATEST_YEARS)
        if day and not EARLIEST <= day <= latest:
            raise forms.ValidationError("Bitte prüfen Sie das Jahr.")
        return day


class ClockField(forms.TimeField):
    """A time of day, without seconds."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MeetingForm(forms.Form):
    """One meeting. Six fields are needed, the rest has sensible values."""

    title = forms.CharField(label="Titel", max_length=160)
    kind = forms.ChoiceField(label="Art", choices=MeetingKind.choices)
    day = DayField(label="Tag")
    begins = ClockField(label="Beginn", initial=time(10))
    ends = ClockField(label="Ende", initial=time(16))
    mode = forms.ChoiceField(label="Form", choices=MeetingMode.choices)
    venue = forms.CharField(
        label="Ort der Veranstaltung",
        max_length=200,
        required=False,
        help_text="Haus und Raum; bei einem Treffen nur online leer lassen.",
    )
    street = forms.CharField(label="Straße und Hausnummer", max_length=120, required=False)
    postcode = forms.RegexField(
        r"^[0-9]{5}$",
        label="Postleitzahl",
        required=False,
        error_messages={"invalid": "Eine Postleitzahl hat fünf Ziffern."},
    )
    city = forms.CharField(label="Stadt", max_length=80, required=False)
    host = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Gastgebende Stelle",
        required=False,
        empty_label="keine Angabe",
    )
    seats = forms.IntegerField(label="Plätze insgesamt", max_value=MOST_SEATS, initial=60)
    seats_per_office = forms.IntegerField(
        label="Plätze je Organisation", max_value=MOST_SEATS, initial=2
    )
    reply_until = DayField(
        label="Antwort bis",
        required=False,
        help_text="Bis zum Ende dieses Tages. Ohne Angabe: zwei Wochen vor dem Treffen.",
    )
    topic = forms.CharField(label="Thema", max_length=200, required=False)
    description = forms.CharField(
        label="Worum es geht",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    balance_question = forms.CharField(
        label="Leitfrage: Ordnungsaufgaben und Integrationsaufgaben",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Jedes Treffen spricht darüber, wie sich beide Aufgaben verbinden lassen.",
    )
    agenda = forms.CharField(
        label="Ablauf",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Eine Zeile je Programmpunkt, zum Beispiel: "
        "10:15 Terminvergabe in der Praxis | Ausländerbehörde Musterstadt",
    )
    is_looking_back = forms.BooleanField(
        label="Das Treffen hat schon stattgefunden und wird nachgetragen", required=False
    )

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            cleaned["lines"] = agenda.read(cleaned.get("agenda", ""))
        except RuleBroken as broken:
            self.add_error("agenda", broken.message)
        if not self.errors:
            known = self.meeting.reply_until if self.meeting else None
            for field, message in objections(self.plan(), moment=clock.now(), known_deadline=known):
                self.add_error(field, message)
        return cleaned

    def plan(self) -> Plan:
        """Return what was decided; days and times are meant in Hessen."""
        data = dict(self.cleaned_data)
        day = data.pop("day")
        deadline = data.pop("reply_until") or day - timedelta(days=REPLY_DAYS)
        return Plan(
            starts_at=_moment(day, data.pop("begins")),
            ends_at=_moment(day, data.pop("ends")),
            reply_until=_moment(deadline, time(23, 59)),
            agenda=data.pop("lines"),
            **{name: value for name, value in data.items() if name != "agenda"},
        )


class CancelMeetingForm(forms.Form):
    """Why a meeting does not take place; the sentence stands in the letters."""

    reason = forms.CharField(
        label="Grund der Absage",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Der Satz steht in den Mails und auf der Seite des Treffens.",
    )


class InviteForm(forms.Form):
    """Who is invited: everybody who can be written to, unless unticked."""

    organisations = forms.TypedMultipleChoiceField(
        label="Wer wird eingeladen?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte wählen Sie mindestens eine Organisation aus."},
    )

    def __init__(
        self, *args: Any, groups: list[tuple[str, list[Organisation]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = [  # type: ignore[attr-defined]  # a choice field
            (label, [(row.pk, row.short_name) for row in rows]) for label, rows in groups
        ]


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=HESSEN)
