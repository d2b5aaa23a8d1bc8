"""What the report says about a survey: answers by question, and how many answered at all.

Texts people wrote are not told: they may name somebody. What fewer than five people answered is
counted but not broken down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count

from network.models import Meeting, Survey
from network.rules.survey import SCALE, SHOWN_FROM, Question, asked
from programme.models import Programme

AGREES_FROM = 4
DISAGREES_TO = 2


@dataclass(frozen=True)
class AnswerFigures:
    """One question: how many answered, and from five answers on how many agreed or did not.

    `mean` is the average of the steps 1 to 5, written with a comma; empty where it is hidden.
    """

    text: str
    answered: int
    agree: int | None
    undecided: int | None
    disagree: int | None
    mean: str


@dataclass(frozen=True)
class SurveyFigures:
    """One survey after a meeting; `questions` are those on a scale."""

    meeting: str
    held: str
    sent: int
    answered: int
    rate: str
    is_shown: bool
    questions: tuple[AnswerFigures, ...]
    free_texts: int


def surveyed_meetings(programme: Programme) -> list[Meeting]:
    """Return the meetings whose survey was sent, the latest first; one query."""
    rows = Meeting.objects.took_place().filter(programme=programme)
    return list(rows.filter(survey__sent_at__isnull=False).order_by("-starts_at", "-pk"))


def survey_figures(programme: Programme) -> dict[str, SurveyFigures]:
    """Return what came out of all surveys that were sent, by the number of their meeting.

    Two queries, whatever the amount.
    """
    meetings = Meeting.objects.took_place().filter(programme=programme)
    surveys = (
        Survey.objects.filter(meeting__in=meetings, sent_at__isnull=False)
        .select_related("meeting")
        .prefetch_related("answers")
        .annotate(sent=Count("tickets"))
        .order_by("pk")
    )
    return {str(row.meeting_id): _survey(row, vars(row)["sent"]) for row in surveys}


def _survey(survey: Survey, sent: int) -> SurveyFigures:
    values = [answer.values for answer in survey.answers.all()]
    is_shown = len(values) >= SHOWN_FROM
    questions = asked(survey.questions)
    scales = [question for question in questions if question.kind == SCALE]
    meeting = survey.meeting
    return SurveyFigures(
        meeting=meeting.title,
        held=f"{meeting.day:%d.%m.%Y}" if meeting.starts_at else meeting.date_label,
        sent=sent,
        answered=len(values),
        rate=_share(len(values), sent),
        is_shown=is_shown,
        questions=tuple(_answers(question, values) for question in scales) if is_shown else (),
        free_texts=len(questions) - len(scales),
    )


def _answers(question: Question, values: Sequence[dict[str, object]]) -> AnswerFigures:
    marks = [int(str(value[question.key])) for value in values if question.key in value]
    if len(marks) < SHOWN_FROM:
        return AnswerFigures(question.text, len(marks), None, None, None, "")
    agree = sum(mark >= AGREES_FROM for mark in marks)
    disagree = sum(mark <= DISAGREES_TO for mark in marks)
    mean = (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return AnswerFigures(
        text=question.text,
        answered=len(marks),
        agree=agree,
        undecided=len(marks) - agree - disagree,
        disagree=disagree,
        mean=str(mean).replace(".", ","),
    )


def _share(part: int, whole: int) -> str:
    """Return "81 %", or nothing where nobody was asked."""
    if not whole:
        return ""
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)} %"
