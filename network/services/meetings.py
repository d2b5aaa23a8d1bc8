"""Plan, change, publish and cancel meetings."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from network import emails
from network.enums import Answer, AttendanceMode, CopyNews, MeetingMode, MeetingStatus
from network.models import Invitation, Meeting, Registration
from network.queries import replies as reply_queries
from network.rules import agenda as agenda_rules
from network.rules import deadlines, names
from network.rules.agenda import AgendaLine
from network.rules.meetings import (
    CHANGEABLE,
    TIME_AND_PLACE,
    Affected,
    Plan,
    affected,
    objections,
)
from network.services import copies, waiting_list
from network.services.agenda import write_agenda
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import Programme, User
from programme.rules.publicity import refuse_unfunded


class EditClash(RuleBroken):
    """Somebody else saved the meeting after it was opened; `current` is what stands now."""

    def __init__(self, current: Meeting) -> None:
        super().__init__(
            "Jemand anderes hat dieses Treffen geändert, während Sie es bearbeitet haben. Es wurde "
            "nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie dann "
            "noch einmal."
        )
        self.current = current


@transaction.atomic
def draft(*, programme: Programme, plan: Plan, by: User) -> Meeting:
    """Enter a new meeting as a draft; only the programme team sees it.

    Refuses a plan that cannot be kept (rules.meetings.objections).
    """
    Programme.objects.select_for_update().get(pk=programme.pk)  # two equal titles at once
    _refuse(plan, None)
    meeting = Meeting.objects.create(
        programme=programme, slug=_free_slug(plan.title), **plan.columns()
    )
    write_agenda(meeting=meeting, lines=plan.agenda)
    sentence = f"Treffen „{meeting.title}“ als Entwurf angelegt."
    audit.record(by=by, verb="meeting.created", subject=meeting, sentence=sentence)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, plan: Plan, seen_at: datetime | None, by: User) -> Meeting:
    """Change a draft or announced meeting that still stands as it did at `seen_at`.

    If time, mode, place or the address of the online room of an announced meeting change, those
    whom it concerns get a letter with a new calendar entry (rules.meetings.affected), and so do
    the offices that have not declined if their entry changes; other changes are silent. A draft
    takes the address of its new title, an announced meeting keeps its links. More
    seats move up who waits; a later deadline opens the registration again if it had run out.
    Refuses a plan that cannot be kept, meetings that were held or cancelled, and (EditClash)
    what somebody else has saved meanwhile.
    """
    row = Meeting.objects.locked(meeting.pk)
    if row.status not in CHANGEABLE:
        raise RuleBroken("Durchgeführte und abgesagte Treffen lassen sich nicht mehr ändern.")
    if row.changed_at != seen_at:
        raise EditClash(row)
    _refuse(plan, row)
    had_run_out = row.reply_until is not None and row.reply_until <= clock.now()
    changes = _overwrite(row, plan)
    if row.is_on:
        if row.status == MeetingStatus.CLOSED and had_run_out and "reply_until" in changes:
            _open_again(row)
        _tell(row, changes)
        waiting_list.move_up(meeting=row)
    sentence = f"Treffen „{row.title}“ geändert."
    audit.record(by=by, verb="meeting.changed", subject=row, sentence=sentence, changes=changes)
    return row


@transaction.atomic
def publish(*, meeting: Meeting, by: User) -> Meeting:
    """Show a draft to the public; one that lies in the past counts as held.

    A meeting that is public already stays as it is. Refuses (RuleBroken, rule F31) while the
    funding notice is missing or does not name the fund.
    """
    row = Meeting.objects.locked(meeting.pk)
    if row.status == MeetingStatus.DRAFT:
        refuse_unfunded(
            f"Treffen {row.title}",
            notice=row.programme.funding_notice,
            templates=["network/meeting.html"],
        )
        is_over = deadlines.is_over(
            starts_at=row.starts_at, ends_at=row.ends_at, moment=clock.now()
        )
        row.status = MeetingStatus.HELD if is_over else MeetingStatus.PUBLISHED
        row.changed_at = clock.now()
        row.save(update_fields=["status", "changed_at"])
        sentence = f"Treffen „{row.title}“ veröffentlicht."
        audit.record(by=by, verb="meeting.published", subject=row, sentence=sentence)
    return row


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Cancel a published meeting and tell everybody who is registered, waits or was invited.

    Calendar entries are withdrawn. Refuses meetings that are over and drafts, which nobody
    knows about. Cancelling twice tells nobody twice.
    """
    row = Meeting.objects.locked(meeting.pk)
    if row.status == MeetingStatus.CANCELLED:
        return row
    is_over = deadlines.is_over(starts_at=row.starts_at, ends_at=row.ends_at, moment=clock.now())
    if not row.is_on or is_over:
        raise RuleBroken("Absagen lassen sich nur veröffentlichte Treffen, die noch bevorstehen.")
    row.status = MeetingStatus.CANCELLED
    row.cancel_reason = reason
    row.calendar_sequence += 1
    row.changed_at = clock.now()
    row.save()
    people = _people(row)
    for registration in people:
        emails.meeting_cancelled(registration)
    told = set()
    for invitation in _invitations(row):
        for contact in invitation.organisation.contacts.addressed():
            emails.invitation_cancelled(invitation, contact)
            told.add(contact.email)
    copies.send(news=[(each, CopyNews.CALLED_OFF) for each in people], told=told)
    sentence = f"Treffen „{row.title}“ abgesagt."
    audit.record(by=by, verb="meeting.cancelled", subject=row, sentence=sentence)
    return row


