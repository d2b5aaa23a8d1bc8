"""Made-up parts of the report: two signed, one with comments, one returned, one begun, one late."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

from django.db import transaction
from django.db.models import QuerySet

from programme import clock
from programme.models import User
from sites.enums import ContributionState
from sites.models import Contribution, Site
from sites.rules.contributions import PUBLISHED_AS, as_published
from sites.services.demo_people import COACH, STAFF, TEAM
from sites.services.master_sites import SITES

DATA = Path(__file__).resolve().parent.parent / "data"
SETTLED_AFTER = timedelta(days=2)


class Readers(NamedTuple):
    """Who writes at the site, and who reads and comments what it wrote."""

    site: User
    coach: User
    team: User


@transaction.atomic
def load(*, sites: dict[str, Site], people: dict[str, User]) -> None:
    """Write the contributions of the six sites, each by somebody of that site; refuses nothing."""
    rows = json.loads((DATA / "demo_contributions.json").read_text(encoding="utf-8"))
    for told in cast("list[dict[str, Any]]", rows):
        readers = Readers(people[STAFF[told["site"]]], people[COACH], people[TEAM])
        row = _contribution(sites[told["site"]], told)
        for number, version in enumerate(_handed_in(told), start=1):
            _version(row, number, version, readers)
        if row.state == ContributionState.SIGNED_OFF:
            _publish(row)
        for comment in told.get("comments", ()):
            _comment(row, comment, readers)


@transaction.atomic
def remove(*, sites: QuerySet[Site]) -> None:
    """Delete the contributions; the texts of the public pages become the documented ones again."""
    Contribution.objects.filter(site__in=sites).delete()
    documented = {row.slug: row for row in SITES}
    for site in sites.filter(slug__in=documented):
        texts = dict.fromkeys(PUBLISHED_AS.values(), "")
        known = documented[site.slug]
        texts |= {"summary": known.summary, "result": known.result}
        Site.objects.filter(pk=site.pk).update(**texts)


def _contribution(site: Site, told: dict[str, Any]) -> Contribution:
    return Contribution.objects.create(
        site=site,
        state=told["state"],
        state_reason=told.get("reason", ""),
        version=len(_handed_in(told)),
        due_on=clock.today() + timedelta(days=told["days"]),
        updated_at=_ago(told["changed"]),
        **told["texts"],
    )


def _handed_in(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the versions in their order; an earlier one says what stood in it instead."""
    return [
        {"ago": row["ago"], "texts": told["texts"] | row.get("instead", {}), "state": ""}
        for row in told.get("earlier", ())
    ] + [
        {"ago": told["changed"], "texts": told["texts"], "state": told["state"]}
        for _ in range(told["state"] != ContributionState.DRAFT)
    ]


def _version(row: Contribution, number: int, told: dict[str, Any], readers: Readers) -> None:
    is_signed = told["state"] == ContributionState.SIGNED_OFF
    row.versions.create(
        number=number,
        texts=told["texts"],
        handed_in_at=_ago(told["ago"]),
        handed_in_by=readers.site,
        signed_at=_ago(told["ago"] - 2) if is_signed else None,
        signed_by=readers.team if is_signed else None,
    )


def _publish(row: Contribution) -> None:
    columns = {PUBLISHED_AS[part]: as_published(getattr(row, part)) for part in PUBLISHED_AS}
    Site.objects.filter(pk=row.site_id).update(**columns)


def _comment(row: Contribution, told: dict[str, Any], readers: Readers) -> None:
    written_at = _ago(told["ago"])
    row.comments.create(
        part=told["part"],
        text=told["text"],
        by=getattr(readers, told["by"]),
        created_at=written_at,
        settled_at=written_at + SETTLED_AFTER if told["settled"] else None,
        settled_by=readers.site if told["settled"] else None,
    )


def _ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)
