"""A proof of use as PDF with lines to sign, or as table; made by the worker."""

import hashlib
from collections.abc import Mapping
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from programme import jobs
from programme.exports import proofs as exports
from programme.models import Printout, ProofOfUse, User, VoucherFile
from programme.queries import proofs as queries
from programme.rules import proofs as rules
from programme.services import printouts


@transaction.atomic
def ask(*, proof: ProofOfUse, kind: str, by: User) -> Printout:
    """Ask for a proof as "pdf", as "xlsx", or for its vouchers as "zip"; refuses nothing.

    A draft says on paper that it is one.
    """
    name = f"{proof.kind}-{proof.number}-fassung-{proof.version}.{kind}"
    printout = printouts.ask(
        title=str(proof),
        download_name=f"verwendungsnachweis-{name}",
        back_url=reverse("programme:proof", args=[proof.pk]),
        by=by,
    )
    make_proof.enqueue(printout=str(printout.pk), proof_id=proof.pk, kind=kind)
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def make_proof(*, printout: str, proof_id: int, kind: str) -> None:
    """Make the file from the frozen figures, of a draft from those that stand; may be repeated."""
    with printouts.making(pk=printout):
        proof = ProofOfUse.objects.select_related(
            "programme", "plan", "drawdown", "checked_by", "submitted_by"
        ).get(pk=proof_id)
        figures = proof.figures
        if proof.status not in rules.SENT:
            figures = queries.figures(proof, queries.vouchers_of(proof))
        if kind == "zip":
            _hand_over_archive(proof, figures, printout=printout)
            return
        if kind == "xlsx":
            printouts.finish_with(pk=printout, content=exports.workbook(figures))
            return
        state = f"{rules.checksum(figures)}:{proof.revision}:{printout}"
        printouts.finish(
            pk=printout,
            template="pdf/programme/proof.html",
            context={
                "programme": proof.programme,
                "proof": proof,
                "statement": exports.statement(figures),
                "vouchers": figures["vouchers"],
                "texts": list(proof.texts.all()),
                "indicators": list(proof.indicators.all()),
                "is_sent": proof.status in rules.SENT,
            },
            identifier=hashlib.sha256(state.encode()).hexdigest(),
        )


def _hand_over_archive(proof: ProofOfUse, figures: Mapping[str, Any], *, printout: str) -> None:
    """Pack the table and the files of the vouchers under their running numbers, file by file."""
    running = {row["number"]: int(row["running"]) for row in figures["vouchers"]}
    files = VoucherFile.objects.filter(
        voucher__programme=proof.programme, voucher__number__in=running
    ).select_related("voucher")
    with TemporaryFile() as space:
        with ZipFile(space, "w", ZIP_DEFLATED) as archive:
            archive.writestr("verwendungsnachweis.xlsx", exports.workbook(figures))
            for each in files.order_by("voucher__number", "pk").iterator():
                folder = f"{running[str(each.voucher.number)]:05d} Beleg {each.voucher.number}"
                kept_as = f"{folder}/{each.pk} {each.name}"
                with each.file.open("rb") as source, archive.open(kept_as, "w") as target:
                    copyfileobj(source, target)
        space.seek(0)
        printouts.finish_with(pk=printout, content=File(space))
