"""Letters of the ground floor: accounts, reports of barriers, news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from programme import outbox
from programme.enums import NoticeSpeed
from programme.models import BarrierReport, Notice, OutgoingMail, Programme, User
from programme.rules.funding.dates import Deadline
from programme.rules.notices import COLLECTED, TOPICS, Topic


def barrier_report(report: BarrierReport, programme: Programme) -> OutgoingMail:
    """Tell the programme team that somebody met a barrier."""
    return outbox.queue(
        letter="programme/barrier_report",
        to=programme.contact_email,
        context={
            "report": report,
            "link": outbox.absolute_url(reverse("programme:barrier_reports")),
        },
        reply_to=report.email,
    )


def barrier_report_received(report: BarrierReport) -> OutgoingMail:
    """Confirm a report; its text is not repeated, so that nobody can write to others through us."""
    return outbox.queue(
        letter="programme/barrier_report_received",
        to=report.email,
        context={"link": outbox.absolute_url(reverse("programme:accessibility"))},
    )


def account_invitation(person: User, *, path: str, inviter: User) -> OutgoingMail:
    """Invite a person to set a password; `path` works once and for seven days."""
    return outbox.queue(
        letter="programme/account_invitation",
        to=person.email,
        context={"person": person, "inviter": inviter, "link": outbox.absolute_url(path)},
    )


def password_reset(person: User, *, path: str) -> OutgoingMail:
    """Send the link to a new password."""
    return outbox.queue(
        letter="programme/password_reset",
        to=person.email,
        context={"person": person, "link": outbox.absolute_url(path)},
    )


def address_confirmation(address: str, *, path: str) -> OutgoingMail:
    """Ask for a click that shows that a new address of an account belongs to its person."""
    return outbox.queue(
        letter="programme/address_confirmation",
        to=address,
        context={"link": outbox.absolute_url(path)},
    )


def account_notice(person: User, *, sentence: str) -> OutgoingMail:
    """Tell a person that something about the safety of the account has changed."""
    return outbox.queue(
        letter="programme/account_notice",
        to=person.email,
        context={
            "person": person,
            "sentence": sentence,
            "link": outbox.absolute_url(reverse("account_reset_password")),
        },
    )


def deadline_reminder(person: User, *, deadline: Deadline, days: str) -> OutgoingMail:
    """Remind a person of a date of the funding; `days` says how long it is still."""
    return outbox.queue(
        letter="programme/deadline_reminder",
        to=person.email,
        context={
            "person": person,
            "deadline": deadline,
            "days": days,
            "link": outbox.absolute_url(reverse("programme:deadlines")),
        },
    )


@dataclass(frozen=True)
class Heading:
    """One topic in a letter: its news, newest first, how soon they come, where to change that."""

    topic: Topic
    speed: str
    notices: Sequence[Notice]
    change_url: str


def news(notice: Notice, *, token: str) -> OutgoingMail:
    """Tell a person at once of one piece of news; `token` opens the choice without a login."""
    headings = _headings([notice], {notice.topic: NoticeSpeed.NOW}, token)
    return _with_news("news", notice.user, headings, url=headings[0].change_url)


def digest(
    person: User, notices: Sequence[Notice], *, speeds: Mapping[str, str], token: str, more: int
) -> OutgoingMail:
    """Tell a person what happened since the last letter, by topic.

    `speeds` maps a topic to its speed, `more` is how many further ones only the page shows.
    """
    headings = _headings(notices, speeds, token)
    return _with_news("digest", person, headings, url=_change_url(token, COLLECTED), more=more)


def _headings(notices: Sequence[Notice], speeds: Mapping[str, str], token: str) -> list[Heading]:
    by_topic: dict[str, list[Notice]] = {}
    for notice in notices:
        by_topic.setdefault(notice.topic, []).append(notice)
    return [
        Heading(
            topic=each,
            speed=NoticeSpeed(speeds[each.key]).label,
            notices=by_topic[each.key],
            change_url=_change_url(token, each.key),
        )
        for each in TOPICS
        if each.key in by_topic
    ]


def _change_url(token: str, scope: str) -> str:
    return outbox.absolute_url(reverse("programme:change_notices", args=[token, scope]))


def _with_news(
    letter: str, person: User, headings: Sequence[Heading], *, url: str, more: int = 0
) -> OutgoingMail:
    return outbox.queue(
        letter=f"programme/{letter}",
        to=person.email,
        context={
            "person": person,
            "headings": headings,
            "amount": sum(len(heading.notices) for heading in headings) + more,
            "more": more,
            "link": outbox.absolute_url(reverse("programme:notices")),
        },
        unsubscribe_url=url,
    )
