"""Write the agenda of a meeting, keeping the items that minutes hang on."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from network.models import AgendaItem, Meeting
from network.rules.agenda import AgendaLine, matched

ASIDE = 10_000  # beyond every position, so that changing the order never meets itself


@transaction.atomic
def write_agenda(*, meeting: Meeting, lines: Sequence[AgendaLine]) -> list[AgendaItem]:
    """Make the agenda say these lines, in this order; the caller holds the lock of the meeting.

    An item that only gets another time, title or place in the order stays the same row
    (rules.agenda.matched); one that has no line any more is taken out, its minutes stay.
    """
    kept = matched(list(meeting.agenda.all()), lines)
    meeting.agenda.exclude(pk__in=[item.pk for item in kept if item]).delete()
    meeting.agenda.update(position=F("position") + ASIDE)
    items = [
        _filled(item or AgendaItem(meeting=meeting), line, position)
        for position, (item, line) in enumerate(zip(kept, lines, strict=True), 1)
    ]
    fields = ["position", "begins", "title", "speaker", "field_of_action"]
    AgendaItem.objects.bulk_update([item for item in items if item.pk], fields)
    AgendaItem.objects.bulk_create([item for item in items if not item.pk])
    return items


def _filled(item: AgendaItem, line: AgendaLine, position: int) -> AgendaItem:
    item.position = position
    item.begins, item.title, item.speaker = line.begins, line.title, line.speaker
    item.field_of_action = line.field_of_action
    return item
