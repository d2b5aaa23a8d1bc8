"""Made-up parts of the report: two signed, one with comments, one returned, one begun, one late."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet

from programme import clock
from programme.models import User
from sites.enums import ContributionState
from sites.models import Contribution, Site
from sites.rules.contributions import PUBLISHED_AS, as_published
from sites.services.master_sites import SITES

DATA = Path(__file__).resolve().parent.parent / "data"
WRITER = "standort2@example.org"
SIGNER = "team@example.org"
COACH = "begleitung@example.org"


@transaction.atomic
def load(*, sites: dict[str, Site], people: dict[str, User]) -> None:
    """Write the contributions of the six sites; needs the demo people, refuses nothing."""
    if not {WRITER, COACH} <= people.keys():
        return
    authors = {"team": people.get(SIGNER, people[COACH]), "coach": people[COACH]}
    rows = json.loads((DATA / "demo_contributions.json").read_text(encoding="utf-8"))
    for told in cast("list[dict[str, Any]]", rows):
        site = sites[told["site"]]
        row = _contribution(site, told, people[WRITER], authors["team"])
        for part, author, text in told.get("comments", ()):
            row.comments.create(part=part, text=text, by=authors[author])


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


def _contribution(site: Site, told: dict[str, Any], writer: User, signer: User) -> Contribution:
    now, texts, state = clock.now(), told["texts"], told["state"]
    version = 0 if state == ContributionState.DRAFT else 1
    row = Contribution.objects.create(
        site=site,
        state=state,
        state_reason=told.get("reason", ""),
        version=version,
        due_on=clock.today() + timedelta(days=told["days"]),
        updated_at=now - timedelta(days=4),
        **texts,
    )
    if version:
        is_signed = state == ContributionState.SIGNED_OFF
        row.versions.create(
            number=version,
            texts=texts,
            handed_in_at=now - timedelta(days=4),
            handed_in_by=writer,
            signed_at=now - timedelta(days=2) if is_signed else None,
            signed_by=signer if is_signed else None,
        )
        if is_signed:
            columns = {PUBLISHED_AS[part]: as_published(texts[part]) for part in PUBLISHED_AS}
            Site.objects.filter(pk=site.pk).update(**columns)
    return row
