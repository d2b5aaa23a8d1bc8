"""Collected letters: one a person on weekday mornings, with the week's news on Mondays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min, QuerySet

from programme import clock, emails, jobs, permissions
from programme.models import Notice, NoticeChoice, OutgoingMail, User
from programme.queries import notices as queries
from programme.rules import notices as rules
from programme.services import notices

QUARTER_OF_AN_HOUR = 15 * 60


@jobs.job(every=QUARTER_OF_AN_HOUR)
@transaction.atomic
def send_due() -> int:
    """Ask for the letter of everybody for whom news are due; returns how many people."""
    moment = clock.now()
    waiting = Notice.objects.filter(sent_at=None, user__is_active=True)
    oldest = list(waiting.order_by().values_list("user", "topic").annotate(since=Min("created_at")))
    speeds = _chosen(NoticeChoice.objects.filter(user__in={pk for pk, _, _ in oldest}))
    due = {
        pk
        for pk, topic, since in oldest
        if rules.is_due(speed=_speed(speeds, pk, topic), since=since, moment=moment)
    }
    for pk in sorted(due):
        write.enqueue(person=pk)
    return len(due)


@jobs.job()
@transaction.atomic
def write(*, person: int) -> int:
    """Write the letter of one person with all news that are due; returns how many it tells.

    The lock on the person lets only one worker at a time look, and what was told is not told
    again. Without due news nothing is written. What the person's roles or assignments no longer
    open is told to nobody.
    """
    locked = User.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    reader = locked.filter(pk=person, is_active=True).first()
    if reader is None:
        return 0
    speeds = _chosen(NoticeChoice.objects.filter(user=reader))
    moment = clock.now()
    due = _due(reader, speeds, moment)
    topics = rules.offered(permissions.roles_of(reader))
    still_open = set(queries.latest(person=reader, topics=topics).filter(sent_at=None))
    told = [notice for notice in due if notice in still_open]
    mail = _letter(reader, told, speeds) if told else None
    Notice.objects.filter(pk__in=[each.pk for each in due]).update(sent_at=moment)
    Notice.objects.filter(pk__in=[each.pk for each in told]).update(mail=mail)
    return len(told)


def _due(reader: User, speeds: dict[tuple[int, str], str], moment: datetime) -> list[Notice]:
    waiting = Notice.objects.filter(user=reader, sent_at=None)
    return [
        notice
        for notice in waiting.order_by("-created_at", "-pk")
        if rules.is_due(
            speed=_speed(speeds, reader.pk, notice.topic), since=notice.created_at, moment=moment
        )
    ]


def _letter(reader: User, told: list[Notice], speeds: dict[tuple[int, str], str]) -> OutgoingMail:
    shown = told[: rules.MOST_ENTRIES]
    return emails.digest(
        reader,
        shown,
        speeds={each.topic: _speed(speeds, reader.pk, each.topic) for each in shown},
        token=notices.link_of(person=reader),
        more=len(told) - len(shown),
    )


def _chosen(rows: QuerySet[NoticeChoice]) -> dict[tuple[int, str], str]:
    return {(row.user_id, row.topic): row.speed for row in rows}


def _speed(speeds: dict[tuple[int, str], str], person: int, topic: str) -> str:
    return speeds.get((person, topic)) or rules.speed_without_choice(topic)
