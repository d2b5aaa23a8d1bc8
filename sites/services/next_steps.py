"""Next steps both sides agreed on: done, and not done after all."""

from django.db import transaction

from programme import audit, clock
from programme.models import User
from sites.models import NextStep
from sites.services import news


@transaction.atomic
def settle(*, step: NextStep, is_done: bool, by: User) -> NextStep:
    """Mark a step as done today, or take that back; doing it again changes nothing."""
    rows = NextStep.objects.select_for_update(of=("self",)).select_related("coaching_day__site")
    row = rows.get(pk=step.pk)
    if (row.done_on is not None) == is_done:
        return row
    row.done_on, row.done_by = (clock.today(), by) if is_done else (None, None)
    row.save(update_fields=["done_on", "done_by"])
    what = "erledigt" if is_done else "wieder offen"
    audit.record(
        by=by,
        verb="next_step.settled" if is_done else "next_step.reopened",
        subject=row,
        sentence=f"Standort {row.coaching_day.site.name}, nächster Schritt {what}: {row.text}",
    )
    if is_done:
        news.step_settled(step=row, by=by)
    return row
