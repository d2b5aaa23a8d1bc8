"""Understands what is decided about a meeting and who is invited."""

from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.validators import URLValidator

from network.enums import MeetingKind, MeetingMode
from network.models import Meeting, Organisation
from network.rules import agenda
from network.rules.deadlines import HESSEN
from network.rules.meetings import Plan, objections
from programme import clock
from programme.errors import RuleBroken
from programme.forms.versions import VersionedForm
from programme.models import FieldOfAction

EARLIEST = date(2013, 1, 1)  # nothing of the programme or its predecessor is older
LATEST_YEARS = 10
REPLY_DAYS = 14
MOST_SEATS = 5000
DETAILS = ("topic", "description", "balance_question", "agenda", "kind", "host", "is_looking_back")
# Without these there is no plan to judge; the others may be wrong meanwhile.
JUDGED = frozenset(
    {"day", "begins", "ends", "mode", "venue", "seats", "online_seats", "seats_per_office"}
    | {"reply_until", "change_until"}
)
ONLY_HTTPS = "Bitte geben Sie eine vollständige Adresse an, die mit https:// beginnt."
TOO_SOON = (
    "Bis zum Treffen sind es keine zwei Wochen mehr. Bitte geben Sie an, bis wann geantwortet "
    "werden soll."
)


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


class SeatsField(forms.IntegerField):
    """A number of seats; the rules say which numbers make sense together."""

    default_error_messages = dict.fromkeys(
        ("invalid", "max_value"), "Bitte geben Sie eine ganze Zahl bis 5.000 an."
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=MOST_SEATS, **kwargs)


class SecureAddressField(forms.URLField):
    """An address nobody can listen in on; says once what is wrong with another."""

    default_validators = [URLValidator(schemes=["https"])]
    default_error_messages = {"invalid": ONLY_HTTPS}


class MeetingForm(VersionedForm):
    """One meeting: what is needed first, what can wait in a part that folds."""

    version = "changed_at"

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
        help_text="Haus und Raum. Nötig, außer bei einem Treffen nur online.",
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
    seats = SeatsField(
        label="Plätze", initial=60, help_text="Bei „vor Ort und online“: die vor Ort."
    )
    online_seats = SeatsField(
        label="Plätze online",
        required=False,
        min_value=0,
        help_text="Nur bei „vor Ort und online“.",
    )
    seats_per_office = SeatsField(
        label="Plätze je Organisation", initial=2, help_text="Für einzelne später änderbar."
    )
    reply_until = DayField(
        label="Antwort bis",
        required=False,
        help_text="Bis zum Ende dieses Tages. Ohne Angabe: zwei Wochen vor dem Treffen.",
    )
    change_until = DayField(
        label="Änderungen bis",
        required=False,
        help_text="Bis zum Ende dieses Tages kann man ändern, ersetzen und abmelden; danach geht "
        "es mit einer Anfrage an Sie. Ohne Angabe: bis zum Beginn.",
    )
    online_url = SecureAddressField(
        label="Adresse für die Teilnahme online",
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text="Sehen nur Personen, die online angemeldet sind und einen Platz haben.",
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
        "10:15 Terminvergabe in der Praxis | Ausländerbehörde Musterstadt. Nach einem weiteren "
        "Strich darf ein Handlungsfeld stehen.",
    )
    is_looking_back = forms.BooleanField(
        label="Das Treffen hat schon stattgefunden und wird nachgetragen", required=False
    )

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["venue"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        details = Fieldset("Inhalt, Ablauf und weitere Angaben", *DETAILS)
        details.template = "%s/layout/folded.html"
        details.is_open = self.is_bound or any(self[name].value() for name in DETAILS)
        return Layout(
            Fieldset(
                "Das Treffen", "title", Row("day", "begins", "ends", css_class="form__row--short")
            ),
            Fieldset("Der Ort", "mode", "venue", "street", Row("postcode", "city"), "online_url"),
            Fieldset(
                "Plätze und Antworten",
                Row("seats", "online_seats", "seats_per_office", css_class="form__row--short"),
                Row("reply_until", "change_until"),
            ),
            details,
            "seen_at",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            fields = FieldOfAction.objects.all() if "|" in cleaned.get("agenda", "") else ()
            cleaned["lines"] = agenda.read(cleaned.get("agenda", ""), fields=list(fields))
        except RuleBroken as broken:
            self.add_error("agenda", broken.message)
            cleaned["lines"] = ()
        if not JUDGED & self.errors.keys():
            self._judge()
        return cleaned

    def _judge(self) -> None:
        """Say all that speaks against the plan at once, beside what is wrong in other fields."""
        known = self.meeting.reply_until if self.meeting else None
        for field, message in objections(self.plan(), moment=clock.now(), known_deadline=known):
            left_out = field == "reply_until" and not self.cleaned_data["reply_until"]
            self.add_error(field, TOO_SOON if left_out else message)

    def plan(self) -> Plan:
        """Return what was decided; days and times are meant in Hessen."""
        data = {"title": "", **self.cleaned_data}
        day = data.pop("day")
        deadline = data.pop("reply_until") or day - timedelta(days=REPLY_DAYS)
        changes = data.pop("change_until")
        if changes == day:
            changes = None  # until the end of that day is: until the meeting begins
        return Plan(
            starts_at=moment_of(day, data.pop("begins")),
            change_until=moment_of(changes, time(23, 59)) if changes else None,
            ends_at=moment_of(day, data.pop("ends")),
            reply_until=moment_of(deadline, time(23, 59)),
            agenda=data.pop("lines"),
            **{name: value for name, value in data.items() if name not in {"agenda", "seen_at"}},
        )


class CancelMeetingForm(forms.Form):
    """Why a meeting does not take place; the sentence stands in the letters."""

    reason = forms.CharField(
        label="Grund der Absage",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Der Satz steht in den Mails und auf der Seite des Treffens.",
    )


def moment_of(day: date, at: time) -> datetime:
    """Return a day and time in Hessen as a moment."""
    return datetime.combine(day, at, tzinfo=HESSEN)
