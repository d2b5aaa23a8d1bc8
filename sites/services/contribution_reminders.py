"""Reminders of the team to sites whose part of the report is late or soon due."""

from django.db import transaction

from programme import audit, clock
from programme.models import Programme, User
from sites.queries import contributions
from sites.services import contribution_news


@transaction.atomic
def remind(*, programme: Programme, by: User) -> list[str]:
    """Remind each site that is late or has fourteen days left, and return their names.

    Refuses nothing; a site that has handed in is left alone. Noted is only a reminder somebody
    hears: not the second one of a day, and none at a site without staff.
    """
    today = clock.today()
    rows = contributions.desk(programme=programme, today=today)
    due = [row for row in rows if row.is_due_soon]
    for row in due:
        due_on = row.row.due_on
        if due_on and contribution_news.reminded(site=row.site, due_on=due_on, day=today, by=by):
            audit.record(
                by=by,
                verb="contribution.reminded",
                subject=row.row,
                sentence=f"Beitrag von {row.site}: erinnert, abzugeben bis {due_on:%d.%m.%Y}.",
            )
    return [row.site.name for row in due]
