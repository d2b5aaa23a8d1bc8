"""The binder of a sample (B6): one ZIP, written to disk file by file."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from programme import documents
from programme.errors import RuleBroken
from programme.exports.sheets import csv_file
from programme.models import Programme, Voucher
from programme.queries.audit_chain import Chain, chain_of
from programme.rules.money import written

INDEX = (
    *("Beleg", "Einzelansatz", "Zahlungsempfänger", "Rechnung", "bezahlt am", "Betrag"),
    *("Vermerk", "Anlass", "Dateien", "was fehlt"),
)
LOST = "Datei „{name}“ liegt nicht mehr im Speicher"
FAILED = "„{name}“ konnte nicht erstellt werden"
PIECE = 1024 * 1024
FOLDERS = {"invoice": "Rechnung", "proof_of_payment": "Zahlung"}


class Binder:
    """An open ZIP that remembers the checksum of all it holds."""

    def __init__(self, path: Path, *, programme: Programme, dated: datetime) -> None:
        self.programme, self.dated = programme, dated
        self.zip = ZipFile(path, "w", ZIP_DEFLATED)
        self.sums: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []

    def add(self, name: str, content: bytes) -> None:
        """Write a file that is in memory already."""
        self.sums.append((hashlib.sha256(content).hexdigest(), name))
        self.zip.writestr(name, content)

    def copy(self, name: str, source: IO[bytes]) -> None:
        """Copy a stored file piece by piece."""
        checksum = hashlib.sha256()
        with self.zip.open(name, "w") as target:
            while piece := source.read(PIECE):
                checksum.update(piece)
                target.write(piece)
        self.sums.append((checksum.hexdigest(), name))

    def add_pdf(self, name: str, template: str, context: dict[str, object]) -> None:
        """Set a template as PDF and write it."""
        shared = context | {"programme": self.programme, "dated": self.dated}
        identifier = hashlib.sha256(f"{self.dated.isoformat()}:{name}".encode()).hexdigest()
        pdf = documents.render_pdf(
            template=template, context=shared, dated=self.dated, identifier=identifier
        )
        self.add(name, pdf.content)

    def finish(self, *, title: str) -> None:
        """Write index and checksums, and close the ZIP."""
        self.add("Verzeichnis.csv", csv_file(headers=INDEX, rows=self.rows))
        sheets = [list(zip(INDEX, row, strict=True)) for row in self.rows]
        context: dict[str, object] = {"title": title, "sheets": sheets}
        self.add_pdf("Verzeichnis.pdf", "pdf/programme/binder.html", context)
        self.seal()

    def seal(self) -> None:
        """Write the checksums of everything, and close the ZIP."""
        lines = "".join(f"{checksum}  {name}\n" for checksum, name in self.sums)
        self.zip.writestr("SHA256SUMS.txt", lines)
        self.zip.close()


def write(
    path: Path,
    *,
    vouchers: Iterable[Voucher],
    programme: Programme,
    title: str,
    dated: datetime,
) -> None:
    """Write the binder: per voucher a folder with data sheet, files and papers of the occasion.

    What is not there, or cannot be read or made, stands in the index; only one file is in memory
    at a time, stored ones piece by piece.
    """
    binder = Binder(path, programme=programme, dated=dated)
    for voucher in vouchers:
        chain = chain_of(voucher)
        _, files, missing = add_voucher(binder, chain)
        binder.rows.append(_row(chain, files, missing))
    binder.finish(title=title)


def add_voucher(
    binder: Binder, chain: Chain, *, within: str = ""
) -> tuple[str, list[str], list[str]]:
    """Write the folder of a voucher; return its place, the files in it, and what is missing."""
    folder = f"{within}Beleg-{chain.voucher.number:04d}"
    missing = list(chain.missing)
    files = []
    for number, file in enumerate(chain.voucher.files.all(), start=1):
        name = (
            f"{folder}/{number:02d}-{FOLDERS.get(file.kind, 'Anlage')}-{harmless_name(file.name)}"
        )
        if copied(binder, name, file):
            files.append(name)
        else:
            missing.append(LOST.format(name=file.name))
    for paper in chain.occasion.papers if chain.occasion else ():
        name = f"{folder}/Anlass-{harmless_name(paper.name)}"
        content = _made(paper.make)
        if content is None:
            missing.append(FAILED.format(name=paper.name))
        else:
            binder.add(name, content)
            files.append(name)
    context: dict[str, object] = {"chain": chain, "voucher": chain.voucher}
    context |= {"files": files, "missing": missing}
    binder.add_pdf(f"{folder}/00-Datenblatt.pdf", "pdf/programme/voucher_sheet.html", context)
    return folder, files, missing


def copied(binder: Binder, name: str, file: Any) -> bool:
    """Copy a stored file into the ZIP; False if it is not in the storage any more."""
    try:
        source = file.file.open("rb")
    except FileNotFoundError:
        return False
    with source:
        binder.copy(name, source.file)
    return True


def _made(make: Callable[[], bytes]) -> bytes | None:
    try:
        return make()
    except RuleBroken:
        return None


def _row(chain: Chain, files: list[str], missing: list[str]) -> list[str]:
    voucher = chain.voucher
    occasion = chain.occasion.title if chain.occasion else voucher.occasion_title
    return [
        str(voucher.number),
        str(voucher.line),
        voucher.payee,
        f"{voucher.invoice_number} vom {voucher.invoiced_on:%d.%m.%Y}",
        f"{voucher.paid_on:%d.%m.%Y}",
        written(voucher.gross_eur),
        chain.family.mark,
        occasion or "nicht angegeben",
        str(len(files)),
        "; ".join(missing) or "nichts",
    ]


def harmless_name(name: str) -> str:
    """Return a name that stays inside its folder on every system."""
    return re.sub(r"[^\w.() -]+", "_", name).strip(" .") or "Datei"
