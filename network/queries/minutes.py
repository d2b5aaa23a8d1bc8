"""The minutes of a meeting along its agenda, and what was agreed in all meetings."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import F, QuerySet

from network.enums import MinutesKind
from network.models import Meeting, MinutesItem


@dataclass(frozen=True)
class MinutesSection:
    """One item of the agenda with its results and decisions; `item` is None for the rest."""

    item: int | None
    title: str
    begins: time | None
    speaker: str
    rows: tuple[MinutesItem, ...]


def sections(
    meeting: Meeting, *, filled_only: bool = False, rows: list[MinutesItem] | None = None
) -> tuple[MinutesSection, ...]:
    """Return the agenda with what was written under each item; two queries, one with `rows`.

    What belongs to no item (any more) stands at the end. `filled_only` leaves out empty items,
    `rows` are the minutes if they were read already.
    """
    by_item: dict[int | None, list[MinutesItem]] = {}
    for row in rows_of(meeting) if rows is None else rows:
        by_item.setdefault(row.agenda_item_id, []).append(row)
    found = [
        MinutesSection(
            item.pk, item.title, item.begins, item.speaker, tuple(by_item.pop(item.pk, ()))
        )
        for item in meeting.agenda.all()
    ]
    rest = tuple(row for left in by_item.values() for row in left)
    found.append(
        MinutesSection(None, "Weitere Ergebnisse" if found else "Ergebnisse", None, "", rest)
    )
    return tuple(section for section in found if section.rows or not filled_only)


def rows_of(meeting: Meeting) -> list[MinutesItem]:
    """Return everything written in the minutes, in its order."""
    return list(MinutesItem.objects.filter(meeting=meeting).order_by("position", "pk"))


def decisions(*, settled: bool = False) -> QuerySet[MinutesItem]:
    """Return what was agreed in all meetings of the programme, the most urgent first.

    Open ones by due day (those without a day last); `settled` returns the done ones instead.
    """
    rows = MinutesItem.objects.filter(
        kind=MinutesKind.DECISION, meeting__programme__is_current=True
    ).select_related("meeting")
    if settled:
        return rows.filter(done_on__isnull=False).order_by("-done_on", "-pk")
    return rows.filter(done_on__isnull=True).order_by(F("due_on").asc(nulls_last=True), "pk")


def overdue(*, day: date) -> int:
    """Return how many open decisions should have been done before this day."""
    return decisions().filter(due_on__lt=day).count()
