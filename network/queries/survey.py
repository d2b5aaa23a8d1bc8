"""What came out of a survey; nothing but the number of answers before there are five."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from network.models import Meeting, Registration, Survey, SurveyTicket
from network.rules.survey import SCALE, SCALE_LABELS, SHOWN_FROM, Question, asked
from programme import charts, clock, tokens
from programme.units import unit_of


@dataclass(frozen=True)
class QuestionResult:
    """What was answered to one question: a chart and a sentence, or texts."""

    question: Question
    answered: int
    sentence: str
    chart: charts.BarChart | None
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """Links sent, answers received, and from five answers on what they say."""

    sent: int
    answered: int
    is_shown: bool
    questions: tuple[QuestionResult, ...]

    @property
    def sentence(self) -> str:
        """Say how many answered."""
        told = "eine Antwort" if self.answered == 1 else f"{self.answered} Antworten"
        return f"{told} auf {self.sent} verschickte Links"


def recipients(meeting: Meeting) -> list[Registration]:
    """Return who took part and can be written to, each address once."""
    rows = (
        Registration.objects.filter(meeting=meeting)
        .attended()
        .exclude(email="")
        .select_related("meeting__programme", "invitation__organisation")
        .order_by("pk")
    )
    return list({row.email.lower(): row for row in rows}.values())


def ticket(*, token: str) -> SurveyTicket | None:
    """Return the ticket a link stands for, used or not; None for every other link."""
    rows = SurveyTicket.objects.select_related("survey__meeting__programme")
    return rows.filter(token_digest=tokens.digest(token)).first()


def is_closed(survey: Survey) -> bool:
    """Say whether the last day for answers is over."""
    return survey.closes_on is not None and survey.closes_on < clock.today()


def results(survey: Survey) -> Results:
    """Return the results; below five answers only how many there are. Two queries."""
    values = list(survey.answers.values_list("values", flat=True))
    shown = len(values) >= SHOWN_FROM
    questions = asked(survey.questions) if shown else ()
    return Results(
        sent=survey.tickets.count(),
        answered=len(values),
        is_shown=shown,
        questions=tuple(_result(question, values) for question in questions),
    )


def table(survey: Survey) -> tuple[list[str], list[list[str]]]:
    """Return headings and one line an answer, for a spreadsheet; no line below five answers."""
    questions = asked(survey.questions)
    values = list(survey.answers.order_by("id").values_list("values", flat=True))
    lines = [[str(value.get(each.key, "")) for each in questions] for value in values]
    return [each.text for each in questions], lines if len(lines) >= SHOWN_FROM else []


def _result(question: Question, values: Sequence[dict[str, object]]) -> QuestionResult:
    given = [value[question.key] for value in values if question.key in value]
    if question.kind != SCALE:
        texts = tuple(sorted(str(text) for text in given))
        return QuestionResult(question, len(given), "", None, texts)
    marks = [int(str(mark)) for mark in given]
    counts = tuple(marks.count(mark) for mark in range(1, 6))
    return QuestionResult(
        question, len(given), _told(marks), _chart(question, counts, len(marks)), ()
    )


def _told(marks: list[int]) -> str:
    """Say the average and how many agree in one sentence."""
    if not marks:
        return "Diese Frage hat niemand beantwortet."
    mean = charts.number(Decimal(sum(marks)) / len(marks), 1)
    agree = sum(mark >= 4 for mark in marks)
    return f"{agree} von {len(marks)} stimmen zu (4 oder 5); im Mittel {mean} von 5."


def _chart(question: Question, counts: tuple[int, ...], answered: int) -> charts.BarChart:
    return charts.BarChart(
        key=f"befragung-{question.key}",
        title="Verteilung der Antworten",
        description=f"„{question.text}“: {answered} {unit_of(answered, 'Antworten')} "
        "auf fünf Stufen der Zustimmung.",
        unit="Antworten",
        categories=SCALE_LABELS,
        series=(charts.Series("Antworten", tuple(map(Decimal, counts)), "actual"),),
        axis="Stufe",
    )
