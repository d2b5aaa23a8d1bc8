"""Letters in copy: a contact reads what the people of its office are told, if that was chosen.

A copy is a letter of its own. It brings no personal link, no calendar entry and nothing about food
or access: the person's link would let the contact act for the person, and a calendar would answer
in the person's name.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from network import emails
from network.enums import CopyNews, LetterKind, RegistrationStatus
from network.models import Invitation, Registration
from network.queries import copies as queries
from network.queries.copies import News
from network.services import letters
from programme.models import OutgoingMail

FRESH = {
    RegistrationStatus.CONFIRMED: CopyNews.CONFIRMED,
    RegistrationStatus.WAITING: CopyNews.WAITING,
    RegistrationStatus.CANCELLED: CopyNews.CANCELLED,
}


@transaction.atomic
def send(*, news: Sequence[News], told: Collection[str] = ()) -> list[OutgoingMail]:
    """Send the news of one event about people of one meeting, one letter to each contact.

    `told` are addresses that learn of it by another letter. Walk-ins without an address got no
    letter, so there is no copy of it. Refuses nothing.
    """
    written = [(row, what) for row, what in news if row.email]
    if not written:
        return []
    sent = []
    lowered = {address.lower() for address in told}
    for contact, concerned in queries.readers(news=written, told=lowered):
        for invitation, own in _by_invitation(concerned):
            mail = emails.registration_copy(invitation, contact, own)
            letters.log(invitation=invitation, kind=LetterKind.COPY, mail=mail)
            sent.append(mail)
    return sent


@transaction.atomic
def send_fresh(
    *, registrations: Iterable[Registration], told: Collection[str] = ()
) -> list[OutgoingMail]:
    """Send in copy how people stand now: registered, waiting or cancelled. Refuses nothing."""
    rows = list(registrations)
    news = [(row, FRESH[RegistrationStatus(row.status)]) for row in rows]
    return send(news=news, told=told)


def _by_invitation(news: Iterable[News]) -> list[tuple[Invitation, list[News]]]:
    """An office merged from two has one invitation a meeting; a letter is about one of them."""
    found: dict[int, tuple[Invitation, list[News]]] = {}
    for row, what in news:
        invitation = row.invitation
        invitation.meeting = row.meeting
        found.setdefault(invitation.pk, (invitation, []))[1].append((row, what))
    return list(found.values())
