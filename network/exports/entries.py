"""What all calendar files of the network share (RFC 5545): head, time zone, event, place."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from network.enums import MeetingMode
from network.models import Meeting
from network.rules.deadlines import HESSEN
from network.rules.entries import host
from programme.outbox import absolute_url

if TYPE_CHECKING:
    from icalendar import Event, Timezone, vCalAddress


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters, which end a property (M7)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def calendar_file(method: str, events: Iterable["Event"], *, name: str = "") -> bytes:
    """Return a whole calendar file; `name` is what a subscribed calendar is called."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Serviceportal//Landesnetzwerk//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", one_line(name))
        calendar.add("x-wr-calname", one_line(name))
        calendar.add("refresh-interval", timedelta(hours=6), {"value": "DURATION"})
    calendar.add_component(_time_zone())
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _time_zone() -> "Timezone":
    """Return the rule of summer time since 1996; short, and valid for every year to come."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", HESSEN.key)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone


def entry(
    meeting: Meeting, *, uid: str, status: str, stamp: datetime, lines: Iterable[str] = ()
) -> "Event":
    """Return the event of a meeting as everybody may see it; `lines` lead its description."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid}@{host()}")
    event.add("dtstamp", stamp)
    event.add("summary", one_line(meeting.title))
    event.add("status", status)
    if meeting.starts_at:
        event.add("dtstart", meeting.starts_at.astimezone(HESSEN))
    if meeting.ends_at:
        event.add("dtend", meeting.ends_at.astimezone(HESSEN))
    url = absolute_url(reverse("network:meeting", args=[meeting.slug]))
    notice = meeting.programme.funding_notice
    texts = filter(None, [*lines, meeting.topic, url, notice])
    event.add("description", "\n".join(one_line(text) for text in texts))
    event.add("url", url)
    event.add("organizer", address(meeting.programme.contact_email, meeting.programme.owner_name))
    return event


def place(meeting: Meeting) -> str:
    """Return where a meeting is in one line."""
    if meeting.mode == MeetingMode.ONLINE:
        return "online"
    town = f"{meeting.postcode} {meeting.city}".strip()
    return one_line(", ".join(filter(None, [meeting.venue, meeting.street, town])))


def address(email: str, name: str) -> "vCalAddress":
    """Return who organises or takes part, as a calendar address."""
    from icalendar import vCalAddress

    found = vCalAddress(f"mailto:{email}")
    found.params["cn"] = one_line(name)
    return found
