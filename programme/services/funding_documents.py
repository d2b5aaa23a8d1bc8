"""Papers of the funding that are no vouchers: kept after a check of their content."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files import File
from django.db import transaction

from programme import clock, storing
from programme.models import FundingDocument, Programme, User
from programme.rules.uploads import CheckedFile

LONGEST_TITLE = 160


@dataclass(frozen=True)
class NewPaper:
    """A file that passed the check of its content and is to be kept."""

    checked: CheckedFile
    content: File[bytes]


@transaction.atomic
def keep(
    *, programme: Programme, title: str, paper: NewPaper, by: User, at: datetime | None = None
) -> FundingDocument:
    """Keep a paper under a title; `at` is the moment of filing, now by default.

    Writes no entry of its own in the logbook: the record the paper belongs to names it.
    """
    document = FundingDocument(
        programme=programme,
        title=title[:LONGEST_TITLE],
        name=paper.checked.name,
        content_type=paper.checked.content_type,
        size_bytes=paper.checked.size_bytes,
        sha256=paper.checked.sha256,
        by=by,
        added_at=at or clock.now(),
    )
    stored_as = f"{paper.checked.sha256[:32]}.{paper.checked.extension}"
    storing.keep(document.file, name=stored_as, content=paper.content)
    document.save()
    return document
