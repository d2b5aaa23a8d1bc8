"""The whole file of the funding to hand over (B16): one ZIP that needs no server.

Every transaction as PDF/A with its papers, tables in open formats, an index to read in any
browser, and checksums of everything.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from programme.enums import LogTopic
from programme.exports import funding, proofs
from programme.exports.binders import Binder, add_voucher, copied, harmless_name
from programme.exports.logbook import table as log_table
from programme.exports.proof_pdf import write_pdf
from programme.exports.sheets import csv_file
from programme.models import Drawdown, Programme, ProofOfUse, Voucher
from programme.models.stored_file import StoredFile
from programme.queries import audit_chain, drawdowns, logbook
from programme.queries import proofs as proof_queries
from programme.queries.funding import overview
from programme.queries.funding_records import Record, records
from programme.queries.half_year_records import half_year_records
from programme.queries.proof_check_records import proof_check_records
from programme.queries.vouchers import vouchers_with_details
from programme.rules.funding.finding import day_text
from programme.rules.proofs import SENT, file_stem

INDEX = ("Art", "Vorgang", "Datum", "Betrag in EUR", "Stand", "Datei", "Unterlagen", "was fehlt")
SHARES = (
    *("Beleg", "Einzelansatz", "Empfänger", "Rechnung", "Rechnungsdatum", "bezahlt am"),
    *("Betrag in EUR", "Quelle", "Anteil in EUR", "Stand"),
)
DRAWS = (
    *("Mittelabruf", "angefordert am", "Quelle", "angefordert in EUR", "Eingang am"),
    "eingegangen in EUR",
)
PAGES = {
    "index.html": "funding_file/index.html",
    "oeffentlich/foerderung.html": "funding_file/public.html",
}
PLURALS = {
    "Bescheid": "Bescheide",
    "Prüfbescheid": "Bescheide über geprüfte Nachweise",
    "Finanzierungsplan": "Fassungen des Finanzierungsplans",
    "Auftrag": "Aufträge",
    "Halbjahr": "Abschlüsse von Halbjahren",
    "Prüfung vor Ort": "Prüfungen vor Ort",
    "Stichprobe": "Stichproben",
    "Feststellung": "Feststellungen",
    "Anbietung": "Anbietungen an das Landesarchiv",
    "Beleg": "Belege",
    "Mittelabruf": "Mittelabrufe",
    "Verwendungsnachweis": "Verwendungsnachweise",
}
AT_ONCE = 20


@dataclass(frozen=True)
class Entry:
    """One line of the index: a transaction, its paper, what lies beside it and what is missing."""

    kind: str
    title: str
    on: date | None
    amount_eur: Decimal | None
    state: str
    path: str
    papers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def places(self) -> list[dict[str, str]]:
        """The papers as links: where each lies and what it is called there."""
        return [{"path": paper, "name": paper.rpartition("/")[2]} for paper in self.papers]

    @property
    def cells(self) -> list[str]:
        """The line as text; amounts with a comma and without points, so that programs read them."""
        return [
            self.kind,
            self.title,
            day_text(self.on) if self.on else "",
            _number(self.amount_eur),
            self.state,
            self.path,
            "; ".join(self.papers),
            "; ".join(self.missing),
        ]


def write(path: Path, *, programme: Programme, title: str, as_of: date, dated: datetime) -> None:
    """Write the file as it stands at `dated`; figures are those of the day `as_of`.

    Only one document is in memory at a time, stored ones piece by piece.
    """
    binder = Binder(path, programme=programme, dated=dated)
    entries = [
        *(_record(binder, record) for record in records(programme=programme)),
        *(_record(binder, record) for record in proof_check_records(programme=programme)),
        *(_record(binder, record) for record in half_year_records(programme=programme)),
        *(_voucher(binder, voucher) for voucher in _vouchers(programme)),
        *(_drawdown(binder, row) for row in drawdowns.drawdowns(programme=programme)),
        *(_proof(binder, proof) for proof in _proofs(programme)),
    ]
    for name, content in _tables(programme, entries):
        binder.add(f"daten/{name}.csv", content)
    lines = logbook.in_batches(wanted=logbook.LogFilter(topics=(LogTopic.FUNDING,)))
    binder.add("daten/protokoll.csv", log_table("csv", lines))
    _pages(binder, entries, title=title, as_of=as_of)
    binder.seal()


def _vouchers(programme: Programme) -> Iterable[Voucher]:
    found = vouchers_with_details(programme=programme).select_related("programme")
    return found.order_by("number").iterator(chunk_size=AT_ONCE)


def _proofs(programme: Programme) -> Iterable[ProofOfUse]:
    found = proof_queries.proofs_with_texts().filter(programme=programme)
    return found.prefetch_related("files")


def _record(binder: Binder, record: Record) -> Entry:
    path = f"{record.path}.pdf"
    tables = [
        {"title": table.title, "headers": table.headers, "rows": table.rows}
        for table in record.tables
    ]
    names, missing = _papers(binder, record.path, record.papers)
    context: dict[str, object] = {"record": record, "tables": tables, "papers": names}
    binder.add_pdf(path, "pdf/programme/funding_record.html", context)
    facts = (record.kind, record.title, record.on, record.amount_eur, record.state)
    return Entry(*facts, path, names, missing)


def _voucher(binder: Binder, row: Voucher) -> Entry:
    chain = audit_chain.chain_of(row)
    folder, files, missing = add_voucher(binder, chain, within="belege/")
    return Entry(
        "Beleg",
        f"{row}: {row.payee}",
        row.paid_on,
        row.gross_eur,
        row.get_status_display(),
        f"{folder}/00-Datenblatt.pdf",
        tuple(files),
        tuple(missing),
    )


def _drawdown(binder: Binder, row: Drawdown) -> Entry:
    stem = f"abrufe/abruf-{row.number}"
    papers = (row.signed_copy,) if row.signed_copy else ()
    names, missing = _papers(binder, stem, papers)
    context: dict[str, object] = {"drawdown": row, "shares": list(row.shares.all())}
    binder.add_pdf(f"{stem}.pdf", "pdf/programme/drawdown.html", context)
    facts = ("Mittelabruf", str(row), row.requested_on, row.requested_eur)
    return Entry(*facts, row.get_status_display(), f"{stem}.pdf", names, missing)


def _proof(binder: Binder, row: ProofOfUse) -> Entry:
    """Write a proof with its frozen figures; the checksum of those is the one in the portal."""
    stem = f"nachweise/{file_stem(row)}"
    is_sent = row.status in SENT
    figures = row.figures if is_sent else proof_queries.live_figures(row)
    with TemporaryDirectory(prefix="nachweis-") as folder:
        pdf, table = Path(folder) / "pdf", Path(folder) / "xlsx"
        write_pdf(pdf, proof=row, figures=figures, dated=binder.dated, seed=stem)
        proofs.write_workbook(table, figures)
        for name, made in ((f"{stem}.pdf", pdf), (f"{stem}.xlsx", table)):
            with made.open("rb") as source:
                binder.copy(name, source)
    frozen = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    binder.add(f"{stem}.json", frozen.encode())
    names, missing = _papers(binder, stem, tuple(row.files.all()))
    beside = (f"{stem}.xlsx", f"{stem}.json", *names)
    total = Decimal(figures.get("total", "0.00"))
    facts = ("Verwendungsnachweis", str(row), row.submitted_on, total)
    return Entry(*facts, row.get_status_display(), f"{stem}.pdf", beside, missing)


def _papers(
    binder: Binder, stem: str, papers: Iterable[StoredFile]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Copy the papers of a transaction; return their places and what is not there any more."""
    kept, lost = [], []
    for number, paper in enumerate(papers, start=1):
        name = f"{stem}-anlage-{number}-{harmless_name(paper.name)}"
        if copied(binder, name, paper):
            kept.append(name)
        else:
            lost.append(f"Datei „{paper.name}“")
    return tuple(kept), tuple(lost)


