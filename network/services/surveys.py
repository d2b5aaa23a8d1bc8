"""The anonymous survey after a meeting: links that answer once, answers that lead to nobody."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from network import emails
from network.models import Meeting, Survey, SurveyAnswer, SurveyTicket
from network.queries import survey as queries
from network.rules import deadlines
from network.rules.survey import Question, accepted, asked, stored
from programme import audit, clock, outbox, tokens
from programme.errors import RuleBroken
from programme.models import User

OPEN_FOR = timedelta(days=14)
_shuffled = random.SystemRandom()


@transaction.atomic
def plan(
    *, meeting: Meeting, questions: Sequence[Question], closes_on: date | None, by: User
) -> Survey:
    """Write down up to five questions; they can be changed until the links are sent.

    Refuses (RuleBroken) changes after that, and a last day that is over.
    """
    row = Meeting.objects.locked(meeting.pk)
    survey, _ = Survey.objects.get_or_create(meeting=row)
    if survey.sent_at:
        raise RuleBroken("Die Befragung ist schon verschickt und lässt sich nicht mehr ändern.")
    if closes_on and closes_on < clock.today():
        raise RuleBroken("Der letzte Tag liegt in der Vergangenheit.", field="closes_on")
    survey.questions, survey.closes_on = stored(questions), closes_on
    survey.save()
    sentence = f"Befragung zu „{row.title}“: {len(questions)} Fragen festgelegt."
    audit.record(by=by, verb="survey.planned", subject=survey, sentence=sentence)
    return survey


@transaction.atomic
def issue(*, meeting: Meeting, by: User) -> int:
    """Send everybody who took part a link of their own and return how many; it happens once.

    Who took part are those who arrived, at a meeting without check-ins all with a seat. Tickets
    are made in random order and keep no address. Refuses (RuleBroken) a survey without questions,
    a second time, meetings that are not over, and meetings nobody can be written to.
    """
    row = Meeting.objects.locked(meeting.pk)
    survey = Survey.objects.filter(meeting=row).first()
    people = queries.recipients(row)
    _refuse(row, survey, len(people))
    assert survey is not None  # noqa: S101  refused above
    survey.sent_at = clock.now()
    survey.closes_on = survey.closes_on or clock.today() + OPEN_FOR
    survey.save(update_fields=["sent_at", "closes_on"])
    _shuffled.shuffle(people)
    for registration in people:
        token = tokens.token("survey", tokens.new_seed())
        SurveyTicket.objects.create(survey=survey, token_digest=tokens.digest(token))
        url = outbox.absolute_url(reverse("network:answer_survey", args=[token]))
        emails.survey_asked(registration, survey=survey, url=url)
    sentence = f"Befragung zu „{row.title}“ an {len(people)} Personen verschickt."
    audit.record(by=by, verb="survey.sent", subject=survey, sentence=sentence)
    return len(people)


def _refuse(meeting: Meeting, survey: Survey | None, people: int) -> None:
    over = deadlines.is_over(
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=clock.now()
    )
    if survey is None or not survey.questions:
        raise RuleBroken("Bitte legen Sie zuerst die Fragen fest.")
    if survey.sent_at:
        raise RuleBroken("Die Befragung ist schon verschickt.")
    if not meeting.has_taken_place and not (meeting.is_on and over):
        raise RuleBroken("Die Befragung geht erst nach dem Treffen hinaus.")
    if not people:
        raise RuleBroken("Zu diesem Treffen ist niemand mit E-Mail-Adresse verzeichnet.")


@transaction.atomic
def answer(*, token: str, values: Mapping[str, Any]) -> None:
    """Take one anonymous answer; each link counts once, however often and fast it is used.

    The answers are written anew in random order, so that not even their place in the database
    tells who came when. Refuses (RuleBroken) used and unknown links, answers after the last day,
    and answers that say nothing.
    """
    ticket = queries.ticket(token=token)
    if ticket is None:
        raise RuleBroken("Dieser Link gehört zu keiner Befragung.")
    survey = Survey.objects.select_for_update().get(pk=ticket.survey_id)
    if queries.is_closed(survey):
        raise RuleBroken("Die Befragung ist beendet.")
    kept = accepted(asked(survey.questions), values)
    if not SurveyTicket.objects.filter(pk=ticket.pk, is_used=False).update(is_used=True):
        raise RuleBroken("Über diesen Link ist schon eine Antwort angekommen.")
    rows = [*survey.answers.all(), SurveyAnswer(survey=survey, values=kept)]
    _shuffled.shuffle(rows)
    survey.answers.all().delete()
    SurveyAnswer.objects.bulk_create(rows)
