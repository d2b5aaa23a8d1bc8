"""Withdraw an invitation, restore it, give one office other seats."""

from django.db import transaction

from network import emails
from network.enums import Answer, AnswerChannel, LetterKind
from network.models import Invitation, Meeting
from network.rules import deadlines
from network.services import (
    cleared_entries,
    copies,
    letters,
    office_feeds,
    registrations,
    waiting_list,
)
from network.services.answer_entries import Origin
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User

MOST_SEATS = 100


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> Invitation:
    """Let an invitation no longer count: its link is dead, people are cancelled, all are told.

    Doing it again tells nobody twice. Refuses meetings that have begun or are not on.
    """
    row = _locked(invitation)
    if row.withdrawn_at:
        return row
    _refuse_late(row.meeting)
    gone = registrations.cancel_all(
        invitation=row, by=by, origin=Origin(channel=AnswerChannel.TEAM, by=by)
    )
    row.refresh_from_db(fields=["answer", "answered_at"])
    row.withdrawn_at = clock.now()
    row.calendar_sequence += 1
    row.save(update_fields=["withdrawn_at", "calendar_sequence"])
    told = []
    for contact in row.organisation.contacts.addressed():
        mail = emails.invitation_withdrawn(row, contact)
        letters.log(invitation=row, kind=LetterKind.CANCELLATION, mail=mail, by=by)
        told.append(contact.email)
    copies.send_fresh(registrations=gone, told=told)
    sentence = f"Einladung von {row.organisation} zu „{row.meeting}“ zurückgezogen."
    audit.record(by=by, verb="invitation.withdrawn", subject=row, sentence=sentence)
    return row


@transaction.atomic
def restore(*, invitation: Invitation, by: User) -> Invitation:
    """Let a withdrawn invitation count again, with the same link and an open answer.

    The contacts are invited again. People who were cancelled stay so: the office decides anew.
    """
    row = _locked(invitation)
    if row.withdrawn_at is None:
        return row
    _refuse_late(row.meeting)
    row.withdrawn_at = row.answered_at = None
    row.answer = Answer.OPEN
    row.decline_reason = row.represented_by = row.calendar_answer = ""
    row.names_asked_at = None
    row.calendar_sequence += 1  # calendars leave out what is older than what took it away
    row.save()
    cleared_entries.forget(invitation=row)
    office_feeds.complete(organisation=row.organisation)
    for contact in row.organisation.contacts.addressed():
        mail = emails.invitation(row, contact)
        letters.log(invitation=row, kind=LetterKind.INVITATION, mail=mail, by=by)
    sentence = f"Einladung von {row.organisation} zu „{row.meeting}“ gilt wieder."
    audit.record(by=by, verb="invitation.restored", subject=row, sentence=sentence)
    return row


@transaction.atomic
def set_seats(*, invitation: Invitation, seats: int | None, by: User) -> Invitation:
    """Give one office other seats than all others; None means the same as all others.

    More seats let people who wait move up; fewer throw nobody out. Refuses less than one seat.
    """
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        raise RuleBroken(f"Bitte geben Sie eine Zahl von 1 bis {MOST_SEATS} an.", field="seats")
    row = _locked(invitation)
    before = row.seats_override
    if before == seats:
        return row
    row.seats_override = seats
    row.save(update_fields=["seats_override"])
    if row.meeting.is_on:
        waiting_list.move_up(meeting=row.meeting)
    sentence = f"Plätze von {row.organisation} bei „{row.meeting}“ geändert."
    changes = {"seats_override": [before, seats]}
    audit.record(by=by, verb="invitation.seats", subject=row, sentence=sentence, changes=changes)
    return row


def _locked(invitation: Invitation) -> Invitation:
    meeting = Meeting.objects.locked(invitation.meeting_id)
    row = Invitation.objects.select_related("organisation").get(pk=invitation.pk)
    row.meeting = meeting
    return row


def _refuse_late(meeting: Meeting) -> None:
    if not meeting.is_on or not deadlines.may_change(
        starts_at=meeting.starts_at, moment=clock.now()
    ):
        raise RuleBroken("Das geht nur, solange das Treffen ansteht.")
