"""The private calendar of an office: its meetings, its answers, its own people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from network.enums import Answer, CalendarAnswer, MeetingStatus
from network.exports.calendar import workshop_line
from network.exports.entries import calendar_file, entry, place
from network.models import Invitation, Organisation, Registration
from network.rules.entries import invitation_sequence
from programme import tokens
from programme.outbox import absolute_url

if TYPE_CHECKING:
    from icalendar import Event


class Feed(NamedTuple):
    """An organisation and the address of its calendar."""

    organisation: Organisation
    url: str


def feed_url(organisation: Organisation) -> str:
    """Return the address of an office's calendar, or "" if it has none yet."""
    if not organisation.feed_seed:
        return ""
    token = tokens.token("calendar", organisation.feed_seed)
    return absolute_url(reverse("network:office_feed", args=[token]))


def feeds(organisations: Iterable[Organisation]) -> list[Feed]:
    """Return the calendars of these organisations; those without one are left out."""
    found = [Feed(each, feed_url(each)) for each in organisations]
    return [feed for feed in found if feed.url]


def sample_feed_url() -> str:
    """Return what looks like such an address and leads nowhere, for previews."""
    return absolute_url(reverse("network:office_feed", args=["nur-ein-muster"]))


def office_ics(organisation: Organisation, invitations: Iterable[Invitation]) -> bytes:
    """Return the calendar of an office; same data, same bytes.

    Names are those of its own people. Links that speak for the office or for a person are not in
    it, because a subscribed calendar is seen by many.
    """
    name = f"Landesnetzwerk: {organisation.short_name}"
    return calendar_file("PUBLISH", [_event(each) for each in invitations], name=name)


def _event(invitation: Invitation) -> "Event":
    meeting = invitation.meeting
    people = list(invitation.registrations.all())
    comes = any(each.has_seat for each in people)
    status = "CONFIRMED" if comes else "TENTATIVE"
    if meeting.status == MeetingStatus.CANCELLED:
        status = "CANCELLED"
    lines = [_answer(invitation), *(_person(each) for each in people)]
    uid = f"stelle-{invitation.pk}"
    event = entry(meeting, uid=uid, status=status, stamp=meeting.changed_at, lines=lines)
    event.add("location", place(meeting))
    event.add("sequence", invitation_sequence(invitation))
    event.add("transp", "OPAQUE" if status == "CONFIRMED" else "TRANSPARENT")
    return event


def _answer(invitation: Invitation) -> str:
    answer = str(invitation.get_answer_display())
    if invitation.answer == Answer.OPEN and invitation.names_asked_at:
        answer = "zugesagt, Namen fehlen"
    return f"Antwort Ihrer Stelle: {answer}"


def _person(registration: Registration) -> str:
    states = [str(registration.get_status_display())]
    if registration.has_seat:
        states.append(str(registration.get_mode_display()))
    if registration.calendar_answer == CalendarAnswer.TENTATIVE:
        states.append("mit Vorbehalt")
    workshop = workshop_line(registration)
    return f"{registration.full_name}: {', '.join(filter(None, [*states, workshop]))}"
