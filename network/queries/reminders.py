"""Who has not answered, and when the reminders to them go."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from network.enums import Answer, CalendarAnswer, LetterKind, MeetingStatus
from network.models import Contact, Invitation, Meeting, Reminder
from network.rules import reminders

# An accept or a decline is an answer; "tentative" and another date proposed are none.
ANSWERED_IN_CALENDAR = (CalendarAnswer.ACCEPTED, CalendarAnswer.DECLINED)


def awaiting(*, meeting: Meeting) -> QuerySet[Invitation]:
    """Return the invitations without any answer: by link, on paper or from a calendar."""
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
