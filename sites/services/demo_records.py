"""Made-up documents, contacts and profiles, so that the file of a site can be tried."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

from django.core.files.base import ContentFile
from django.db import transaction

from programme import clock
from programme.exports.sample_files import sample_pdf
from programme.models import Programme, User
from sites.enums import DocumentKind, Side
from sites.models import Communication, DocumentVersion, Site, SiteAgreement, SiteDocument
from sites.queries import documents as queries
from sites.rules.documents import ProofPeriod, keep_until
from sites.rules.profiles import ProfileDraft

DATA = Path(__file__).resolve().parent.parent / "data" / "demo_records.json"
# The minutes follow the first day of coaching; the rest is filed when its phase ends.
MINUTES_AFTER = timedelta(days=9)
FILED_ON = {
    DocumentKind.AS_IS_REPORT: date(2016, 5, 30),
    DocumentKind.PROCESS_MAP: date(2016, 6, 13),
    DocumentKind.OTHER: date(2016, 9, 5),
    DocumentKind.TEMPLATE: date(2016, 11, 14),
    DocumentKind.FINAL_REPORT: date(2017, 6, 19),
}
BETWEEN = timedelta(days=19)  # from one version of a document to the next
AGREED_WITH, AGREED_ON = "giessen", date(2016, 2, 24)
# This site keeps no profile and answers late, so that gaps can be seen too.
LATE = "offenbach"


class Paper(NamedTuple):
    """A made-up file and what its row says about it."""

    columns: dict[str, Any]
    stored_as: str
    content: ContentFile[bytes]


@transaction.atomic
def load(*, programme: Programme, sites: Mapping[str, Site], coach: User, team: User) -> None:
    """Give the coached sites documents, contacts, profiles and Gießen its agreement.

    All texts say that they are samples.
    """
    told = cast("dict[str, Any]", json.loads(DATA.read_text(encoding="utf-8")))
    periods = queries.periods(programme=programme)
    _agreement(sites[AGREED_WITH], team)
    for slug, site in sites.items():
        for row in [*told["documents"], *told["own"].get(slug, [])]:
            _document(site, row, periods, coach)
        for row in told["communications"]:
            _communication(site, row, coach)
        if slug != LATE:
            Site.objects.filter(pk=site.pk).update(**told["profile"])


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete documents and agreements with their files, and contacts, and empty the profiles."""
    sites = Site.objects.filter(programme=programme)
    for version in DocumentVersion.objects.filter(document__site__in=sites):
        version.file.delete(save=False)
    for agreement in SiteAgreement.objects.filter(site__in=sites):
        agreement.file.delete(save=False)
        agreement.delete()
    SiteDocument.objects.filter(site__in=sites).delete()
    Communication.objects.filter(site__in=sites).delete()
    empty = dict.fromkeys(ProfileDraft.__dataclass_fields__, "")
    sites.update(profile_changed_at=None, **empty)


def _document(site: Site, row: list[Any], periods: list[ProofPeriod], coach: User) -> None:
    kind, title, description, audience, retention, *later = row
    notes = ["", *(later[0] if later else ())]
    first = FILED_ON.get(kind) or _kickoff(site) + MINUTES_AFTER
    moments = [_at(first + place * BETWEEN) for place in range(len(notes))]
    document = SiteDocument.objects.create(
        site=site,
        kind=kind,
        title=title,
        description=description,
        audience=audience,
        retention=retention,
        keep_until=keep_until(retention=retention, ends_on=site.programme.ends_on, periods=periods),
        updated_at=moments[-1],
    )
    for place, (note, moment) in enumerate(zip(notes, moments, strict=True), start=1):
        lines = [f"Standort {site.name}", description, note, "Erfundenes Beispiel."]
        row_of_file = _pdf(title, [line for line in lines if line])
        version = DocumentVersion(
            document=document,
            number=place,
            note=note,
            name=f"{title.replace(':', '')}.pdf",
            added_at=moment,
            by=coach,
            **row_of_file.columns,
        )
        version.file.save(row_of_file.stored_as, row_of_file.content, save=False)
        version.save()


def _kickoff(site: Site) -> date:
    return site.coaching_days.order_by("held_on").values_list("held_on", flat=True)[0]


def _agreement(site: Site, team: User) -> None:
    paper = _pdf(
        "Vereinbarung zur Begleitung",
        [
            f"Standort {site.name} und Programmteam",
            "Die Behörde benennt eine Projektleitung und beteiligt den Personalrat.",
            "Die Prozessbegleitung kommt an sieben Tagen; ihre Kosten trägt das Programm.",
            "Erfundenes Beispiel.",
        ],
    )
    agreement = SiteAgreement(
        site=site,
        agreed_on=AGREED_ON,
        note="Von der Behördenleitung und dem Programmteam unterschrieben (Beispiel)",
        name="Vereinbarung zur Begleitung.pdf",
        added_at=_at(AGREED_ON),
        by=team,
        **paper.columns,
    )
    agreement.file.save(paper.stored_as, paper.content, save=False)
    agreement.save()


def _pdf(title: str, lines: list[str]) -> Paper:
    content = sample_pdf(title=title, lines=lines)
    checksum = hashlib.sha256(content).hexdigest()
    columns = {
        "content_type": "application/pdf",
        "size_bytes": len(content),
        "sha256": checksum,
    }
    return Paper(columns, f"{checksum[:32]}.pdf", ContentFile(content))


def _at(day: date) -> datetime:
    return clock.at(day, time(10))


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
