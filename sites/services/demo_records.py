"""Made-up documents, contacts and profiles, so that the file of a site can be tried."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from programme.exports.sample_files import sample_pdf
from programme.models import Programme, User
from sites.enums import Side
from sites.models import Communication, DocumentVersion, Site, SiteDocument
from sites.queries import documents as queries
from sites.rules.documents import ProofPeriod, keep_until
from sites.rules.profiles import ProfileDraft

DATA = Path(__file__).resolve().parent.parent / "data" / "demo_records.json"
FILED_ON = date(2016, 2, 29)
APART = timedelta(days=75)
# This site keeps no profile and answers late, so that gaps can be seen too.
LATE = "offenbach"


@transaction.atomic
def load(*, programme: Programme, sites: Mapping[str, Site], coach: User) -> None:
    """Give the coached sites documents, contacts and profiles; texts say that they are samples."""
    told = cast("dict[str, Any]", json.loads(DATA.read_text(encoding="utf-8")))
    periods = queries.periods(programme=programme)
    for slug, site in sites.items():
        for number, row in enumerate([*told["documents"], *told["own"].get(slug, [])]):
            _document(site, row, number, periods, coach)
        for row in told["communications"]:
            _communication(site, row, coach)
        if slug != LATE:
            Site.objects.filter(pk=site.pk).update(**told["profile"])


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete documents with their files and contacts, and empty the profiles."""
    sites = Site.objects.filter(programme=programme)
    for version in DocumentVersion.objects.filter(document__site__in=sites):
        version.file.delete(save=False)
    SiteDocument.objects.filter(site__in=sites).delete()
    Communication.objects.filter(site__in=sites).delete()
    empty = dict.fromkeys(ProfileDraft.__dataclass_fields__, "")
    sites.update(profile_changed_at=None, **empty)


def _document(
    site: Site, row: list[str], number: int, periods: list[ProofPeriod], coach: User
) -> None:
    kind, title, description, audience, retention = row
    moment = timezone.make_aware(datetime.combine(FILED_ON + number * APART, time(10)))
    document = SiteDocument.objects.create(
        site=site,
        kind=kind,
        title=title,
        description=description,
        audience=audience,
        retention=retention,
        keep_until=keep_until(retention=retention, ends_on=site.programme.ends_on, periods=periods),
        updated_at=moment,
    )
    lines = [f"Standort {site.name}", description, "Erfundenes Beispiel."]
    content = sample_pdf(title=title, lines=lines)
    checksum = hashlib.sha256(content).hexdigest()
    version = DocumentVersion(
        document=document,
        number=1,
        name=f"{title.replace(':', '')}.pdf",
        content_type="application/pdf",
        size_bytes=len(content),
        sha256=checksum,
        added_at=moment,
        by=coach,
    )
    version.file.save(f"{checksum[:32]}.pdf", ContentFile(content), save=False)
    version.save()


def _communication(site: Site, row: list[Any], coach: User) -> None:
    happened_on, kind, partner, topic, text, due_on, done_on = row
    # Only the late site leaves a follow-up open.
    if due_on and not done_on and site.slug != LATE:
        done_on = due_on
    Communication.objects.create(
        site=site,
        happened_on=date.fromisoformat(happened_on),
        kind=kind,
        partner=partner,
        topic=topic,
        text=text,
        due_on=date.fromisoformat(due_on) if due_on else None,
        done_on=date.fromisoformat(done_on) if done_on else None,
        side=Side.COACH,
        by=coach,
    )
