"""The dates of the funding as a calendar file (RFC 5545) and the gauge of advances in words."""

from datetime import time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import reverse

from programme import clock
from programme.models import NoticeLink, Programme
from programme.outbox import absolute_url
from programme.queries.deadlines import AdvanceGauge, FundingClock
from programme.rules.funding.dates import Deadline
from programme.rules.money import percent, written
from programme.tokens import token

if TYPE_CHECKING:
    from icalendar import Alarm, Event

PURPOSE = "funding_calendar"


def feed_code(link: NoticeLink) -> str:
    """Return what makes the address of a person's calendar secret."""
    return token(PURPOSE, link.token_seed)


def feed_url(link: NoticeLink) -> str:
    """Return the address by which a person subscribes to the dates."""
    return absolute_url(reverse("programme:deadline_feed", args=[link.pk, feed_code(link)]))


def calendar(*, programme: Programme, found: FundingClock) -> bytes:
    """Return all dates as all-day entries; same dates, same bytes."""
    from icalendar import Calendar

    file = Calendar()
    file.add("prodid", "-//Serviceportal//Foerderung//DE")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("name", "Fristen der Förderung")
    file.add("x-wr-calname", "Fristen der Förderung")
    file.add("refresh-interval", timedelta(hours=12), {"value": "DURATION"})
    for deadline in found.deadlines:
        file.add_component(_event(programme, deadline))
    content: bytes = file.to_ical()
    return content


def next_sentence(found: FundingClock) -> str:
    """Say what is due next, or that nothing is."""
    if found.next is None:
        return "Zurzeit steht kein Termin aus."
    return f"Als Nächstes: {found.next.title}, {found.told(found.next)}."


def gauge_sentence(gauge: AdvanceGauge) -> str:
    """Say how much was paid in advance and what is left until the cap."""
    share = percent(gauge.share.quantize(Decimal("0.001")))
    ending = {
        "free": f"Bis zur Obergrenze von {percent(gauge.cap)} sind noch "
        f"{written(gauge.left_eur)} abrufbar.",
        "close": f"Die Vorwarnung bei {percent(gauge.warning)} ist erreicht; bis zur Obergrenze "
        f"von {percent(gauge.cap)} sind noch {written(gauge.left_eur)} abrufbar.",
        "reached": f"Die Obergrenze von {percent(gauge.cap)} ist erreicht; der Rest kommt nach "
        "der Schlussprüfung.",
    }
    return (
        f"Aus der Quelle {gauge.name} sind {written(gauge.drawn_eur)} von "
        f"{written(gauge.granted_eur)} vorausgezahlt oder abgerufen ({share}). "
        f"{ending[gauge.state]}"
    )


def _event(programme: Programme, deadline: Deadline) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"foerderung-{deadline.key}@{urlsplit(absolute_url('/')).hostname}")
    event.add("dtstamp", clock.at(programme.starts_on, time(0)))
    event.add("dtstart", deadline.due_on)
    event.add("dtend", deadline.due_on + timedelta(days=1))
    done = "" if deadline.is_open else "erledigt: "
    event.add("summary", f"{done}{deadline.title}")
    url = absolute_url(reverse("programme:deadlines"))
    event.add("description", f"Regel {deadline.rule}. {url}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("categories", ["Förderung"])
    if deadline.is_open:
        event.add_component(_alarm(deadline))
    return event


def _alarm(deadline: Deadline) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", deadline.title)
    alarm.add("trigger", timedelta(days=-7))
    return alarm