def _tables(programme: Programme, entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the figures as tables with semicolons; amounts as 1234,56."""
    index = [entry.cells for entry in entries]
    yield "verzeichnis", csv_file(headers=INDEX, rows=index)
    yield "anteile", csv_file(headers=SHARES, rows=_shares(programme))
    yield "abrufe", csv_file(headers=DRAWS, rows=_draws(programme))


def _shares(programme: Programme) -> Iterator[list[str]]:
    for row in _vouchers(programme):
        for share in row.shares.all():
            yield [
                str(row.number),
                str(row.line),
                row.payee,
                row.invoice_number,
                day_text(row.invoiced_on),
                day_text(row.paid_on),
                _number(row.gross_eur),
                share.source.short_name,
                _number(share.amount_eur),
                row.get_status_display(),
            ]


def _draws(programme: Programme) -> Iterator[list[str]]:
    for row in drawdowns.drawdowns(programme=programme):
        for share in row.shares.all():
            yield [
                str(row.number),
                day_text(row.requested_on),
                share.source.short_name,
                _number(share.requested_eur),
                day_text(share.received_on) if share.received_on else "",
                _number(share.received_eur),
            ]


def _pages(binder: Binder, entries: Iterable[Entry], *, title: str, as_of: date) -> None:
    """Write what people open first: the index, and the public page of the funding as a copy."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(PLURALS.get(entry.kind, entry.kind), []).append(entry)
    figures = overview(programme=binder.programme, as_of=as_of)
    shared = {
        "programme": binder.programme,
        "dated": binder.dated,
        "title": title,
        "overview": figures,
        "sentence": funding.sentence(figures),
        "sources_chart": funding.sources_chart(figures),
        "lines_chart": funding.lines_chart(figures),
        "groups": list(groups.items()),
    }
    for name, template in PAGES.items():
        binder.add(name, render_to_string(template, shared).encode())
    binder.add("akte.css", Path(str(finders.find("print/funding_file.css"))).read_bytes())


def _number(amount_eur: Decimal | None) -> str:
    return "" if amount_eur is None else f"{amount_eur:.2f}".replace(".", ",")
