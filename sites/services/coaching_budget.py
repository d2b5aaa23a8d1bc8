"""How many coaching days were agreed with a site."""

from django.db import transaction

from programme import audit
from programme.errors import RuleBroken
from programme.models import User
from sites.models import Site


@transaction.atomic
def agree(*, site: Site, days: int | None, by: User) -> Site:
    """Set the number of coaching days of a site; None means that none was agreed.

    Refuses (RuleBroken, field days) a site that has left.
    """
    row = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if row.budgeted_days == days:
        return row
    if row.is_withdrawn:
        raise RuleBroken(
            "Der Standort ist ausgeschieden. Begleittage lassen sich nicht mehr vereinbaren.",
            field="days",
        )
    audit.record(
        by=by,
        verb="site.days_agreed",
        subject=row,
        sentence=f"Für den Standort {row.name} sind {days or 'keine'} Begleittage vereinbart.",
        changes={"budgeted_days": [row.budgeted_days, days]},
    )
    row.budgeted_days = days
    row.save(update_fields=["budgeted_days"])
    return row
