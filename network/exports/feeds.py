"""Meetings as an Atom feed."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.dateformat import format as written
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from network.enums import MeetingMode, MeetingStatus
from network.exports.entries import one_line
from network.models import Meeting
from network.rules.deadlines import HESSEN
from programme.outbox import absolute_url


def meetings_feed(meetings: Iterable[Meeting], *, author: str) -> bytes:
    """Return public meetings as Atom; an entry is renewed when its meeting changes.

    `author` provides the portal: Atom wants an author of each entry or of all of them.
    Control signs that come along with text from Word would break XML, so they are left out.
    """
    feed = Atom1Feed(
        title="Landesnetzwerk der hessischen Ausländerbehörden: Treffen",
        link=absolute_url(reverse("network:meetings")),
        description="",
        language="de",
        feed_url=absolute_url(reverse("network:meetings_feed")),
        author_name=one_line(author),
    )
    for meeting in meetings:
        url = absolute_url(reverse("network:meeting", args=[meeting.slug]))
        feed.add_item(
            title=one_line(f"{_state(meeting)}{meeting.title}"),
            link=url,
            description=escape(one_line(_summary(meeting))),
            unique_id=url,
            pubdate=meeting.created_at,
            updateddate=meeting.changed_at,
        )
    return feed.writeString("utf-8").encode()


def _state(meeting: Meeting) -> str:
    return "Abgesagt: " if meeting.status == MeetingStatus.CANCELLED else ""


def _summary(meeting: Meeting) -> str:
    """Return when, where and what about in one line; readers show it as HTML, so it is escaped."""
    when = meeting.date_label
    if meeting.starts_at:
        when = written(meeting.starts_at.astimezone(HESSEN), "j. F Y, H:i") + " Uhr"
    where = "online" if meeting.mode == MeetingMode.ONLINE else meeting.city
    return " · ".join(filter(None, [when, where, meeting.topic]))
