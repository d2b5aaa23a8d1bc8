"""Take in what calendar programs answer, each answer once, and let a person settle the rest (B2).

Only an answer that names an entry of this portal, comes from the person or office it was sent to
and is newer than what counts already has an effect. Everything else waits for a person.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.dateformat import format as written

from network.enums import CalendarAnswer, ReplySource, ReplyState
from network.models import CalendarReply, Invitation, Meeting, Registration
from network.queries import replies as queries
from network.queries.replies import Target
from network.rules.deadlines import HESSEN
from network.rules.replies import Reply
from network.services import cleared_entries, reply_effects
from network.services.reply_effects import Effect
from programme import audit, clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import User
from programme.queries.people import holding
from programme.services import notices

CLOCKS_MAY_DIFFER = timedelta(days=1)


class Taken(NamedTuple):
    """An answer as it is kept, and whether it was new."""

    row: CalendarReply
    is_new: bool


@transaction.atomic
def take_in(
    *, replies: Sequence[Reply], source: ReplySource, by: User | None = None
) -> list[Taken]:
    """Keep each answer and do what it says; one that came before changes nothing.

    What is forged, unknown, unclear or against a rule is parked with the reason, what is older
    than the present state is kept as outdated. Refuses nothing.
    """
    in_order = sorted(replies, key=lambda each: (each.uid, each.fingerprint))  # no two wait in turn
    return [_take(reply, source, by) for reply in in_order]


@transaction.atomic
def settle(
    *,
    reply: CalendarReply,
    registration: Registration | None = None,
    invitation: Invitation | None = None,
    by: User,
) -> CalendarReply:
    """Settle a parked answer: apply it to this person or office, or to nobody.

    Refuses what was settled before, and what the rules do not allow for the chosen one.
    """
    row = CalendarReply.objects.select_for_update().get(pk=reply.pk)
    if row.state != ReplyState.PARKED:
        raise RuleBroken("Diese Antwort ist schon geklärt.")
    note = "Ohne Wirkung abgelegt."
    if registration or invitation:
        found = _locked(Target(registration=registration, invitation=invitation))
        note = _effect(row, found, by).note
        row.registration, row.invitation = found.registration, found.invitation
    row.state, row.note = ReplyState.SETTLED, note
    row.settled_at, row.settled_by = clock.now(), by
    row.save()
    _tidy(row)
    whose = "einer Person" if row.registration_id else "einer Stelle"
    done = f"{whose} zugeordnet" if registration or invitation else "ohne Wirkung abgelegt"
    sentence = f"Antwort aus einem Kalender {done}."  # no name: the logbook is kept longer
    audit.record(by=by, verb="calendar_reply.settled", subject=row, sentence=sentence)
    return row


def _take(reply: Reply, source: ReplySource, by: User | None) -> Taken:
    try:
        with transaction.atomic():
            row = _keep(reply, source)
    except IntegrityError:
        return Taken(CalendarReply.objects.get(fingerprint=reply.fingerprint), is_new=False)
    found = queries.target(uid=reply.uid)
    if found.objection or reply.objection:
        effect = Effect(reply.objection or found.objection, ReplyState.PARKED)
    else:
        found = _locked(found)
        effect = _judged(row, reply, found, by)
    row.registration, row.invitation = found.registration, found.invitation
    row.state, row.note = effect.state, effect.note[:300]
    row.save()
    _tidy(row)
    if row.state == ReplyState.PARKED:
        _tell(row, by)
    return Taken(row, is_new=True)


def _tell(row: CalendarReply, by: User | None) -> None:
    """Tell the programme team that an answer waits for somebody who understands it."""
    notices.tell(
        topic="network",
        people=holding(Role.OFFICE),
        key=f"calendar_reply:{row.pk}",
        sentence=f"Eine Kalenderantwort von {row.attendee} ist nicht eindeutig: {row.note}",
        path=reverse("network:reply", args=[row.pk]),
        by=by,
    )


def _keep(reply: Reply, source: ReplySource) -> CalendarReply:
    return CalendarReply.objects.create(
        fingerprint=reply.fingerprint,
        source=source,
        uid=reply.uid,
        attendee=reply.attendee,
        answer=reply.answer,
        sequence=reply.sequence,
        stamped_at=reply.stamped_at,
        comment=reply.comment,
        raw=reply.raw,
        state=ReplyState.PARKED,
    )


def _locked(found: Target) -> Target:
    """Return the entry as it stands behind the lock of its meeting."""
    meeting = Meeting.objects.locked(found.office.meeting_id)
    if found.registration:
        rows = Registration.objects.select_related("invitation__organisation")
        registration = rows.get(pk=found.registration.pk)
        registration.meeting = registration.invitation.meeting = meeting
        return Target(registration=registration)
    invitation = Invitation.objects.select_related("organisation").get(pk=found.office.pk)
    invitation.meeting = meeting
    return Target(invitation=invitation)


def _judged(row: CalendarReply, reply: Reply, found: Target, by: User | None) -> Effect:
    """Apply an answer that can be trusted; say why if it cannot."""
    objection = _objection(reply, found)
    if objection:
        return Effect(objection, ReplyState.PARKED)
    stamped_at = reply.stamped_at or clock.now()
    if queries.is_outdated(
        found=found, attendee=reply.attendee, sequence=reply.sequence, stamped_at=stamped_at
    ):
        return Effect(
            "Der Termin hat sich seitdem geändert, oder eine spätere Antwort liegt schon vor.",
            ReplyState.OUTDATED,
        )
    row.is_certain = True
    if reply.answer == CalendarAnswer.COUNTER:
        _note_counter(found)
        return Effect(_proposal(reply), ReplyState.PARKED)
    try:
        return _effect(row, found, by)
    except RuleBroken as broken:
        return Effect(broken.message, ReplyState.PARKED)


def _objection(reply: Reply, found: Target) -> str:
    """Return why the answer is not believed, or ""."""
    contacts = set(queries.contacts(found.office))
    asked = {found.registration.email.lower()} if found.registration else contacts
    if reply.attendee not in asked:
        return f"Die Antwort kommt von {reply.attendee}; dorthin ging diese Einladung nicht."
    if not _may_speak(reply, contacts):
        return f"Die E-Mail kam von {reply.sender}, geantwortet wird für {reply.attendee}."
    if reply.sequence > found.sequence:
        return "Die Antwort gilt einer Fassung des Termins, die es nicht gibt."
    if reply.stamped_at and reply.stamped_at > clock.now() + CLOCKS_MAY_DIFFER:
        return "Die Antwort trägt ein Datum in der Zukunft."
    return ""


def _may_speak(reply: Reply, contacts: set[str]) -> bool:
    """Say whether the sender of the mail may answer for the attendee.

    The attendee, a contact of the office, or somebody at the same mail domain whom the calendar
    names as acting for the attendee (SENT-BY). Without a mail there is nothing to compare.
    """
    if not reply.sender or reply.sender in {reply.attendee, *contacts}:
        return True
    same_house = reply.sender.rpartition("@")[2] == reply.attendee.rpartition("@")[2]
    return same_house and reply.sent_by == reply.sender


def _effect(row: CalendarReply, found: Target, by: User | None) -> Effect:
    if row.answer not in CalendarAnswer.values or row.answer == CalendarAnswer.COUNTER:
        raise RuleBroken("Diese Antwort sagt weder zu noch ab. Legen Sie sie ohne Wirkung ab.")
    with transaction.atomic():
        if found.registration:
            return reply_effects.answer_registration(
                registration=found.registration, answer=row.answer, by=by
            )
        return reply_effects.answer_invitation(
            invitation=found.office,
            answer=row.answer,
            attendee=row.attendee,
            comment=row.comment,
            by=by,
        )


def _tidy(row: CalendarReply) -> None:
    if row.invitation and row.answer == CalendarAnswer.ACCEPTED:
        cleared_entries.clear(invitation=row.invitation)


def _note_counter(found: Target) -> None:
    rows = Registration.objects.filter(pk=found.registration.pk) if found.registration else None
    if rows is None:
        Invitation.objects.filter(pk=found.office.pk).update(calendar_answer=CalendarAnswer.COUNTER)
    else:
        rows.update(calendar_answer=CalendarAnswer.COUNTER)


def _proposal(reply: Reply) -> str:
    """Return the time and place somebody proposes, as people say it."""
    when = "eine andere Zeit"
    if reply.starts_at:
        when = written(reply.starts_at.astimezone(HESSEN), "l, j. F Y, H:i")
        if reply.ends_at:
            when += f" bis {written(reply.ends_at.astimezone(HESSEN), 'H:i')}"
        when += " Uhr"
    place = f", {reply.location}" if reply.location else ""
    return f"Schlägt vor: {when}{place}."