def _overwrite(row: Meeting, plan: Plan) -> dict[str, list[str]]:
    """Write the plan into the meeting and return what is new: name → [before, after]."""
    changes = {
        column: [str(getattr(row, column)), str(value)]
        for column, value in plan.columns().items()
        if getattr(row, column) != value
    }
    for column, value in plan.columns().items():
        setattr(row, column, value)
    if "title" in changes and row.status == MeetingStatus.DRAFT:
        row.slug = _free_slug(row.title)
    is_public = row.is_on
    row.calendar_sequence += is_public and bool(set(TIME_AND_PLACE) & set(changes))
    row.changed_at = clock.now()
    row.save()
    before = _agenda(row)
    write_agenda(meeting=row, lines=plan.agenda)
    after = agenda_rules.written(plan.agenda)
    return changes if before == after else changes | {"agenda": [before, after]}


def _agenda(row: Meeting) -> str:
    """Return the agenda as it is typed, so that the logbook keeps each of its versions."""
    items = row.agenda.select_related("field_of_action")
    return agenda_rules.written(
        [AgendaLine(item.begins, item.title, item.speaker, item.field_of_action) for item in items]
    )


def _open_again(row: Meeting) -> None:
    if row.reply_until and row.reply_until > clock.now():
        row.status = MeetingStatus.PUBLISHED
        row.save(update_fields=["status"])


def _tell(row: Meeting, changes: dict[str, list[str]]) -> None:
    """Write to those a change concerns; the entry of an office changes with time and place."""
    if row.mode != MeetingMode.HYBRID and "mode" in changes:
        mode = AttendanceMode.ONLINE if row.mode == MeetingMode.ONLINE else AttendanceMode.ON_SITE
        row.registrations.active().update(mode=mode)
    concerned = affected(changes)
    entry_changed = bool(set(TIME_AND_PLACE) & set(changes))
    people = [each for each in _people(row) if _is_concerned(each, concerned, changes)]
    for registration in people:
        if not entry_changed:
            registration.calendar_sequence += 1
            registration.save(update_fields=["calendar_sequence"])
        emails.meeting_changed(registration)
    told = _tell_offices(row) if entry_changed else set()
    copies.send(news=[(each, CopyNews.MOVED) for each in people], told=told)


def _tell_offices(row: Meeting) -> set[str]:
    """Write to the offices that have not declined and return the addresses."""
    cleared = reply_queries.cleared(meeting=row)
    told = set()
    for invitation in _invitations(row).exclude(answer=Answer.DECLINED):
        for contact in invitation.organisation.contacts.addressed():
            has_entry = (invitation.pk, contact.email.lower()) not in cleared
            emails.invitation_changed(invitation, contact, has_entry=has_entry)
            told.add(contact.email)
    return told


def _is_concerned(
    registration: Registration, concerned: Affected, changes: dict[str, list[str]]
) -> bool:
    """Say whether a change reaches this person; only a seat shows the address of the room."""
    if registration.mode == AttendanceMode.ON_SITE:
        return concerned.on_site
    only_room = not set(TIME_AND_PLACE) & set(changes)
    return concerned.online and (registration.has_seat or not only_room)


def _people(meeting: Meeting) -> list[Registration]:
    """Return everybody with an address who has a seat or waits, ready for a letter."""
    rows = meeting.registrations.active().exclude(email="")
    return list(rows.select_related("meeting__programme", "invitation__organisation"))


def _invitations(meeting: Meeting) -> QuerySet[Invitation]:
    """Return the invitations that hold, ready for a letter to the office."""
    rows = meeting.invitations.filter(withdrawn_at=None)
    return rows.select_related("organisation", "meeting__programme")


def _refuse(plan: Plan, before: Meeting | None) -> None:
    """Raise the first objection; a form has shown all of them before."""
    known_deadline = before.reply_until if before else None
    for objection in objections(plan, moment=clock.now(), known_deadline=known_deadline):
        raise RuleBroken(objection.message, field=objection.field)


def _free_slug(title: str) -> str:
    """Return a short name no other meeting has: "fachaustausch", "fachaustausch-2" …"""
    slug = names.slug_of(title, prefix="treffen")
    taken = set(Meeting.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    free = slug
    while free in taken:
        free = f"{slug}-{number}"
        number += 1
    return free
