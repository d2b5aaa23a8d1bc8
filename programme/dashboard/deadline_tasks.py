"""Roof: the next date of the funding and how far the advances went."""

from collections.abc import Iterator

from django.urls import reverse

from programme.dashboard.task import Task
from programme.exports.gauge import gauge_bar
from programme.models import Programme
from programme.queries.deadlines import ClockRows, day_of_view, funding_clock


def of(programme: Programme, rows: ClockRows) -> Iterator[Task]:
    """Return the date that comes next; it counts as open once it is due within 28 days."""
    day = day_of_view(programme)
    found = funding_clock(programme=programme, as_of=day, with_use=False, rows=rows)
    if found.next is None:
        return
    hint = found.told(found.next)
    if found.gauge is not None:
        bar = gauge_bar(found.gauge)
        hint += f"; vorausgezahlt aus {found.gauge.name}: {bar.share}, {bar.word}"
    is_urgent = found.state(found.next) in {"overdue", "soon"}
    yield Task(
        1 if is_urgent else None,
        f"Frist: {found.next.title}",
        hint,
        reverse("programme:deadlines"),
    )
