"""A snapshot as PDF: for screens and the archive, and for a printing house."""

from dataclasses import replace
from typing import Any

from django.utils.safestring import mark_safe

from programme import documents
from programme.documents import Document
from publications.exports.data_files import all_json, table_csv, titled
from publications.exports.links import with_whole_addresses
from publications.exports.page_notes import at_the_foot
from publications.exports.reading import Reading, reading
from publications.exports.rendering import Body, rendered
from publications.models import Edition

TEMPLATE = "pdf/report.html"


def pdf_of(edition: Edition) -> Document:
    """Set the edition from its snapshot alone; the same snapshot gives the same bytes.

    The data behind figures and tables travel inside the file.
    """
    read = reading(edition.snapshot)
    return documents.render_pdf(
        template=TEMPLATE,
        context=_context(read, for_printers=False),
        dated=read.frozen_at,
        identifier=edition.snapshot_sha256,
        attached=_data_of(read),
    )


def print_pdf_of(edition: Edition) -> Document:
    """Set the edition for a printing house: 3 mm bleed and crop marks around the same pages."""
    read = reading(edition.snapshot)
    return documents.render_for_printers(
        template=TEMPLATE,
        context=_context(read, for_printers=True),
        dated=read.frozen_at,
        identifier=edition.snapshot_sha256,
    )


def _context(read: Reading, *, for_printers: bool) -> dict[str, Any]:
    return {"report": read, "body": _on_paper(read), "for_printers": for_printers}


def _on_paper(read: Reading) -> Body:
    body = rendered(read)
    chapters = []
    for chapter in body.chapters:
        html = with_whole_addresses(at_the_foot(chapter.html))
        chapters.append(replace(chapter, html=mark_safe(html)))  # noqa: S308  our templates
    return replace(body, chapters=tuple(chapters))


def _data_of(read: Reading) -> list[tuple[str, str, bytes]]:
    tables = [(f"{table.key}.csv", titled(table), table_csv(table)) for table in read.tables]
    return [*tables, ("daten.json", "Alle Tabellen als Data Package", all_json(read))]
