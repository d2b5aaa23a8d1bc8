"""Understands when and where the next meeting is; everything else is as it was."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils import timezone

from network.forms.meetings import ClockField, DayField, moment_of
from network.models import AgendaItem, Meeting
from network.rules import clones, places
from network.rules.meetings import Plan, objections
from network.rules.places import Place
from programme import clock

USUAL_BEGIN, USUAL_END = time(10), time(16)


class CloneForm(forms.Form):
    """Five fields, filled in already as far as they can be guessed."""

    day = DayField(label="Tag")
    begins = ClockField(label="Beginn")
    ends = ClockField(label="Ende")
    venue = forms.CharField(
        label="Ort",
        max_length=420,
        required=False,
        help_text="Haus und Raum, Straße, Postleitzahl und Stadt, mit Kommas getrennt.",
    )
    reply_until = DayField(label="Antwort bis", help_text="Bis zum Ende dieses Tages.")

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        items: Sequence[AgendaItem],
        titles: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.items, self.titles = meeting, items, titles
        self.fields["venue"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("day", "begins", "ends", css_class="form__row--short"), "venue", "reply_until"
        )

    @staticmethod
    def proposal(meeting: Meeting) -> dict[str, Any]:
        """Propose a day half a year on, the same times and place, the same time to answer."""
        old = clock.day_of(meeting.starts_at) if meeting.starts_at else None
        day = clones.next_day(old, today=clock.today())
        reply = clones.reply_day(day=day, old_day=old, old_deadline=meeting.reply_until)
        starts, ends = meeting.starts_at, meeting.ends_at
        return {
            "day": day,
            "begins": timezone.localtime(starts).time() if starts else USUAL_BEGIN,
            "ends": timezone.localtime(ends).time() if ends else USUAL_END,
            "venue": places.written(_place(meeting)),
            "reply_until": max(reply, clock.today()),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            place = places.read(cleaned["venue"], known=_place(self.meeting))
            for name, longest in (("venue", 200), ("street", 120), ("city", 80)):
                if len(getattr(place, name)) > longest:
                    self.add_error("venue", "Bitte geben Sie den Ort kürzer an.")
                    return cleaned
            for field, message in objections(self.plan(), moment=clock.now()):
                self.add_error(field if field in self.fields else None, message)
        return cleaned

    def plan(self) -> Plan:
        """Return the plan of the next meeting; days and times are meant in Hessen."""
        day: date = self.cleaned_data["day"]
        return clones.next_plan(
            self.meeting,
            items=self.items,
            title=clones.next_title(self.meeting.title, taken=self.titles, day=day),
            when=clones.Times(
                starts_at=moment_of(day, self.cleaned_data["begins"]),
                ends_at=moment_of(day, self.cleaned_data["ends"]),
                reply_until=moment_of(self.cleaned_data["reply_until"], time(23, 59)),
            ),
            place=places.read(self.cleaned_data["venue"], known=_place(self.meeting)),
        )


def _place(meeting: Meeting) -> Place:
    return Place(meeting.venue, meeting.street, meeting.postcode, meeting.city)
