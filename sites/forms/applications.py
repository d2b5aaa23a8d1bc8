"""Understands calls, applications, score sheets and decisions."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.choices import RowsField
from programme.forms.versions import VersionedForm
from programme.models import FieldOfAction
from sites.forms.days import day_field
from sites.models import Criterion, ScoreSheet
from sites.rules.applications import ApplicationDraft, missing
from sites.services.calls import CallDraft

POINTS = [
    (4, "4: voll erfüllt"),
    (3, "3: überwiegend erfüllt"),
    (2, "2: teilweise erfüllt"),
    (1, "1: kaum erfüllt"),
    (0, "0: nicht erkennbar"),
]
LONG = forms.Textarea(attrs={"rows": 5})


class CallForm(VersionedForm):
    """Title, text and deadline of a call."""

    title = forms.CharField(label="Titel", max_length=160)
    text = forms.CharField(label="Worum es geht", max_length=8000, widget=LONG)
    deadline = day_field("Bewerbung bis einschließlich", required=True)

    def draft(self) -> CallDraft:
        """Return the call as the person wrote it."""
        data = self.cleaned_data
        return CallDraft(data["title"], data["text"], data["deadline"])


class NewCallForm(CallForm):
    """A call that does not exist yet."""

    slug = forms.SlugField(
        label="Kurzname in der Adresse",
        max_length=80,
        help_text="Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel „aufruf-2016“.",
    )


class CriterionForm(forms.Form):
    """A question of the score sheet."""

    title = forms.CharField(label="Kriterium", max_length=120)
    help_text = forms.CharField(label="Woran man es erkennt", max_length=300, required=False)
    weight = forms.TypedChoiceField(
        label="Gewicht",
        coerce=int,
        initial=3,
        choices=[(1, "1: gering"), (2, "2"), (3, "3: mittel"), (4, "4"), (5, "5: hoch")],
    )


class ApplicationForm(VersionedForm):
    """What an office writes; a draft may be incomplete."""

    reasons = forms.CharField(
        label="Warum möchten Sie teilnehmen?", max_length=6000, required=False, widget=LONG
    )
    situation = forms.CharField(
        label="Wie ist die Lage in Ihrer Behörde?", max_length=6000, required=False, widget=LONG
    )
    foreign_population = forms.IntegerField(
        label="Ausländische Einwohnerinnen und Einwohner",
        required=False,
        min_value=5,
        max_value=10_000_000,
    )
    staff_fte = forms.DecimalField(
        label="Stellen (in Vollzeit umgerechnet)",
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=1,
        localize=True,
    )
    visitors_per_day = forms.IntegerField(
        label="Vorsprachen je Tag im Durchschnitt", required=False, min_value=0, max_value=100_000
    )
    backlog_cases = forms.IntegerField(
        label="Offene Anträge", required=False, min_value=0, max_value=10_000_000
    )
    figures_as_of = day_field("Stand der Zahlen")
    wishes = RowsField(
        FieldOfAction.objects.none(),
        label="Gewünschte Handlungsfelder",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wishes_note = forms.CharField(
        label="Was soll sich ändern?", max_length=4000, required=False, widget=LONG
    )
    head_function = forms.CharField(
        label="Wer stimmt für die Behördenleitung zu?",
        max_length=120,
        required=False,
        help_text="Bitte die Funktion angeben, zum Beispiel „Amtsleitung“.",
    )
    head_consents = forms.BooleanField(
        label="Die Behördenleitung stimmt der Teilnahme zu", required=False
    )
    contact_email = forms.EmailField(label="E-Mail-Adresse für Rückfragen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = FieldOfAction.objects.filter(is_cross_cutting=False)
        self.fields["wishes"].queryset = rows  # type: ignore[attr-defined]
        for name in ("reasons", "wishes", "figures_as_of", "head_function", "head_consents"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]
        self.fields["contact_email"].sometimes_required = True  # type: ignore[attr-defined]
        figures = ("foreign_population", "staff_fte", "visitors_per_day", "backlog_cases")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Ihre Gründe", "reasons", "situation"),
            Fieldset("Die Lage in Zahlen, nur Summen der Behörde", *figures, "figures_as_of"),
            Fieldset("Ihre Wünsche", "wishes", "wishes_note"),
            Fieldset("Zustimmung", "head_function", "head_consents", "contact_email"),
            "seen_at",
        )

    def clean(self) -> dict[str, Any]:
        """Name everything that is missing at once; a draft may have gaps."""
        data = super().clean() or self.cleaned_data
        if self.data.get("step") == "hand_in" and not self.errors:
            for name, message in missing(self.draft()).items():
                self.add_error(name, message)
        return data

    def draft(self) -> ApplicationDraft:
        """Return the application as the office wrote it."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "seen_at"}
        return ApplicationDraft(**(values | {"wishes": tuple(values["wishes"])}))


class SheetForm(forms.Form):
    """Points for each criterion, and the overall impression."""

    comment = forms.CharField(
        label="Gesamteindruck",
        max_length=4000,
        required=False,
        widget=LONG,
        help_text="Wird mit dem Bogen zu den Akten genommen.",
    )

    def __init__(
        self, *args: Any, criteria: list[Criterion], sheet: ScoreSheet | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        given = {row.criterion_id: row.points for row in sheet.scores.all()} if sheet else {}
        for each in criteria:
            self.fields[f"points_{each.pk}"] = forms.TypedChoiceField(
                label=f"{each.title} (Gewicht {each.weight})",
                help_text=each.help_text,
                choices=POINTS,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=given.get(each.pk),
            )
            # A draft may leave points open; whoever hands the sheet in gives them all.
            self.fields[f"points_{each.pk}"].sometimes_required = True  # type: ignore[attr-defined]
        self.fields["comment"].initial = sheet.comment if sheet else ""
        self.fields["comment"].sometimes_required = True  # type: ignore[attr-defined]
        self.order_fields([f"points_{each.pk}" for each in criteria])

    def clean(self) -> dict[str, Any]:
        """Name every open criterion at its own field; a draft may leave them open."""
        data = super().clean() or self.cleaned_data
        if self.data.get("step") == "hand_in":
            for name, value in list(data.items()):
                if name.startswith("points_") and value is None:
                    self.add_error(name, "Bitte bewerten Sie dieses Kriterium.")
            if not data.get("comment"):
                self.add_error("comment", "Bitte fassen Sie Ihren Eindruck zusammen.")
        return data

    def points(self) -> dict[int, int]:
        """Return the points by the key of their criterion; open ones are left out."""
        found = {each.pk: self.cleaned_data[f"points_{each.pk}"] for each in self.criteria}
        return {key: value for key, value in found.items() if value is not None}


class DecisionForm(forms.Form):
    """Selected or not, and why."""

    select = forms.TypedChoiceField(
        label="Entscheidung",
        choices=[("ja", "Als Standort auswählen"), ("nein", "Nicht auswählen")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Begründung",
        max_length=2000,
        widget=LONG,
        help_text="Steht so im Brief an die Behörde.",
    )
