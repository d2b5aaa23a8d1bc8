"""The history of answers: who gave them by which way, and what stood before (feature B3).

`record` is the one place that tells the main contact of an office about an answer, so that there
is exactly one letter each: the usual receipt, or, if somebody else used the link, a notice with a
link that takes the answer back. Whoever calls it sends no letter to the office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from network import emails
from network.enums import Answer, AnswerChannel
from network.exports.calendar import one_line
from network.models import AnswerEntry, Contact, Invitation, Registration
from network.queries import invitations as invitation_queries
from network.services import copies
from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import User

UNDO_FOR = timedelta(hours=48)
DAY = timedelta(days=1)
UNKNOWN_PEOPLE = (AnswerChannel.LINK, AnswerChannel.CALENDAR)
MOST_A_DAY = 20
TOO_OFTEN = (
    "Zu dieser Einladung kamen in den letzten 24 Stunden sehr viele Änderungen. Bitte versuchen "
    "Sie es morgen noch einmal oder fragen Sie das Programmteam."
)
FINAL = frozenset({Answer.DECLINED, Answer.REPRESENTED})  # said without naming a person


@dataclass(frozen=True)
class Origin:
    """Where an answer came from; name and address as they were given, nothing is guessed.

    `is_own` says that a person acted for themselves by their own link: that is no answer of the
    office, which is told nothing and undoes nothing.
    """

    channel: AnswerChannel = AnswerChannel.LINK
    name: str = ""
    email: str = ""
    by: User | None = None
    is_own: bool = False

    @property
    def is_unknown(self) -> bool:
        """Say whether whoever acts is known by nothing but a link or the sender of a mail."""
        return self.by is None and self.channel in UNKNOWN_PEOPLE


@transaction.atomic
def snapshot(*, invitation: Invitation) -> dict[str, Any]:
    """Return what the office had said so far; taken behind the lock, before anything changes."""
    answered_at = invitation.answered_at
    return {
        "answer": str(invitation.answer),
        "answered_at": answered_at.isoformat() if answered_at else None,
        "decline_reason": invitation.decline_reason,
        "represented_by": invitation.represented_by,
    }


@transaction.atomic
def record(
    *,
    invitation: Invitation,
    before: dict[str, Any],
    answer: str,
    origin: Origin | None = None,
    made: Sequence[int] = (),
    ended: Sequence[int] = (),
) -> AnswerEntry | None:
    """Note an answer, tell the main contact by exactly one letter, send copies to who wants them.

    Called behind the lock, after the answer and the registrations (keys `made`, `ended`) are saved.
    An answer by link not given with the address of a contact of the office can be undone for 48
    hours by the link of the notice. What people do for themselves is not noted, only copied.
    """
    origin = origin or Origin()
    if origin.is_own:
        _copy(invitation, made, ended, None)
        return None
    told = invitation_queries.answer_contact(organisation=invitation.organisation)
    can_undo = told is not None and _by_somebody_else(invitation, origin)
    seed, digest = tokens.issue("undo") if can_undo else ("", None)
    moment = clock.now()
    entry = AnswerEntry.objects.create(
        invitation=invitation,
        answer=answer,
        given_at=moment,
        channel=origin.channel,
        name=one_line(origin.name)[:120],
        email=origin.email.strip().lower(),
        by=origin.by,
        before=before,
        made=list(made),
        ended=list(ended),
        undo_seed=seed,
        undo_digest=digest,
        undo_until=moment + UNDO_FOR if can_undo else None,
    )
    _copy(invitation, made, ended, told if _tell(entry, told) else None)
    return entry


@transaction.atomic
def refuse_flood(*, invitation: Invitation, origin: Origin) -> None:
    """Refuse (RuleBroken) answers and new people above what an office needs in a day.

    Each of them is a letter to addresses that whoever has the link may choose (target M7, threat
    T3). Cancelling is never refused: people were registered before, and those are counted. People
    with an account are known and not limited.
    """
    if not origin.is_unknown:
        return
    since = clock.now() - DAY
    people = invitation.registrations.filter(registered_at__gte=since)
    answers = invitation.entries.filter(given_at__gte=since, channel__in=UNKNOWN_PEOPLE)
    limit = invitation_queries.seat_count(invitation=invitation, registered=0).limit
    if people.count() + answers.count() >= MOST_A_DAY + 2 * limit:
        raise RuleBroken(TOO_OFTEN)


def _by_somebody_else(invitation: Invitation, origin: Origin) -> bool:
    """Say whether the link was used by somebody who is not known as a contact of the office."""
    if origin.channel != AnswerChannel.LINK or origin.by is not None:
        return False
    contacts = invitation.organisation.contacts.filter(is_active=True)
    return not origin.email or not contacts.filter(email__iexact=origin.email.strip()).exists()


def _tell(entry: AnswerEntry, contact: Contact | None) -> bool:
    """Write to the contact for answers; say whether the contact knows by a letter.

    Who accepted in the calendar gets another receipt, which also tidies the calendar up
    (services.cleared_entries).
    """
    if contact is None:
        return False
    made = _people(entry.made)
    if entry.undo_digest:
        emails.answer_by_other(entry, to=contact.email, made=made, ended=_people(entry.ended))
    elif made and _accepted_in_calendar(entry, contact):
        return True
    elif made or entry.answer in FINAL:
        emails.answer_received(entry.invitation, to=contact.email, registrations=made)
    else:
        return False
    return True


def _accepted_in_calendar(entry: AnswerEntry, contact: Contact) -> bool:
    return entry.channel == AnswerChannel.CALENDAR and entry.email == contact.email.lower()


def _copy(
    invitation: Invitation, made: Sequence[int], ended: Sequence[int], told: Contact | None
) -> None:
    rows = _people([*ended, *made])
    for row in rows:
        row.invitation, row.meeting = invitation, invitation.meeting
    copies.send_fresh(registrations=rows, told=[told.email] if told else [])


def _people(keys: Sequence[int]) -> list[Registration]:
    rows = Registration.objects.filter(pk__in=keys)
    return list(rows.order_by("registered_at", "pk"))
