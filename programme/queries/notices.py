"""What a person hears of, how soon, and what was new lately."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from programme import permissions, tokens
from programme.enums import NoticeSpeed
from programme.models import Notice, NoticeChoice, NoticeLink, User
from programme.rules.notices import Topic, offered

Closed = Callable[[User], Q]
_closed: list[Closed] = []


def closes(rule: Closed) -> Closed:
    """Let a floor above say which news lead to pages that are no longer open to a person."""
    _closed.append(rule)
    return rule


@dataclass(frozen=True)
class Choice:
    """One topic on the page with the speed that holds for this person."""

    topic: Topic
    speed: NoticeSpeed

    @property
    def is_collected(self) -> bool:
        """Say whether the topic comes in the daily or weekly letter."""
        return self.speed in {NoticeSpeed.DAILY, NoticeSpeed.WEEKLY}


def choices(*, person: User) -> list[Choice]:
    """Return every topic the person's roles open, with its speed; two queries at most."""
    chosen = dict(NoticeChoice.objects.filter(user=person).values_list("topic", "speed"))
    return [
        Choice(topic, NoticeSpeed(chosen.get(topic.key, topic.speed)))
        for topic in offered(permissions.roles_of(person))
    ]


def latest(*, person: User, topics: Iterable[Topic]) -> QuerySet[Notice]:
    """Return what is new for a person in these topics, the newest first.

    News about pages the person may no longer open are left out.
    """
    rows = Notice.objects.filter(user=person, topic__in=[topic.key for topic in topics])
    for rule in _closed:
        rows = rows.exclude(rule(person))
    return rows


def by_token(*, token: str) -> QuerySet[NoticeLink]:
    """Return whose link this is, or nothing; accounts that are closed have none."""
    rows = NoticeLink.objects.filter(token_digest=tokens.digest(token), user__is_active=True)
    return rows.select_related("user")
