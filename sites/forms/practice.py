"""Understands practice cards, feedback about them, and searches."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.filters import FilterForm
from programme.forms.versions import VersionedForm
from programme.models import FieldOfAction
from sites.enums import AdoptionState
from sites.queries import knowledge
from sites.queries.practice import BALANCES
from sites.rules.practice import AUDIENCE_LABELS, AUDIENCES, CardDraft, Feedback

LONG = forms.Textarea(attrs={"rows": 5})
ANSWERS = [
    (AdoptionState.ADOPTED, "Wir haben es übernommen"),
    (AdoptionState.TRYING, "Wir sind noch dran"),
    (AdoptionState.DROPPED, "Wir verfolgen es nicht weiter"),
]


class CardForm(VersionedForm):
    """A practice card and who may read it."""

    version = "changed_at"

    title = forms.CharField(label="Titel", max_length=160, help_text="Was andere tun können.")
    field_of_action = forms.ModelChoiceField(
        FieldOfAction.objects.none(), label="Handlungsfeld", empty_label="Bitte wählen"
    )
    problem = forms.CharField(label="Ausgangslage", max_length=4000, widget=LONG)
    steps = forms.CharField(
        label="Schritte",
        max_length=4000,
        widget=LONG,
        help_text="Ein Schritt je Zeile, in der Reihenfolge, in der man vorgeht.",
    )
    effort_hours = forms.DecimalField(
        label="Aufwand in Stunden",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=1,
        localize=True,
        help_text="Alle Beteiligten zusammen, geschätzt.",
    )
    effect = forms.CharField(label="Wirkung", max_length=4000, required=False, widget=LONG)
    effect_n = forms.IntegerField(
        label="Beobachtete Fälle",
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text="Auf wie vielen Fällen die Aussage zur Wirkung beruht.",
    )
    contact = forms.CharField(
        label="Wen andere fragen können",
        max_length=200,
        required=False,
        help_text="Am besten Funktion und Postfach, zum Beispiel „Teamleitung Service“.",
    )
    audience = forms.ChoiceField(
        label="Wer den Baustein liest",
        choices=[(value.value, AUDIENCE_LABELS[value]) for value in AUDIENCES],
        widget=forms.RadioSelect,
        initial=AUDIENCES[0].value,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field_of_action"].queryset = FieldOfAction.objects.all()  # type: ignore[attr-defined]
        for name in ("effort_hours", "effect", "contact"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Der Baustein", "title", "field_of_action", "problem", "steps"),
            Fieldset("Aufwand und Wirkung", "effort_hours", "effect", "effect_n", "contact"),
            Fieldset("Freigabe", "audience"),
            "seen_at",
        )

    def draft(self) -> CardDraft:
        """Return the card as it was written."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "seen_at"}
        return CardDraft(**values)


class FeedbackForm(forms.Form):
    """What became of a card at an office."""

    state = forms.ChoiceField(
        label="Was ist daraus geworden?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie aus, was daraus geworden ist."},
    )
    figure = forms.DecimalField(
        label="Eine Kennzahl",
        required=False,
        max_digits=9,
        decimal_places=1,
        localize=True,
        help_text="Nötig, wenn Sie den Baustein übernommen haben, zum Beispiel „12“.",
    )
    figure_unit = forms.CharField(
        label="Was die Zahl zählt",
        required=False,
        max_length=80,
        help_text="Zum Beispiel „Minuten weniger Wartezeit je Vorsprache“.",
    )
    note = forms.CharField(label="Anmerkung", required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("figure", "figure_unit"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]

    def feedback(self) -> Feedback:
        """Return the answer as it was given."""
        return Feedback(**self.cleaned_data)


class CardFilterForm(FilterForm):
    """Narrows the practice cards by field of action and weight."""

    handlungsfeld = forms.ChoiceField(label="Handlungsfeld", required=False)
    gewicht = forms.ChoiceField(
        label="Welchen Aufgaben es dient",
        required=False,
        choices=[("", "alle"), *((key, label) for key, (label, _) in BALANCES.items())],
    )

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handlungsfeld"].choices = [("", "alle"), *fields]  # type: ignore[attr-defined]


class AdoptionFilterForm(FilterForm):
    """Narrows the list of adoptions."""

    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *AdoptionState.choices]
    )


class KnowledgeForm(FilterForm):
    """One box over everything that is released."""

    suche = forms.CharField(label="Wonach suchen Sie?", required=False, max_length=100)
    handlungsfeld = forms.ChoiceField(label="Handlungsfeld", required=False)
    art = forms.ChoiceField(
        label="Was", required=False, choices=[("", "alles"), *knowledge.KINDS.items()]
    )

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handlungsfeld"].choices = [("", "alle"), *fields]  # type: ignore[attr-defined]

    def asked(self) -> knowledge.Asked:
        """Return what the person looks for."""
        return knowledge.Asked(
            words=self.value("suche"), field=self.value("handlungsfeld"), kind=self.value("art")
        )
