"""A snapshot as PDF."""

from programme import documents
from programme.documents import Document
from publications.exports.reading import reading
from publications.models import Edition

TEMPLATE = "pdf/report.html"


def pdf_of(edition: Edition) -> Document:
    """Set the edition from its snapshot alone; the same snapshot gives the same bytes."""
    read = reading(edition.snapshot)
    return documents.render_pdf(
        template=TEMPLATE,
        context={"report": read},
        dated=read.frozen_at,
        identifier=edition.snapshot_sha256,
    )
