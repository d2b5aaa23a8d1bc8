"""What an office says about itself: kept by its staff, mended by the programme team."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.models import User
from sites.models import Site
from sites.rules.profiles import ProfileDraft
from sites.rules.versions import NewerVersion


@transaction.atomic
def describe(*, site: Site, draft: ProfileDraft, seen_at: datetime | None, by: User) -> Site:
    """Change the profile that still stands as it did at `seen_at` (None: never changed).

    The same again changes nothing. Raises NewerVersion if somebody saved it since.
    """
    row = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    columns = asdict(draft)
    changes = {
        name: [getattr(row, name), value]
        for name, value in columns.items()
        if getattr(row, name) != value
    }
    if not changes:
        return row
    if row.profile_changed_at != seen_at:
        raise NewerVersion(row)
    for name, value in columns.items():
        setattr(row, name, value)
    row.profile_changed_at = clock.now()
    row.save(update_fields=[*columns, "profile_changed_at"])
    audit.record(
        by=by,
        verb="site.described",
        subject=row,
        sentence=f"Das Profil des Standorts {row.name} wurde geändert.",
        changes=changes,
    )
    return row
