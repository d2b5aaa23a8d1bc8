"""Plan, change, publish and cancel meetings."""

from datetime import datetime

from django.db import transaction

from network import emails
from network.enums import MeetingStatus
from network.models import AgendaItem, Meeting, Registration
from network.rules import deadlines, names
from network.rules.agenda import AgendaLine
from network.rules.meetings import CHANGEABLE, TIME_AND_PLACE, Plan, objections
from network.services import waiting_list
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import Programme, User


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
    _write_agenda(meeting, plan.agenda)
    sentence = f"Treffen „{meeting.title}“ als Entwurf angelegt."
    audit.record(by=by, verb="meeting.created", subject=meeting, sentence=sentence)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, plan: Plan, seen_at: datetime | None, by: User) -> Meeting:
    """Change a draft or published meeting that still stands as it did at `seen_at`.

    If time or place of a published meeting change, everybody who is registered or waits gets a
    letter with a new calendar entry; other changes are silent. More seats move up who waits.
    Refuses a plan that cannot be kept, meetings that were held or cancelled, and (EditClash)
    what somebody else has saved meanwhile.
    """
    row = Meeting.objects.locked(meeting.pk)
    if row.status not in CHANGEABLE:
        raise RuleBroken("Durchgeführte und abgesagte Treffen lassen sich nicht mehr ändern.")
    if row.changed_at != seen_at:
        raise EditClash(row)
    _refuse(plan, row)
    changes = _overwrite(row, plan)
    if row.is_on:
        if set(TIME_AND_PLACE) & set(changes):
            for registration in _people(row):
                emails.meeting_changed(registration)
        waiting_list.move_up(meeting=row)
    sentence = f"Treffen „{row.title}“ geändert."
    audit.record(by=by, verb="meeting.changed", subject=row, sentence=sentence, changes=changes)
    return row


@transaction.atomic
def publish(*, meeting: Meeting, by: User) -> Meeting:
    """Show a draft to the public; one that lies in the past counts as held.

    A meeting that is public already stays as it is.
    """
    row = Meeting.objects.locked(meeting.pk)
    if row.status == MeetingStatus.DRAFT:
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
    for registration in _people(row):
        emails.meeting_cancelled(registration)
    for invitation in row.invitations.filter(withdrawn_at=None).select_related(
        "organisation", "meeting__programme"
    ):
        for contact in invitation.organisation.contacts.addressed():
            emails.invitation_cancelled(invitation, contact)
    sentence = f"Treffen „{row.title}“ abgesagt."
    audit.record(by=by, verb="meeting.cancelled", subject=row, sentence=sentence)
    return row


def _overwrite(row: Meeting, plan: Plan) -> dict[str, list[str]]:
    """Write the plan into the meeting and return what is new: column → [before, after]."""
    changes = {
        column: [str(getattr(row, column)), str(value)]
        for column, value in plan.columns().items()
        if getattr(row, column) != value
    }
    for column, value in plan.columns().items():
        setattr(row, column, value)
    is_public = row.is_on
    row.calendar_sequence += is_public and bool(set(TIME_AND_PLACE) & set(changes))
    row.changed_at = clock.now()
    row.save()
    _write_agenda(row, plan.agenda)
    return changes


def _people(meeting: Meeting) -> list[Registration]:
    """Return everybody who has a seat or waits, ready for a letter."""
    return list(
        meeting.registrations.active().select_related(
            "meeting__programme", "invitation__organisation"
        )
    )


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


def _write_agenda(meeting: Meeting, lines: tuple[AgendaLine, ...]) -> None:
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=position,
            begins=line.begins,
            title=line.title,
            speaker=line.speaker,
        )
        for position, line in enumerate(lines, 1)
    )
