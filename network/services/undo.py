"""Taking an answer back: the office stands where it stood before, and calendars follow (B3)."""

from datetime import datetime

from django.db import transaction

from network.models import AnswerEntry, Invitation, Registration
from network.queries import answer_entries as entry_queries
from network.queries import registrations as registration_queries
from network.services import copies
from network.services.registration_desk import Desk
from programme import audit
from programme.errors import RuleBroken


@transaction.atomic
def undo(*, entry: AnswerEntry) -> AnswerEntry:
    """Take an answer back, once, within 48 hours, while no newer answer stands in the way.

    Who was registered by it is cancelled; who was cancelled by it gets a seat again, or a place in
    the queue if the seats are gone. Everybody concerned gets a letter that puts the calendar
    right. Somebody who is registered another way by now is left as they are. Refused (RuleBroken)
    when it is too late, done already, or something newer stands in the way.
    """
    desk = Desk(meeting_id=entry.invitation.meeting_id, by=None, origin=None)
    meeting = desk.meeting
    entry = AnswerEntry.objects.select_related("invitation__organisation").get(pk=entry.pk)
    entry.invitation.meeting = meeting
    obstacle = entry_queries.obstacle(entry=entry, moment=desk.moment)
    if obstacle:
        raise RuleBroken(f"{obstacle} Es hat sich nichts geändert.")
    gone = _take_back(desk, entry)
    back = _bring_back(desk, entry)
    _restore(entry.invitation, entry.before)
    copies.send_fresh(registrations=[*gone, *back])
    desk.move_up()
    entry.undone_at = desk.moment
    entry.save(update_fields=["undone_at"])
    audit.record(
        by=None,
        verb="answer.undone",
        subject=entry.invitation,
        sentence=f"{entry.invitation.organisation} hat eine Antwort zu „{meeting}“ rückgängig "
        f"gemacht; abgemeldet: {len(gone)}, wieder angemeldet: {len(back)}.",
    )
    return entry


def _take_back(desk: Desk, entry: AnswerEntry) -> list[Registration]:
    """Cancel whom the answer registered, and whoever took over from them since."""
    rows = [_last_of_chain(each) for each in entry_queries.people(keys=entry.made)]
    active = [row for row in rows if row.is_active]
    for row in active:
        _belongs_to(row, entry.invitation)
        row.replaces = None  # somebody else can take over from the other person again
        desk.end(row)
    return active


def _bring_back(desk: Desk, entry: AnswerEntry) -> list[Registration]:
    """Turn back whom the answer cancelled, unless they are registered another way by now."""
    rows = [row for row in entry_queries.people(keys=entry.ended) if not row.is_active]
    taken = registration_queries.taken_addresses(
        meeting=entry.invitation.meeting, addresses=[row.email for row in rows]
    )
    free = [row for row in rows if row.email.lower() not in taken]
    for row in free:
        _belongs_to(row, entry.invitation)
        desk.bring_back(row)
    return free


def _restore(invitation: Invitation, before: dict[str, str]) -> None:
    answered_at = before["answered_at"]
    invitation.answer = before["answer"]
    invitation.answered_at = datetime.fromisoformat(answered_at) if answered_at else None
    invitation.decline_reason = before["decline_reason"]
    invitation.represented_by = before["represented_by"]
    invitation.save(update_fields=["answer", "answered_at", "decline_reason", "represented_by"])


def _belongs_to(row: Registration, invitation: Invitation) -> None:
    row.invitation, row.meeting = invitation, invitation.meeting


def _last_of_chain(row: Registration) -> Registration:
    while successor := Registration.objects.filter(replaces=row).first():
        row = successor
    return row
