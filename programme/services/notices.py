"""News for people: told once, at once or collected, as each one chose."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from programme import audit, clock, emails, jobs, permissions, tokens
from programme.enums import NoticeSpeed
from programme.errors import RuleBroken
from programme.models import Notice, NoticeChoice, NoticeLink, User
from programme.rules import notices as rules

KEEP_TOLD = timedelta(days=90)
ONCE_A_DAY = 24 * 60 * 60


@transaction.atomic
def tell(
    *, topic: str, people: Iterable[User], key: str, sentence: str, path: str, by: User | None
) -> int:
    """Tell people what happened, each as soon as he or she chose; returns how many are new to it.

    The same `key` again changes nothing. Left out are people whose account is not active and `by`,
    who did it. `sentence` is German and whole, `path` the page in the portal that shows more.
    Raises RuleBroken for a topic that does not exist.
    """
    about = rules.topic(topic)
    hearers = {
        person.pk: person
        for person in people
        if person.is_active and (by is None or person.pk != by.pk)
    }
    for pk in list(Notice.objects.filter(user__in=hearers, key=key).values_list("user", flat=True)):
        hearers.pop(pk)
    if not hearers:
        return 0
    speeds = _speeds(about, hearers)
    moment = clock.now()
    Notice.objects.bulk_create(
        (
            Notice(
                user=person,
                topic=about.key,
                key=key,
                sentence=_short(sentence),
                path=path,
                created_at=moment,
                # Who wants no mail reads it on the page only: there it is told already.
                sent_at=moment if speeds[person.pk] == NoticeSpeed.NEVER else None,
            )
            for person in hearers.values()
        ),
        ignore_conflicts=True,
    )
    hurried = [pk for pk, speed in speeds.items() if speed == NoticeSpeed.NOW]
    _write_at_once(Notice.objects.filter(user__in=hurried, key=key, sent_at=None))
    return len(hearers)


@transaction.atomic
def choose(*, person: User, topic: str, speed: str, by: User | None) -> NoticeChoice:
    """Note how soon a person wants to hear of a topic; the same again changes nothing.

    `by` is None behind the link of a letter. Who wants no mail does not get later what waits.
    Raises RuleBroken for an unknown speed and for a topic the person's roles do not open.
    """
    about = rules.topic(topic)
    if about not in rules.offered(permissions.roles_of(person)):
        raise RuleBroken(rules.UNKNOWN, field="topic")
    if speed not in NoticeSpeed.values:
        raise RuleBroken("Bitte wählen Sie, wie bald Sie davon hören möchten.", field="speed")
    row, is_new = NoticeChoice.objects.get_or_create(
        user=person, topic=about.key, defaults={"speed": speed}
    )
    before = about.speed.value if is_new else row.speed
    if before == speed:
        return row
    row.speed = speed
    row.save(update_fields=["speed"])
    if speed == NoticeSpeed.NEVER:
        waiting = Notice.objects.filter(user=person, topic=about.key, sent_at=None)
        waiting.update(sent_at=clock.now())
    way = "" if by else " über den Link in einer E-Mail"
    audit.record(
        by=by,
        verb="notices.chosen",
        subject=person,
        sentence=f"{person} hört{way} von „{about.label}“ jetzt: {row.get_speed_display()}.",
        changes={about.key: [before, speed]},
    )
    return row


@transaction.atomic
def unsubscribe(*, person: User, topics: Collection[str]) -> int:
    """End the letters about these topics, as a mail program asks with one click (RFC 8058)."""
    for key in topics:
        choose(person=person, topic=key, speed=NoticeSpeed.NEVER, by=None)
    return len(topics)


@transaction.atomic
def link_of(*, person: User) -> str:
    """Return the token of the person's link, made with the first letter."""
    seed, digest = tokens.issue("notices")
    link, _ = NoticeLink.objects.get_or_create(
        user=person, defaults={"token_seed": seed, "token_digest": digest}
    )
    return tokens.token("notices", link.token_seed)


@transaction.atomic
def renew_link(*, person: User, by: User) -> None:
    """Make the links of all earlier letters worthless, for example after one was passed on."""
    seed, digest = tokens.issue("notices")
    NoticeLink.objects.update_or_create(
        user=person, defaults={"token_seed": seed, "token_digest": digest}
    )
    audit.record(
        by=by,
        verb="notices.link_renewed",
        subject=person,
        sentence=f"{person} hat die Links in früheren Benachrichtigungen ungültig gemacht.",
    )


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_told() -> int:
    """Delete news 90 days after they were told; what could not be told goes after 90 days too.

    Returns how many.
    """
    limit = clock.now() - KEEP_TOLD
    old = Q(sent_at__lt=limit) | Q(sent_at=None, created_at__lt=limit)
    return Notice.objects.filter(old).delete()[0]


def _speeds(about: rules.Topic, people: Mapping[int, User]) -> dict[int, str]:
    chosen = NoticeChoice.objects.filter(user__in=people, topic=about.key)
    return dict.fromkeys(people, about.speed.value) | dict(chosen.values_list("user", "speed"))


def _write_at_once(rows: QuerySet[Notice]) -> None:
    """Write one letter a row; the lock and `sent_at` let only one of two processes do it."""
    for notice in rows.select_for_update(of=("self",)).select_related("user").order_by("pk"):
        token = link_of(person=notice.user)
        notice.mail = emails.news(notice, token=token)
        notice.sent_at = clock.now()
        notice.save(update_fields=["mail", "sent_at"])


def _short(sentence: str) -> str:
    longest = Notice._meta.get_field("sentence").max_length or 300
    return sentence if len(sentence) <= longest else f"{sentence[: longest - 1].rstrip()}…"
