"""Comments on a site's part of the report: written by coach and team, settled by the site."""

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from sites.enums import ContributionPart
from sites.models import ContributionComment, Site
from sites.rules.lifecycle import takes_entries
from sites.services import contribution_news
from sites.services.contributions import locked

MOST_CHARACTERS = 1000


@transaction.atomic
def write(*, site: Site, part: ContributionPart, text: str, by: User) -> ContributionComment:
    """Put a comment on one part, at most 1,000 characters.

    Refuses (RuleBroken) an empty one, and a site that writes no contribution any more.
    """
    if not text.strip():
        raise RuleBroken("Bitte schreiben Sie, was Ihnen aufgefallen ist.", field="text")
    row = locked(site=site)
    if not takes_entries(row.site.status):
        raise RuleBroken(
            f"Der Standort hat den Stand „{row.site.get_status_display()}“ und schreibt deshalb "
            "keinen Beitrag mehr."
        )
    comment = row.comments.create(part=part, text=text.strip(), by=by)
    audit.record(
        by=by,
        verb="contribution.commented",
        subject=comment,
        sentence=f"Beitrag von {row.site}: Anmerkung zu „{part.label}“.",
    )
    contribution_news.commented(comment=comment, site=row.site, by=by)
    return comment


@transaction.atomic
def settle(*, comment: ContributionComment, by: User) -> ContributionComment:
    """Mark a comment as dealt with; doing it again changes nothing, refuses nothing."""
    locked(site=comment.contribution.site)
    row = ContributionComment.objects.select_for_update().get(pk=comment.pk)
    if row.settled_at is not None:
        return row
    row.settled_at, row.settled_by = clock.now(), by
    row.save(update_fields=["settled_at", "settled_by"])
    audit.record(
        by=by,
        verb="contribution.settled",
        subject=row,
        sentence=f"Beitrag von {comment.contribution.site}: Anmerkung erledigt.",
    )
    return row
