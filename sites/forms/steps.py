"""Understands the steps of measures: one, or a whole month of a site on one page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from django import forms

from programme import clock
from programme.errors import RuleBroken
from programme.forms.versions import Difference
from sites.enums import MeasureStatus
from sites.forms.days import day_widget
from sites.models import Measure, MeasureUpdate
from sites.rules.effects import told_hours
from sites.rules.measure_steps import MOST_HOURS, Stands, StepDraft, check, says_something

HOURS_ASKED = "Bitte geben Sie Stunden mit höchstens einer Stelle nach dem Komma an, etwa 2,5."
TOO_MANY_HOURS = "Bitte geben Sie höchstens 9.999,9 Stunden an."
REASON_LENGTH = 300


def hours_field() -> forms.DecimalField:
    """Return the field for hours: "2,5"; below zero it takes hours back."""
    return forms.DecimalField(
        label="Stunden",
        required=False,
        min_value=-MOST_HOURS,
        max_value=MOST_HOURS,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            **dict.fromkeys(("invalid", "max_decimal_places"), HOURS_ASKED),
            **dict.fromkeys(("min_value", "max_value"), TOO_MANY_HOURS),
        },
    )


@dataclass(frozen=True)
class Seen:
    """The newest step and the state a person saw when the page was opened."""

    step: int
    status: str

    @classmethod
    def of(cls, measure: Measure) -> "Seen":
        """Return what the page shows of a measure read with `with_steps`."""
        return cls(vars(measure)["last_step"] or 0, measure.status)

    @classmethod
    def read(cls, text: str) -> "Seen":
        """Read a hidden field; an unreadable one counts as never seen."""
        step, _, status = text.partition(":")
        if not step.isascii() or not step.isdigit() or len(step) > 18:
            return cls(0, "")
        return cls(int(step), status if status in MeasureStatus.values else "")

    def written(self) -> str:
        """Return what the hidden field holds."""
        return f"{self.step}:{self.status}"


def stands_of(measure: Measure) -> Stands:
    """Return where a measure read with `with_steps` stands."""
    columns = vars(measure)
    return Stands(measure.status, columns["effort"], columns["last_on"])


class StepForm(forms.Form):
    """One step: state, reason, hours, day."""

    status = forms.ChoiceField(label="Stand", choices=MeasureStatus, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Grund oder Neues",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nötig, sobald sich der Stand ändert.",
    )
    hours = hours_field()
    happened_on = forms.DateField(label="Stand vom", widget=day_widget())
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].sometimes_required = True  # type: ignore[attr-defined]
        self.fields["hours"].help_text = (
            "Was dieser Schritt gekostet hat, zum Beispiel 2,5. Eine Korrektur ist eine Zahl "
            "unter null mit Begründung."
        )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def draft(self) -> StepDraft:
        """Return the step as the person wrote it."""
        data = self.cleaned_data
        return StepDraft(
            status=data["status"],
            reason=data["reason"],
            hours=data["hours"],
            seen=Seen.read(data["seen"]).step,
            happened_on=data["happened_on"],
        )

    def now_seen(self, step: MeasureUpdate) -> None:
        """Take note of a newer step; a state the person left alone follows it."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        follow(self.data, step, suffix="")


class Row(NamedTuple):
    """The fields of one measure as the page draws them."""

    measure: Measure
    status: forms.BoundField
    reason: forms.BoundField
    hours: forms.BoundField
    seen: forms.BoundField


class MonthForm(forms.Form):
    """All open measures of a site; a line left alone makes no step."""

    def __init__(self, *args: Any, measures: Iterable[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = tuple(measures)
        for measure in self.measures:
            self._add(measure)

    def _add(self, measure: Measure) -> None:
        seen = Seen.of(measure)
        status = forms.ChoiceField(label="Stand", choices=MeasureStatus, initial=measure.status)
        reason = forms.CharField(label="Was ist neu?", max_length=REASON_LENGTH, required=False)
        hidden = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
        hidden.initial = seen.written()
        rows = {"status": status, "reason": reason, "hours": hours_field(), "seen": hidden}
        for name, field in rows.items():
            field.sometimes_required = True  # type: ignore[attr-defined]
            field.line = measure.title  # type: ignore[attr-defined]
            self.fields[f"{name}_{measure.pk}"] = field

    @property
    def rows(self) -> list[Row]:
        """Return the lines of the page."""
        names = ("status", "reason", "hours", "seen")
        return [
            Row(measure, *(self[f"{name}_{measure.pk}"] for name in names))
            for measure in self.measures
        ]

    def clean(self) -> dict[str, Any]:
        """Blame every line that breaks a rule, so that all is mended in one go."""
        cleaned = super().clean() or self.cleaned_data
        for measure in self.measures:
            draft, seen = self._draft(measure.pk), Seen.of(measure)
            if draft is None or draft.seen != seen.step:
                continue
            if not says_something(draft, measure.status):
                continue
            try:
                check(draft=draft, stands=stands_of(measure), today=clock.today())
            except RuleBroken as broken:
                self.add_error(f"{broken.field}_{measure.pk}", broken.message)
        return cleaned

    def _draft(self, pk: int) -> StepDraft | None:
        """Return one line; None while a field of it cannot be read."""
        data = self.cleaned_data
        if any(f"{name}_{pk}" not in data for name in ("status", "reason", "hours", "seen")):
            return None
        return StepDraft(
            status=data[f"status_{pk}"],
            reason=data[f"reason_{pk}"],
            hours=data[f"hours_{pk}"],
            seen=Seen.read(data[f"seen_{pk}"]).step,
        )

    def drafts(self) -> dict[int, StepDraft]:
        """Return the lines somebody wrote in, by measure: what differs from what was seen."""
        found = {}
        for measure in self.measures:
            draft = self._draft(measure.pk)
            seen = Seen.read(self.cleaned_data[f"seen_{measure.pk}"])
            if draft and says_something(draft, seen.status or measure.status):
                found[measure.pk] = draft
        return found

    def now_seen(self, steps: Mapping[int, MeasureUpdate]) -> None:
        """Take note of newer steps; states the person left alone follow them."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for pk, step in steps.items():
            follow(self.data, step, suffix=f"_{pk}")

    def differences(self, steps: Mapping[int, MeasureUpdate]) -> list[Difference]:
        """Write both versions of each line somebody else stepped meanwhile."""
        drafts = self.drafts()
        titles = {measure.pk: measure.title for measure in self.measures}
        return [
            difference(titles[pk], step, drafts[pk])
            for pk, step in steps.items()
            if pk in drafts and pk in titles
        ]


def follow(data: Any, step: MeasureUpdate, *, suffix: str) -> None:
    """Let what was sent rest on a newer step: the state too, unless the person changed it."""
    if data.get(f"status{suffix}") == Seen.read(data.get(f"seen{suffix}", "")).status:
        data[f"status{suffix}"] = step.status
    data[f"seen{suffix}"] = Seen(step.pk, step.status).written()


def difference(title: str, step: MeasureUpdate, draft: StepDraft) -> Difference:
    """Write what somebody else entered beside what this person wrote."""
    who = f" von {step.by}" if step.by else ""
    stands = told(step.status, step.reason, step.hours)
    written = told(draft.status, draft.reason, draft.hours)
    return Difference(title, f"{stands} – {step.happened_on:%d.%m.%Y}{who}", written)


def told(status: str, reason: str, hours: Decimal | None) -> str:
    """Write a step in one line."""
    parts = [str(MeasureStatus(status).label), reason.strip()]
    if hours:
        parts.append(told_hours(hours))
    return ": ".join(part for part in parts if part)
