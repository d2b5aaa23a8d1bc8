"""Documents of a site: kept after a check of their content, with versions, audience, retention."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files import File
from django.db import transaction

from programme import audit, clock, storing
from programme.errors import RuleBroken
from programme.models import User
from programme.permissions import is_office
from programme.rules.uploads import CheckedFile
from sites.enums import DocumentAudience
from sites.models import DocumentVersion, Site, SiteDocument
from sites.queries import documents as queries
from sites.rules.documents import DocumentDraft, keep_until
from sites.rules.lifecycle import takes_documents
from sites.rules.versions import NewerVersion
from sites.services import news

LONGEST_STEM = 120
SAME_FILE = "Diese Datei liegt bei der Unterlage schon vor."


@dataclass(frozen=True)
class NewVersion:
    """A file that passed the check of its content, and what changed with it."""

    checked: CheckedFile
    content: File[bytes]
    note: str = ""


@transaction.atomic
def add(*, site: Site, draft: DocumentDraft, version: NewVersion, by: User) -> SiteDocument:
    """Keep a document with its first version; its last day is counted from the programme's end.

    Refuses (RuleBroken) a withdrawn site unless the programme team files, an empty title and a
    title the site already uses for this kind.
    """
    row = Site.objects.select_for_update(of=("self",)).select_related("programme").get(pk=site.pk)
    _takes_documents(row, by)
    _check(row, draft)
    document = SiteDocument.objects.create(
        site=row, keep_until=_keep_until(row, draft), **asdict(draft)
    )
    kept = _keep(document, version, number=1, by=by)
    news.document_filed(version=kept, by=by)
    _note(document, "added", f"Am Standort {row.name} wurde „{document.title}“ abgelegt.", by)
    return document


@transaction.atomic
def describe(
    *, document: SiteDocument, draft: DocumentDraft, seen_at: datetime | None, by: User
) -> SiteDocument:
    """Change what is said about a document that still stands as it did at `seen_at`.

    The same again changes nothing, and a site that has left may still be mended. Raises
    NewerVersion if somebody saved it since, RuleBroken for an empty title and one in use.
    """
    # The site first, as in `add`: no two documents take the same title at once.
    Site.objects.select_for_update(of=("self",)).get(pk=document.site_id)
    row = _locked(document)
    changes = {
        name: [str(getattr(row, name)), str(value)]
        for name, value in asdict(draft).items()
        if getattr(row, name) != value
    }
    if not changes:
        return row
    if row.updated_at != seen_at:
        raise NewerVersion(row)
    _check(row.site, draft, without=row)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    row.keep_until = _keep_until(row.site, draft)
    row.updated_at = clock.now()
    row.save()
    sentence = f"Am Standort {row.site.name} wurden die Angaben zu „{row.title}“ geändert."
    _note(row, "described", sentence, by, changes)
    return row


@transaction.atomic
def add_version(*, document: SiteDocument, version: NewVersion, by: User) -> DocumentVersion:
    """Put a new version before the others, which stay.

    Refuses (RuleBroken) a withdrawn site unless the programme team files, and a file the document
    already has.
    """
    # The site first, as everywhere: it is not withdrawn meanwhile.
    site = Site.objects.select_for_update(of=("self",)).get(pk=document.site_id)
    _takes_documents(site, by)
    row = _locked(document)
    if row.versions.filter(sha256=version.checked.sha256).exists():
        raise RuleBroken(SAME_FILE, field="uploads")
    last = row.versions.order_by("-number").first()
    kept = _keep(row, version, number=last.number + 1 if last else 1, by=by)
    row.updated_at = clock.now()
    row.save(update_fields=["updated_at"])
    said = f": {version.note}" if version.note else "."
    sentence = f"Am Standort {row.site.name} hat „{row.title}“ die Fassung {kept.number}{said}"
    _note(row, "replaced", sentence, by)
    news.document_filed(version=kept, by=by)
    return kept


def _locked(document: SiteDocument) -> SiteDocument:
    rows = SiteDocument.objects.select_for_update(of=("self",)).select_related("site__programme")
    return rows.get(pk=document.pk)


def _takes_documents(site: Site, by: User) -> None:
    if not takes_documents(site.status, from_team=is_office(by)):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Neue Unterlagen können dort "
            "nicht abgelegt werden."
        )


def _check(site: Site, draft: DocumentDraft, without: SiteDocument | None = None) -> None:
    if not draft.title.strip():
        raise RuleBroken("Bitte geben Sie einen Titel an.", field="title")
    same = site.documents.filter(kind=draft.kind, title=draft.title)
    if without is not None:
        same = same.exclude(pk=without.pk)
    # A title somebody may not see must not be betrayed by the refusal.
    if same.exclude(audience=DocumentAudience.TEAM).exists():
        raise RuleBroken(
            "Unter diesem Titel liegt schon eine Unterlage dieser Art. Bitte legen Sie dort eine "
            "neue Fassung ab oder wählen Sie einen anderen Titel.",
            field="title",
        )


def _keep_until(site: Site, draft: DocumentDraft) -> Any:
    return keep_until(
        retention=draft.retention,
        ends_on=site.programme.ends_on,
        periods=queries.periods(programme=site.programme),
    )


def _keep(document: SiteDocument, new: NewVersion, *, number: int, by: User) -> DocumentVersion:
    """Keep the content under a name nobody can guess or choose."""
    checked = new.checked
    row = DocumentVersion(
        document=document,
        number=number,
        note=new.note,
        name=f"{PurePosixPath(checked.name).stem[:LONGEST_STEM]}.{checked.extension}",
        content_type=checked.content_type,
        size_bytes=checked.size_bytes,
        sha256=checked.sha256,
        by=by,
    )
    stored_as = f"{checked.sha256[:32]}.{checked.extension}"
    storing.keep(row.file, name=stored_as, content=new.content)
    row.save()
    return row


def _note(
    row: SiteDocument,
    verb: str,
    sentence: str,
    by: User,
    changes: dict[str, list[str]] | None = None,
) -> None:
    audit.record(
        by=by, verb=f"document.{verb}", subject=row, sentence=sentence, changes=changes or {}
    )
