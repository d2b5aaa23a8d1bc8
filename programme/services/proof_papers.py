"""A proof of use as PDF with lines to sign, as table, or with its files; made by the worker."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from programme import jobs, permissions
from programme.exports import proofs as exports
from programme.exports.proof_pdf import write_pdf
from programme.models import Printout, ProofOfUse, User, VoucherFile
from programme.queries import proofs as queries
from programme.rules import proofs as rules
from programme.rules.progress import Tell, counted
from programme.services import printouts

FILES_A_STEP = 100
# Where each step begins and ends in the whole work, in percent, about as 10,000 vouchers take.
READING = {"csv": (0, 50), "xlsx": (0, 50), "pdf": (0, 5), "zip": (0, 20)}
WRITING, SETTING = (50, 100), (5, 100)
TABLE, PACKING = (20, 30), (30, 100)


@transaction.atomic
def ask(*, proof: ProofOfUse, kind: str, by: User) -> Printout:
    """Ask for a proof as "pdf", "xlsx" or "csv", or for its vouchers as "zip"; refuses nothing.

    A draft says on paper that it is one.
    """
    printout = printouts.ask(
        title=rules.titled(proof),
        download_name=f"{rules.file_stem(proof)}.{kind}",
        back_url=reverse("programme:proof", args=[proof.pk]),
        by=by,
    )
    make_proof.enqueue(printout=str(printout.pk), proof_id=proof.pk, kind=kind)
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def make_proof(*, printout: str, proof_id: int, kind: str) -> None:
    """Make the file from the frozen figures, of a draft from those that stand; may be repeated."""
    asked = Printout.objects.filter(pk=printout).select_related("requested_by").first()
    if asked is None:
        return
    with printouts.making(pk=printout):
        proof = ProofOfUse.objects.select_related(
            "programme", "plan", "drawdown", "checked_by", "submitted_by"
        ).get(pk=proof_id)
        figures = proof.figures
        if proof.status not in rules.SENT:
            tell = _teller(printout, "Belegen gelesen", READING[kind])
            figures = queries.live_figures(proof, tell=tell)
        hidden = _hidden_from(asked.requested_by, proof)
        figures, pages = rules.without_names(figures, hidden), None
        with _space() as (path, folder):
            if kind == "zip":
                _write_archive(path, folder, proof, figures, hidden=hidden, printout=printout)
            elif kind == "pdf":
                pages = _write_pdf(path, proof, figures, asked)
            else:
                write = exports.write_csv if kind == "csv" else exports.write_workbook
                write(path, figures, tell=_teller(printout, "Belegen geschrieben", WRITING))
            with path.open("rb") as content:
                printouts.finish_with(pk=printout, content=File(content), pages=pages)


@contextmanager
def _space() -> Iterator[tuple[Path, Path]]:
    with TemporaryDirectory(prefix="nachweis-") as name:
        yield Path(name) / "fertig", Path(name)


def _hidden_from(person: User, proof: ProofOfUse) -> set[str]:
    """Return the numbers of the vouchers a person may not read, not on paper either."""
    return {
        str(row.number)
        for row in queries.sensitive_vouchers(proof)
        if not permissions.may_read_voucher(person, row)
    }


def _teller(printout: str, what: str, span: tuple[int, int]) -> Tell:
    def tell(done: int, whole: int) -> None:
        printouts.note_progress(pk=printout, done=done, whole=whole, what=what, span=span)

    return tell


def _write_pdf(path: Path, proof: ProofOfUse, figures: Mapping[str, Any], asked: Printout) -> int:
    return write_pdf(
        path,
        proof=proof,
        figures=figures,
        dated=asked.requested_at,
        seed=str(asked.pk),
        tell=_teller(str(asked.pk), "Belegen gesetzt", SETTING),
    )


def _write_archive(
    path: Path,
    folder: Path,
    proof: ProofOfUse,
    figures: Mapping[str, Any],
    *,
    hidden: Collection[str],
    printout: str,
) -> None:
    """Pack the table and the files of the vouchers under their running numbers, file by file."""
    running = {row["number"]: int(row["running"]) for row in figures["vouchers"]}
    table = folder / "tabelle.xlsx"
    exports.write_workbook(table, figures, tell=_teller(printout, "Belegen geschrieben", TABLE))
    tell = _teller(printout, "Dateien gepackt", PACKING)
    files = VoucherFile.objects.filter(voucher__programme=proof.programme).select_related("voucher")
    ordered = files.exclude(voucher__number__in=hidden).order_by("voucher__number", "pk")
    whole = ordered.count()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.write(table, "verwendungsnachweis.xlsx")
        found = counted(ordered.iterator(), whole=whole, tell=tell, every=FILES_A_STEP)
        for each in found:
            if str(each.voucher.number) in running:
                folder_name = f"{running[str(each.voucher.number)]:05d} Beleg {each.voucher.number}"
                with archive.open(f"{folder_name}/{each.pk} {each.name}", "w") as target:
                    _copy(each, target)


def _copy(each: VoucherFile, target: IO[bytes]) -> None:
    with each.file.open("rb") as source:
        copyfileobj(source, target)
