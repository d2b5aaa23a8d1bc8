"""The publications as an archive keeps them (B16): editions, figures, manuscripts, counts.

Every edition with its PDF/A, its further formats, the frozen data it was made from and its known
mistakes; the released summaries; counts as tables without anybody's name; an index to read in any
browser, and checksums of everything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from programme import clock, storing
from programme.enums import LogTopic
from programme.exports.binders import Binder, copied
from programme.exports.logbook import table as log_table
from programme.exports.sheets import csv_file
from programme.models import Programme
from programme.queries import logbook
from publications.exports import summaries
from publications.models import Block, DownloadCount, Edition, Erratum, Publication
from publications.queries import archive as queries
from publications.queries.snapshots import pictures_of
from publications.queries.summaries import VariantState, states
from publications.rules.snapshots import canonical

EDITIONS = (
    *("Publikation", "Ausgabe", "veröffentlicht am", "Seiten", "Größe in Byte"),
    *("Prüfsumme des PDF (SHA-256)", "Prüfsumme der Daten (SHA-256)"),
)
ORDERED = ("Publikation", "Monat des Versands", "Bestellungen", "Exemplare")
FETCHED = ("Publikation", "Ausgabe", "Format", "Tag", "Abrufe")
CORRECTED = (
    *("Korrektur", "Kapitel", "steht dort", "richtig ist", "bekannt seit"),
    *("gilt", "zurückgenommen am"),
)
Told = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Part:
    """One edition in the index: what lies there and what could not be found."""

    edition: Edition
    files: tuple[str, ...]
    missing: tuple[str, ...]
    corrections: int
    withdrawn: int


@dataclass(frozen=True)
class ShortVersion:
    """One released summary in the index: of which title, in which language, in which file."""

    publication: Publication
    state: VariantState
    file: str


def write(path: Path, *, programme: Programme, dated: datetime, told: Told) -> int:
    """Write the archive as ZIP to `path` and return the number of editions in it.

    Stored files are copied piece by piece; `told` hears how many editions are done.
    """
    binder = Binder(path, programme=programme, dated=dated)
    editions = list(queries.published_editions(programme=programme))
    parts = []
    for number, edition in enumerate(editions, start=1):
        parts.append(_edition(binder, edition))
        told(number, len(editions), "Ausgaben gepackt")
    titles = queries.titles(programme=programme)
    for publication in titles:
        binder.add(f"manuskripte/{publication.slug}.md", _manuscript(publication).encode())
    short = [each for publication in titles for each in _summaries(binder, publication)]
    pictures = _addresses(editions, titles)
    lost = list(_copied_pictures(binder, pictures))
    for name, content in _tables(programme, editions):
        binder.add(f"daten/{name}.csv", content)
    context = {"programme": programme, "dated": dated, "parts": parts, "titles": titles}
    context |= {"pictures": pictures, "lost": lost, "summaries": short}
    binder.add("index.html", render_to_string("publications/archive/index.html", context).encode())
    binder.add("akte.css", Path(str(finders.find("print/funding_file.css"))).read_bytes())
    binder.seal()
    return len(parts)


def _edition(binder: Binder, edition: Edition) -> Part:
    stem = f"ausgaben/{edition.publication.slug}-{edition.number}"
    kept, lost = [f"{stem}/daten.json"], []
    binder.add(kept[0], canonical(edition.snapshot))
    if _copied_pdf(binder, f"{stem}/bericht.pdf", edition):
        kept.insert(0, f"{stem}/bericht.pdf")
    else:
        lost.append("PDF")
    for file in edition.ready_files:  # type: ignore[attr-defined]
        name = f"{stem}/{file.file.name.rpartition('/')[2]}"
        if copied(binder, name, file):
            kept.append(name)
        else:
            lost.append(file.get_format_display())
    errata = list(edition.errata.all())
    if errata:
        kept.append(f"{stem}/korrekturen.csv")
        binder.add(kept[-1], csv_file(headers=CORRECTED, rows=[_mistake(each) for each in errata]))
    withdrawn = sum(each.withdrawn_at is not None for each in errata)
    return Part(edition, tuple(kept), tuple(lost), len(errata) - withdrawn, withdrawn)


def _mistake(erratum: Erratum) -> list[str]:
    """Return where a mistake stands, what is right, and whether that still holds."""
    taken_back = erratum.withdrawn_at
    return [
        str(erratum.number),
        erratum.chapter,
        erratum.passage,
        erratum.correction,
        f"{erratum.known_since:%d.%m.%Y}",
        "nein" if taken_back else "ja",
        f"{clock.day_of(taken_back):%d.%m.%Y}" if taken_back else "",
    ]


def _summaries(binder: Binder, publication: Publication) -> Iterator[ShortVersion]:
    """Write the released summaries of a title, each as the public reads it."""
    for state in states(publication):
        if state.is_public:
            name = f"zusammenfassungen/{publication.slug}-{state.variant}.md"
            binder.add(name, _summary(state).encode())
            yield ShortVersion(publication, state, name)


def _summary(state: VariantState) -> str:
    """Return a released summary as Markdown, with what its page says around the text."""
    summary, words = state.summary, summaries.WORDS[state.variant]
    if summary is None or summary.signed_at is None:
        return ""
    lines = [f"# {summary.public_title}", ""]
    if state.is_stale:
        lines += [f"**{words.stale}**", ""]
    lines += [summaries.body(summary.public_body, state.variant), "", "---", ""]
    if summary.public_reviewers:
        lines += [f"{words.reviewed_by}: {summary.public_reviewers}", ""]
    return "\n".join([*lines, f"{words.signed_on}: {clock.day_of(summary.signed_at):%d.%m.%Y}", ""])


def _copied_pdf(binder: Binder, name: str, edition: Edition) -> bool:
    if not edition.pdf:
        return False
    try:
        source = edition.pdf.open("rb")
    except FileNotFoundError:
        return False
    with source:
        content: IO[bytes] = source.file
        binder.copy(name, content)
    return True


def _addresses(editions: list[Edition], titles: list[Publication]) -> set[str]:
    """Return the pictures of all editions and manuscripts by the names of their files."""
    frozen = {address for edition in editions for address in pictures_of(edition.snapshot)}
    return frozen | {one.address for title in titles for one in title.pictures.all()}


def _copied_pictures(binder: Binder, addresses: set[str]) -> Iterator[str]:
    """Copy the pictures, each once, and yield those that are gone or not what they were."""
    for address in sorted(addresses):
        try:
            binder.add(f"{storing.PICTURES}/{address}", storing.picture(address))
        except FileNotFoundError:
            yield address


def _manuscript(publication: Publication) -> str:
    """Return the manuscript as Markdown; a live block stands as a comment with its kind."""
    lines = [f"# {publication.title}", ""]
    for chapter in publication.chapters.all():
        lines += [f"## {chapter.title}", ""]
        for block in chapter.blocks.all():
            left_out = "" if block.is_included else " (nicht in der Ausgabe)"
            head = f"<!-- {block.get_kind_display()}{left_out} -->"
            lines += [head, *_words(block), ""]
    return "\n".join(lines)


def _words(block: Block) -> list[str]:
    """Return what people wrote or chose for a block; a live block has no words of its own."""
    if block.is_text:
        return [block.body]
    if block.picture:
        shown = block.picture
        credit = f" ({shown.credit})" if shown.credit else ""
        return [f"![{shown.alt}](../{shown.file.name})", "", f"{shown.caption}{credit}"]
    return []


def _tables(programme: Programme, editions: list[Edition]) -> Iterator[tuple[str, bytes]]:
    yield "ausgaben", csv_file(headers=EDITIONS, rows=[_facts(edition) for edition in editions])
    ordered = [
        [title, month, str(orders), str(copies)]
        for title, month, orders, copies in queries.ordered_by_month(programme=programme)
    ]
    yield "bestellungen", csv_file(headers=ORDERED, rows=ordered)
    fetched = [_fetched(row) for row in queries.downloads(programme=programme)]
    yield "abrufe", csv_file(headers=FETCHED, rows=fetched)
    lines = logbook.in_batches(wanted=logbook.LogFilter(topics=(LogTopic.PUBLICATIONS,)))
    yield "protokoll", log_table("csv", lines)


def _facts(edition: Edition) -> list[str]:
    published = edition.published_at
    return [
        edition.publication.title,
        str(edition.number),
        f"{clock.day_of(published):%d.%m.%Y}" if published else "",
        str(edition.pdf_pages),
        str(edition.pdf_bytes),
        edition.pdf_sha256,
        edition.snapshot_sha256,
    ]


def _fetched(row: DownloadCount) -> list[str]:
    title, number = row.edition.publication.title, str(row.edition.number)
    return [title, number, row.get_format_display(), f"{row.day:%d.%m.%Y}", str(row.count)]
