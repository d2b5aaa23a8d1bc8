"""Who hears what happened to a site's part of the report."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from programme.models import User
from programme.services import notices
from sites.enums import AssignmentKind
from sites.models import Contribution, ContributionComment, Site
from sites.queries import audience


@transaction.atomic
def handed_in(*, contribution: Contribution, by: User) -> int:
    """Tell coach and team that there is a version to read; returns how many hear of it."""
    row = contribution
    said = f"{row.site}: Fassung {row.version} des Beitrags ist abgegeben."
    return _tell(row.site, f"handed_in:{row.version}", said, by)


@transaction.atomic
def returned(*, contribution: Contribution, by: User) -> int:
    """Tell everybody at the site why the version went back; returns how many hear of it."""
    row = contribution
    said = f"{row.site}: Fassung {row.version} kam zurück. {row.state_reason}"
    return _tell(row.site, f"returned:{row.version}", said, by)


@transaction.atomic
def signed(*, contribution: Contribution, by: User) -> int:
    """Tell everybody at the site that the version is public; returns how many hear of it."""
    row = contribution
    said = f"{row.site}: Fassung {row.version} des Beitrags ist freigegeben und öffentlich."
    return _tell(row.site, f"signed:{row.version}", said, by)


@transaction.atomic
def commented(*, comment: ContributionComment, site: Site, by: User) -> int:
    """Tell everybody at the site that a part was commented; returns how many hear of it."""
    said = f"{site}: Anmerkung zum Abschnitt „{comment.get_part_display()}“ des Beitrags."
    return _tell(site, f"comment:{comment.pk}", said, by)


@transaction.atomic
def reminded(*, site: Site, due_on: date, day: date, by: User) -> int:
    """Remind the staff of the site, at most once a day; returns how many hear of it."""
    return notices.tell(
        topic="contributions",
        people=audience.side(site, kind=AssignmentKind.STAFF, without=by),
        key=f"contribution:{site.pk}:reminded:{day:%Y-%m-%d}",
        sentence=f"{site}: Bitte geben Sie den Beitrag zum Bericht bis {due_on:%d.%m.%Y} ab.",
        path=reverse("sites:write_contribution", args=[site.slug]),
        by=by,
    )


def _tell(site: Site, event: str, sentence: str, by: User) -> int:
    return notices.tell(
        topic="contributions",
        people=audience.involved(site, without=by),
        key=f"contribution:{site.pk}:{event}",
        sentence=sentence,
        path=reverse("sites:contribution", args=[site.slug]),
        by=by,
    )
