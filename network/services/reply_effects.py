"""What an answer from a calendar does: to a person's registration, to an office's invitation.

Everything here runs behind the lock of the meeting and refuses (RuleBroken) what a person has to
decide; the caller then parks the answer with the reason.
"""

from dataclasses import dataclass

from django.db import transaction

from network import emails
from network.enums import (
    Answer,
    AnswerChannel,
    CalendarAnswer,
    ContactKind,
    LetterKind,
    MeetingMode,
    ReplyState,
)
from network.models import Contact, Invitation, Meeting, Registration
from network.queries import invitations as invitation_queries
from network.queries import replies as queries
from network.rules import deadlines
from network.services import answers, letters, registrations
from network.services.answer_entries import Origin
from network.services.registrations import Person, SeatsTaken
from programme import clock
from programme.errors import RuleBroken
from programme.models import User

NAMED_KINDS = {ContactKind.MAIN, ContactKind.DEPUTY}


@dataclass(frozen=True)
class Effect:
    """What became of an answer, and the sentence the programme team reads."""

    note: str
    state: ReplyState = ReplyState.APPLIED


@transaction.atomic
def answer_registration(
    *, registration: Registration, answer: str, by: User | None = None
) -> Effect:
    """Note what a registered person answered in the calendar; a decline cancels the registration.

    A decline of somebody who has cancelled before changes nothing. Refuses other answers to a
    cancelled registration, and every answer once the meeting is over or not on.
    """
    _refuse_over(registration.meeting)
    if not registration.is_active:
        if answer == CalendarAnswer.DECLINED:
            return Effect("War schon abgemeldet.")
        raise RuleBroken("Diese Person ist abgemeldet, sagt im Kalender aber zu.")
    if answer == CalendarAnswer.DECLINED:
        origin = Origin(
            channel=AnswerChannel.CALENDAR, email=registration.email, by=by, is_own=True
        )
        registrations.cancel(registration=registration, by=by, origin=origin)
    registration.calendar_answer = answer
    registration.save(update_fields=["calendar_answer"])
    notes = {
        CalendarAnswer.ACCEPTED: "Zusage vermerkt.",
        CalendarAnswer.TENTATIVE: "Zusage mit Vorbehalt vermerkt.",
        CalendarAnswer.DECLINED: "Abgemeldet.",
    }
    return Effect(notes.get(CalendarAnswer(answer), "Vermerkt."))


@transaction.atomic
def answer_invitation(
    *,
    invitation: Invitation,
    answer: str,
    attendee: str,
    comment: str = "",
    by: User | None = None,
) -> Effect:
    """Note what a contact of an office answered in the calendar, and act on it.

    A decline declines for the office, an accept registers the contact if it is a person; a
    mailbox is asked for names, once. Refuses what contradicts an answer the office gave otherwise,
    and whatever deadline or seats forbid.
    """
    _refuse_over(invitation.meeting)
    if answer == CalendarAnswer.DECLINED:
        effect = _decline(invitation, attendee, comment, by)
    elif answer == CalendarAnswer.ACCEPTED:
        effect = _accept(invitation, attendee, by)
    else:
        effect = Effect("Vorbehalt vermerkt. Die Antwort der Stelle ist noch offen.")
    Invitation.objects.filter(pk=invitation.pk).update(calendar_answer=answer)
    return effect


def _refuse_over(meeting: Meeting) -> None:
    moment = clock.now()
    over = deadlines.is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment)
    if over or not meeting.is_on:
        raise RuleBroken("Das Treffen ist abgesagt oder vorbei.")


def _decline(invitation: Invitation, attendee: str, comment: str, by: User | None) -> Effect:
    if invitation.answer in {Answer.DECLINED, Answer.REPRESENTED}:
        return Effect(f"Die Stelle hatte schon geantwortet: {invitation.get_answer_display()}.")
    people = invitation.registrations.active().count()
    if people:
        count = "eine Person" if people == 1 else f"{people} Personen"
        raise RuleBroken(
            f"Die Stelle hat {count} angemeldet; ob alle abgemeldet werden sollen, sagt die "
            "Absage nicht."
        )
    contact = queries.contacts(invitation).get(attendee)
    name = contact.name if contact else ""
    origin = Origin(AnswerChannel.CALENDAR, name=name, email=attendee, by=by)
    answers.decline(invitation=invitation, reason=comment[:300], by=by, origin=origin)
    return Effect("Absage für die Stelle eingetragen.")


def _accept(invitation: Invitation, attendee: str, by: User | None) -> Effect:
    if invitation.answer == Answer.COMING:
        return Effect("Zusage vermerkt. Die Stelle hat schon Personen angemeldet.")
    declined_here = invitation.calendar_answer == CalendarAnswer.DECLINED
    if invitation.answer != Answer.OPEN and not declined_here:
        answer = invitation.get_answer_display()
        raise RuleBroken(f"Die Stelle hat schon anders geantwortet: {answer}.")
    deadlines.refuse_closed(invitation=invitation, moment=clock.now())
    contact = queries.contacts(invitation).get(attendee)
    if contact is not None and contact.kind in NAMED_KINDS and contact.name:
        return _register(invitation, contact, by)
    return _ask_for_names(invitation, contact, by)


def _register(invitation: Invitation, contact: Contact, by: User | None) -> Effect:
    person = Person(full_name=contact.name, email=contact.email, function=contact.function)
    origin = Origin(AnswerChannel.CALENDAR, name=contact.name, email=contact.email, by=by)
    try:
        registrations.register(invitation=invitation, people=[person], by=by, origin=origin)
    except SeatsTaken as taken:
        where = "vor Ort " if invitation.meeting.mode == MeetingMode.HYBRID else ""
        raise RuleBroken(
            f"{contact.name} sagt zu, es ist aber {where}kein Platz mehr frei. Auf die Warteliste "
            "setzt eine Zusage im Kalender niemanden. Tragen Sie die Person unter „Anmeldungen“ "
            "selbst ein und legen Sie die Antwort ab, oder sehen Sie mehr Plätze vor."
        ) from taken
    return Effect(f"{contact.name} ist angemeldet.")


def _ask_for_names(invitation: Invitation, contact: Contact | None, by: User | None) -> Effect:
    """Ask who comes, once; only a known contact gets the link of the office."""
    if invitation.names_asked_at:
        return Effect("Zusage vermerkt. Nach Namen wurde schon gefragt.")
    contact = contact or invitation_queries.answer_contact(organisation=invitation.organisation)
    if contact is None:
        raise RuleBroken("Für diese Organisation ist kein Kontakt eingetragen.")
    mail = emails.names_asked(invitation, contact)
    letters.log(invitation=invitation, kind=LetterKind.NAMES_ASKED, mail=mail, by=by)
    Invitation.objects.filter(pk=invitation.pk).update(names_asked_at=clock.now())
    return Effect(
        "Zugesagt, Namen fehlen. Die Stelle ist per E-Mail danach gefragt.", ReplyState.ASKED
    )
