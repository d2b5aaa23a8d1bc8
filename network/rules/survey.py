"""What a survey after a meeting may ask, and when its answers may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from programme.errors import RuleBroken

MOST_QUESTIONS = 5
SHOWN_FROM = 5  # fewer answers could be guessed to be somebody's
LONGEST_ANSWER = 2000
SCALE = "scale"
TEXT = "text"
KINDS = ((SCALE, "Zustimmung von 1 bis 5"), (TEXT, "freier Text"))
SCALE_LABELS = (
    "1 – trifft gar nicht zu",
    "2 – trifft eher nicht zu",
    "3 – teils, teils",
    "4 – trifft eher zu",
    "5 – trifft voll zu",
)


@dataclass(frozen=True)
class Question:
    """One question; `key` names it in the answers."""

    key: str
    text: str
    kind: str


PROPOSED = (
    Question("q1", "Das Treffen hat mir für meine Arbeit geholfen.", SCALE),
    Question("q2", "Es war genug Zeit für den Austausch untereinander.", SCALE),
    Question(
        "q3", "Ordnungsaufgaben und Integrationsaufgaben kamen ausgewogen zur Sprache.", SCALE
    ),
    Question("q4", "Was nehmen Sie in Ihre Organisation mit?", TEXT),
    Question("q5", "Was sollten wir beim nächsten Mal anders machen?", TEXT),
)


def numbered(texts: Sequence[tuple[str, str]]) -> tuple[Question, ...]:
    """Return the questions (text, kind) that say something, with their keys.

    Refuses (RuleBroken) a survey without a question, more than five, and the same twice.
    """
    asked = [(" ".join(text.split()), kind) for text, kind in texts if text.strip()]
    if not asked:
        raise RuleBroken("Bitte stellen Sie mindestens eine Frage.", field="text_1")
    if len(asked) > MOST_QUESTIONS:
        raise RuleBroken(f"Mehr als {MOST_QUESTIONS} Fragen sind nicht vorgesehen.")
    if len({text.casefold() for text, _ in asked}) < len(asked):
        raise RuleBroken("Eine Frage steht zweimal da.")
    return tuple(
        Question(f"q{number}", text[:300], kind if kind in {SCALE, TEXT} else SCALE)
        for number, (text, kind) in enumerate(asked, 1)
    )


def stored(questions: Sequence[Question]) -> list[dict[str, str]]:
    """Return the questions as the survey keeps them."""
    return [{"key": each.key, "text": each.text, "kind": each.kind} for each in questions]


def asked(stored_questions: Sequence[Mapping[str, str]]) -> tuple[Question, ...]:
    """Return the questions a survey keeps."""
    return tuple(Question(row["key"], row["text"], row["kind"]) for row in stored_questions)


def accepted(questions: Sequence[Question], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers to these questions: 1 to 5, or a text; unanswered ones are left out.

    Refuses (RuleBroken) an answer that says nothing at all.
    """
    kept: dict[str, Any] = {}
    for question in questions:
        value = values.get(question.key)
        if question.kind == SCALE and str(value) in {"1", "2", "3", "4", "5"}:
            kept[question.key] = int(str(value))
        elif question.kind == TEXT and isinstance(value, str) and value.strip():
            kept[question.key] = value.strip()[:LONGEST_ANSWER]
    if not kept:
        raise RuleBroken("Bitte beantworten Sie mindestens eine Frage.")
    return kept
