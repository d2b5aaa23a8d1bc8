"""Meetings as an Atom feed."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from network.models import Meeting
from programme.outbox import absolute_url


def meetings_feed(meetings: Iterable[Meeting]) -> bytes:
    """Return public meetings as Atom; an entry is renewed when its meeting changes."""
    feed = Atom1Feed(
        title="Landesnetzwerk der hessischen Ausländerbehörden: Treffen",
        link=absolute_url(reverse("network:meetings")),
        description="",
        language="de",
        feed_url=absolute_url(reverse("network:meetings_feed")),
    )
    for meeting in meetings:
        url = absolute_url(reverse("network:meeting", args=[meeting.slug]))
        feed.add_item(
            title=meeting.title,
            link=url,
            description=meeting.topic,
            unique_id=url,
            pubdate=meeting.created_at,
            updateddate=meeting.changed_at,
        )
    return feed.writeString("utf-8").encode()
