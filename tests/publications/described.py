"""A description of an edition, as tests of catalogues and citations begin with."""

from dataclasses import replace
from datetime import UTC, date, datetime

from publications.enums import DownloadFormat
from publications.exports.description import Description, Part
from publications.queries.editions import Offer

NASTY = 'Größe {und} "Maß" </script> 100 % \\ & #1_2'

REPORT = Description(
    slug="abschlussbericht",
    number=2,
    title="Abschlussbericht",
    subtitle="Größe und Maß",
    summary="Was sechs Behörden verändert haben.",
    publisher="Ministerium für Soziales und Integration",
    place="Wiesbaden",
    dated=date(2017, 6, 30),
    published_at=datetime(2017, 7, 3, 8, 0, tzinfo=UTC),
    changed_at=datetime(2017, 7, 4, 8, 0, tzinfo=UTC),
    starts_on=date(2015, 10, 1),
    ends_on=date(2017, 6, 30),
    keywords=("Ausländerbehörde", "Integration"),
    licence="dl-by-de/2.0",
    isbn="978-3-16-148410-0",
    doi="10.5555/abschluss.2",
    urn="urn:nbn:de:hebis:43-1234",
    pdf_pages=21,
    pdf_bytes=1033,
    pdf_sha256="ab" * 32,
    is_sample=False,
    files=(
        Offer(DownloadFormat.PDF, 1033, 21, "barrierefrei", "ab" * 32),
        Offer(DownloadFormat.EPUB, 500, 0, "barrierefrei", "cd" * 32),
        Offer(DownloadFormat.XLSX, 400, 0, "alle Tabellen", "ef" * 32),
        Offer(DownloadFormat.CSV, 300, 0, "alle Tabellen", "01" * 32),
        Offer(DownloadFormat.JSON, 200, 0, "alle Tabellen", "23" * 32),
        Offer(DownloadFormat.PRINT, 2000, 24, "für die Druckerei", "45" * 32),
    ),
    parts=(Part(1, "zusammenfassung", "Zusammenfassung"), Part(2, "standorte", "Die Standorte")),
)
NASTY_REPORT = replace(REPORT, title=NASTY, parts=(Part(1, "maß", NASTY),))
