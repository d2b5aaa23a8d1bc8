"""Who has not answered, and when the reminders to them go."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Prefetch, QuerySet

from network.enums import Answer, LetterKind, MeetingStatus, ReplyState
from network.models import CalendarReply, Contact, Invitation, Meeting, Reminder
from network.queries.replies import ANSWERED_IN_CALENDAR, certain_parked
from network.rules import reminders


def awaiting(*, meeting: Meeting) -> QuerySet[Invitation]:
    """Return the invitations without any answer: by link, on paper or from a calendar.

    An answer from a calendar that waits for a person counts if it is certainly the office's.
    """
    return _silent(meeting).exclude(Exists(certain_parked()))


@dataclass(frozen=True)
class Parked:
    """An office without an answer, and one from a calendar that is its own or may be."""

    invitation: Invitation
    reply: CalendarReply
    is_certain: bool


def parked(*, meeting: Meeting) -> list[Parked]:
    """Return the answers from calendars that wait for a person and concern silent offices.

    Those that name the office's entry, and those that name none but come from the address of one
    of its contacts; only the certain ones stop reminders. Three queries.
    """
    rows = list(_silent(meeting).prefetch_related("organisation__contacts"))
    waiting = CalendarReply.objects.filter(state=ReplyState.PARKED, registration=None).defer("raw")
    named = list(waiting.filter(invitation__in=rows).order_by("received_at", "pk"))
    nameless = list(waiting.filter(invitation=None).order_by("received_at", "pk"))
    found = []
    for row in rows:
        found += [
            Parked(row, each, each.is_certain and each.answer in ANSWERED_IN_CALENDAR)
            for each in named
            if each.invitation_id == row.pk
        ]
        addresses = {each.email.lower() for each in row.organisation.contacts.all()}
        found += [
            Parked(row, each, is_certain=False) for each in nameless if each.attendee in addresses
        ]
    return found


def _silent(meeting: Meeting) -> QuerySet[Invitation]:
    return (
        Invitation.objects.filter(meeting=meeting, withdrawn_at=None, answer=Answer.OPEN)
        .exclude(calendar_answer__in=ANSWERED_IN_CALENDAR)
        .select_related("organisation")
        .order_by("organisation__short_name", "pk")
    )


def is_open(*, meeting: Meeting, moment: datetime) -> bool:
    """Say whether offices can still answer; a closed registration asks nobody any more."""
    return meeting.status == MeetingStatus.PUBLISHED and reminders.may_remind(
        reply_until=meeting.reply_until, starts_at=meeting.starts_at, moment=moment
    )


@dataclass(frozen=True)
class Recipients:
    """Who would get a reminder now, and who would not although no answer is there."""

    addressed: tuple[Invitation, ...]
    just_reminded: tuple[Invitation, ...]
    without_contact: tuple[Invitation, ...]


def recipients(*, meeting: Meeting, moment: datetime) -> Recipients:
    """Sort those who have not answered: whoever got a reminder within 24 hours gets none now.

    Three queries; `invitation.organisation.contacts.all()` are those written to.
    """
    since = moment - reminders.PAUSE
    letters = Invitation.objects.filter(
        meeting=meeting, letters__kind=LetterKind.REMINDER, letters__sent_at__gt=since
    )
    fresh = set(letters.values_list("pk", flat=True))
    addressed = Prefetch("organisation__contacts", Contact.objects.addressed())
    rows = list(awaiting(meeting=meeting).prefetch_related(addressed))
    reachable = [row for row in rows if row.organisation.contacts.all()]
    return Recipients(
        addressed=tuple(row for row in reachable if row.pk not in fresh),
        just_reminded=tuple(row for row in reachable if row.pk in fresh),
        without_contact=tuple(row for row in rows if not row.organisation.contacts.all()),
    )


@dataclass(frozen=True)
class Planned:
    """One reminder in the timetable of a meeting."""

    reminder: Reminder
    due_at: datetime | None

    @property
    def was_skipped(self) -> bool:
        """Say whether its time passed without letters, because another one had gone."""
        return bool(self.reminder.sent_at) and self.reminder.recipients is None


def timetable(*, meeting: Meeting) -> list[Planned]:
    """Return the reminders of a meeting with the moment each goes, the earliest first."""
    deadline = meeting.reply_until
    return [
        Planned(
            reminder=row,
            due_at=deadline and reminders.due_at(reply_until=deadline, days_before=row.days_before),
        )
        for row in meeting.reminders.all()
    ]
