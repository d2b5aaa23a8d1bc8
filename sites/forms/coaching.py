"""Understands the log of a coaching day: one page, six fields, made for a phone."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.db.models import QuerySet

from programme.errors import RuleBroken
from programme.models import Programme
from programme.rules.uploads import too_large
from sites.enums import CoachingMode, Side
from sites.forms.days import day_widget
from sites.models import CoachingDay, Site
from sites.rules.coaching import read_step, write_step
from sites.rules.lifecycle import lies_outside
from sites.rules.photos import Photo, redrawn
from sites.services.coaching import AgreedStep, CoachingDraft

DROP_PHOTO = "Das Foto entfernen"
MOST_STEPS = 8
STEP_LENGTH = 300
HOURS_ASKED = "Bitte geben Sie zwischen 0,25 und 24 Stunden an, zum Beispiel 6,5."
PEOPLE_ASKED = "Bitte geben Sie eine ganze Zahl zwischen 0 und 500 an."
STEPS_HINT = "Ein Schritt je Zeile. Ein eigenes Datum ans Ende: „… bis 15.03.2016“."
OF_HOURS = (
    "invalid",
    "min_value",
    "max_value",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
)


class CoachingDayForm(forms.Form):
    """Six fields about the day, then what each side will do next, and a photo."""

    site = forms.ModelChoiceField(
        Site.objects.none(), to_field_name="slug", label="Standort", empty_label="Bitte wählen"
    )
    held_on = forms.DateField(label="Datum", widget=day_widget())
    hours = forms.DecimalField(
        label="Stunden",
        min_value=Decimal("0.25"),
        max_value=Decimal(24),
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(OF_HOURS, HOURS_ASKED),
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
    happened = forms.CharField(
        label="Was ist geschehen?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Der erste Satz wird zur Überschrift.",
    )
    outside_reason = forms.CharField(
        label="Warum stimmt das Datum außerhalb der Laufzeit?", max_length=200, required=False
    )
    site_steps = forms.CharField(
        label="Der Standort wird …",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=STEPS_HINT,
    )
    site_due_on = forms.DateField(label="bis (Standort)", required=False, widget=day_widget())
    coach_steps = forms.CharField(
        label="Die Prozessbegleitung wird …",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=STEPS_HINT,
    )
    coach_due_on = forms.DateField(
        label="bis (Prozessbegleitung)", required=False, widget=day_widget()
    )
    photo = forms.FileField(
        label="Foto vom Flipchart",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=(
            "PNG oder JPG, ohne Personen und ohne Angaben zu Einzelfällen. Ort und Kameradaten "
            "entfernen wir."
        ),
    )

    def __init__(
        self, *args: Any, programme: Programme, sites: QuerySet[Site] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        if sites is None:
            del self.fields["site"]
        else:
            self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        self.fields["outside_reason"].sometimes_required = True  # type: ignore[attr-defined]
        if not self._asks_back():
            del self.fields["outside_reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def shows_kept(self, photo: str) -> None:
        """Say at the field that this photo came in already and need not be chosen again."""
        # The drawn field took its hint over when the form was checked.
        self.fields["photo"].help_text = self["photo"].help_text = (
            f"Das Foto „{photo}“ ist schon angekommen und wird mit eingereicht. Sie brauchen es "
            "nicht noch einmal zu wählen."
        )
        if "drop_photo" not in self.fields:
            self.fields["drop_photo"] = forms.BooleanField(label=DROP_PHOTO, required=False)
            self.helper.layout[-1].append("drop_photo")

    def shows_lost(self, photo: str) -> None:
        """Say at the field that a photo was chosen and has not arrived."""
        self.fields["photo"].help_text = (
            f"Das Foto „{photo}“ wurde nicht gespeichert, bitte wählen Sie es erneut. "
            f"{self.fields['photo'].help_text}"
        )

    def _layout(self) -> Layout:
        wanted = ["site", "held_on", "outside_reason", "hours", "mode", "participants", "happened"]
        steps = ["site_steps", "site_due_on", "coach_steps", "coach_due_on"]
        return Layout(
            Fieldset("Der Tag", *[name for name in wanted if name in self.fields]),
            Fieldset("Nächste Schritte", *steps),
            Fieldset("Flipchart", "photo"),
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

    def clean_photo(self) -> Photo | None:
        """Judge the picture by its content and draw it anew."""
        file = self.cleaned_data["photo"]
        if not file:
            return None
        try:
            too_large(name=file.name, size_bytes=file.size, limit_bytes=settings.UPLOAD_MAX_BYTES)
            return redrawn(name=file.name, content=file.read())
        except RuleBroken as broken:
            raise forms.ValidationError(broken.message) from broken

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
            happened=data["happened"],
            outside_reason=data.get("outside_reason", ""),
            steps=[
                *_steps(Side.SITE, data["site_steps"], data["site_due_on"]),
                *_steps(Side.COACH, data["coach_steps"], data["coach_due_on"]),
            ],
            photo=data["photo"],
            drop_photo=data.get("drop_photo", False),
        )


class RevisedDayForm(CoachingDayForm):
    """A day that stands; the site stays, a photo may go."""

    drop_photo = forms.BooleanField(label=DROP_PHOTO, required=False)

    def __init__(self, *args: Any, day: CoachingDay, has_photo: bool, **kwargs: Any) -> None:
        self.day, self.has_photo = day, has_photo
        super().__init__(*args, programme=day.site.programme, **kwargs)

    def _layout(self) -> Layout:
        if not self.has_photo:
            del self.fields["drop_photo"]
            return super()._layout()
        layout = super()._layout()
        layout[-1].append("drop_photo")
        return layout


class CorrectionForm(CoachingDayForm):
    """A new version of a confirmed day, with the reason."""

    reason = forms.CharField(label="Grund der Korrektur", max_length=300)

    def __init__(self, *args: Any, day: CoachingDay, **kwargs: Any) -> None:
        super().__init__(*args, programme=day.site.programme, **kwargs)

    def _layout(self) -> Layout:
        layout = super()._layout()
        layout.insert(0, "reason")
        return layout


class AnswerDayForm(forms.Form):
    """The two answers of a site: confirmed, or given back with a remark."""

    remark = forms.CharField(
        label="Anmerkung",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nötig, wenn Sie den Begleittag zurückgeben: Was soll geändert werden?",
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].sometimes_required = True  # type: ignore[attr-defined]

    @property
    def confirms(self) -> bool:
        return self.data.get("antwort") == "bestaetigen"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.data.get("antwort") not in {"bestaetigen", "zurueckgeben"}:
            raise forms.ValidationError("Bitte wählen Sie „Bestätigen“ oder „Zurückgeben“.")
        return data


class BudgetForm(forms.Form):
    """The number of days agreed with a site."""

    days = forms.IntegerField(
        label="Vereinbarte Begleittage",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Leer lassen, wenn keine Zahl vereinbart ist.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Bitte geben Sie eine ganze Zahl zwischen 1 und 500 an.",
        ),
    )


def values_of(day: CoachingDay) -> dict[str, Any]:
    """Return a day as the form shows it."""
    stands = {name: getattr(day, name) for name in ("held_on", "mode", "participants")}
    stands |= {
        "hours": day.hours_text,
        "happened": day.happened,
        "outside_reason": day.outside_reason,
    }
    for side in Side:
        steps = [step for step in day.next_steps.all() if step.side == side]
        due_on = next((step.due_on for step in steps if step.due_on), None)
        if any(step.due_on is None for step in steps):
            due_on = None
        lines = [write_step(step.text, step.due_on, due_on) for step in steps]
        stands |= {f"{side}_steps": "\n".join(lines), f"{side}_due_on": due_on}
    return stands


def _steps(side: Side, lines: list[str], due_on: date | None) -> list[AgreedStep]:
    read = [read_step(line, due_on) for line in lines]
    return [AgreedStep(side=side, text=text, due_on=day) for text, day in read]
