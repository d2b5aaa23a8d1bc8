"""Understands the questions of a survey, and the answers to them."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from network.forms.meetings import DayField
from network.rules.survey import (
    KINDS,
    LONGEST_ANSWER,
    MOST_QUESTIONS,
    SCALE,
    SCALE_LABELS,
    Question,
    numbered,
)
from programme.errors import RuleBroken


class SurveyForm(forms.Form):
    """Up to five questions, each with the way it is answered; empty ones are left out."""

    closes_on = DayField(
        label="Antworten bis",
        required=False,
        help_text="Ohne Angabe: zwei Wochen nach dem Versand.",
    )

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = []
        for number in range(1, MOST_QUESTIONS + 1):
            known = questions[number - 1] if number <= len(questions) else None
            self.fields[f"text_{number}"] = forms.CharField(
                label=f"{number}. Frage",
                max_length=300,
                required=False,
                initial=known.text if known else "",
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=f"Art der {number}. Antwort",
                choices=KINDS,
                required=False,
                initial=known.kind if known else SCALE,
            )
            rows.append(Fieldset("", f"text_{number}", f"kind_{number}"))
        self.helper = FormHelper()
        self.helper.layout = Layout(*rows, "closes_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pairs = [
            (cleaned.get(f"text_{number}", ""), cleaned.get(f"kind_{number}", ""))
            for number in range(1, MOST_QUESTIONS + 1)
        ]
        try:
            cleaned["questions"] = numbered(pairs)
        except RuleBroken as broken:
            self.add_error(broken.field or None, broken.message)
        return cleaned


class AnswerSurveyForm(forms.Form):
    """The questions of one survey; every question may be left out."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.key] = self._field(question)

    @staticmethod
    def _field(question: Question) -> forms.Field:
        if question.kind == SCALE:
            return forms.ChoiceField(
                label=question.text,
                choices=[(str(mark), label) for mark, label in enumerate(SCALE_LABELS, 1)],
                widget=forms.RadioSelect,
                required=False,
            )
        return forms.CharField(
            label=question.text,
            max_length=LONGEST_ANSWER,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Bitte nennen Sie keine Namen.",
        )
