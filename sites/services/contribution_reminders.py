"""Reminders of the team to sites whose part of the report is late or soon due."""

from django.db import transaction

from programme import audit, clock
from programme.models import Programme, User
from sites.queries import contributions
from sites.services import contribution_news


@transaction.atomic
def remind(*, programme: Programme, by: User) -> list[str]:
    """Remind each site that is late or has fourteen days left, and return their names.

    Refuses nothing; a site that has handed in is left alone.
    """
    today = clock.today()
    rows = contributions.desk(programme=programme, today=today)
    due = [row for row in rows if row.is_due_soon]
    for row in due:
        if row.row.due_on is not None:
            contribution_news.reminded(site=row.site, due_on=row.row.due_on, day=today, by=by)
        audit.record(
            by=by,
            verb="contribution.reminded",
            subject=row.row,
            sentence=f"Beitrag von {row.site}: erinnert, abzugeben bis {row.row.due_on:%d.%m.%Y}.",
        )
    return [row.site.name for row in due]
