"""Understands the log of a coaching day: one page, made for a phone."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.models import Programme
from sites.enums import CoachingMode, Side
from sites.forms.measures import day_widget
from sites.rules.lifecycle import lies_outside
from sites.services.coaching import AgreedStep, CoachingDraft

MOST_STEPS = 8
STEP_LENGTH = 300
HOURS_ASKED = "Bitte geben Sie zwischen 0,25 und 24 Stunden an, zum Beispiel 6,5."
PEOPLE_ASKED = "Bitte geben Sie eine ganze Zahl zwischen 0 und 500 an."


class CoachingDayForm(forms.Form):
    """Six fields about the day, then what each side will do next."""

    held_on = forms.DateField(label="Datum", widget=day_widget())
    hours = forms.DecimalField(
        label="Stunden",
        min_value=Decimal("0.25"),
        max_value=Decimal(24),
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            (
                "invalid",
                "min_value",
                "max_value",
                "max_digits",
                "max_decimal_places",
                "max_whole_digits",
            ),
            HOURS_ASKED,
        ),
        help_text="Zum Beispiel 6,5",
    )
    mode = forms.ChoiceField(
        label="Form",
        choices=CoachingMode,
        initial=CoachingMode.ON_SITE,
        widget=forms.RadioSelect,
    )
    participants = forms.IntegerField(
        label="Teilnehmende (Anzahl)",
        min_value=0,
        max_value=500,
        help_text="Nur die Anzahl.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), PEOPLE_ASKED),
    )
    topic = forms.CharField(label="Worum ging es?", max_length=160)
    happened = forms.CharField(
        label="Was ist geschehen?", max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    outside_reason = forms.CharField(
        label="Warum stimmt das Datum außerhalb der Laufzeit?", max_length=200, required=False
    )
    site_steps = forms.CharField(
        label="Der Standort wird …",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ein Schritt je Zeile.",
    )
    site_due_on = forms.DateField(label="bis (Standort)", required=False, widget=day_widget())
    coach_steps = forms.CharField(
        label="Die Prozessbegleitung wird …",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ein Schritt je Zeile.",
    )
    coach_due_on = forms.DateField(
        label="bis (Prozessbegleitung)", required=False, widget=day_widget()
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        if not self._asks_back():
            del self.fields["outside_reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        asked = ["outside_reason"] if "outside_reason" in self.fields else []
        day = ["held_on", *asked, "hours", "mode", "participants", "topic", "happened"]
        self.helper.layout = Layout(
            Fieldset("Der Tag", *day),
            Fieldset(
                "Nächste Schritte", "site_steps", "site_due_on", "coach_steps", "coach_due_on"
            ),
        )

    def _asks_back(self) -> bool:
        """Show the reason only to those who need it: a day outside the run time."""
        try:
            day = forms.DateField(required=False).clean(self["held_on"].value())
        except forms.ValidationError:
            return False
        return lies_outside(day, self.programme.starts_on, self.programme.ends_on)

    def clean_site_steps(self) -> list[str]:
        return self._lines("site_steps")

    def clean_coach_steps(self) -> list[str]:
        return self._lines("coach_steps")

    def _lines(self, field: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[field].splitlines() if line.strip()]
        if len(lines) > MOST_STEPS:
            raise forms.ValidationError(f"Bitte höchstens {MOST_STEPS} Schritte je Seite.")
        if any(len(line) > STEP_LENGTH for line in lines):
            raise forms.ValidationError(
                f"Bitte kürzen: Ein Schritt hat höchstens {STEP_LENGTH} Zeichen."
            )
        return lines

    def draft(self) -> CoachingDraft:
        """Return the day as the coach wrote it."""
        data = self.cleaned_data
        return CoachingDraft(
            held_on=data["held_on"],
            hours=data["hours"],
            mode=data["mode"],
            participants=data["participants"],
            topic=data["topic"],
            happened=data["happened"],
            outside_reason=data.get("outside_reason", ""),
            steps=[
                *_steps(Side.SITE, data["site_steps"], data["site_due_on"]),
                *_steps(Side.COACH, data["coach_steps"], data["coach_due_on"]),
            ],
        )


def _steps(side: Side, lines: list[str], due_on: date | None) -> list[AgreedStep]:
    return [AgreedStep(side=side, text=line, due_on=due_on) for line in lines]
