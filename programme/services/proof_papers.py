"""A proof of use as PDF with lines to sign, or as table; made by the worker."""

import hashlib

from django.db import transaction
from django.urls import reverse

from programme import jobs
from programme.exports import proofs as exports
from programme.models import Printout, ProofOfUse, User
from programme.queries import proofs as queries
from programme.rules import proofs as rules
from programme.services import printouts


@transaction.atomic
def ask(*, proof: ProofOfUse, kind: str, by: User) -> Printout:
    """Ask for a proof as "pdf" or "xlsx"; refuses nothing, a draft says that it is one."""
    name = f"{proof.kind}-{proof.number}-fassung-{proof.version}.{kind}"
    printout = printouts.ask(
        title=str(proof),
        download_name=f"verwendungsnachweis-{name}",
        back_url=reverse("programme:proof", args=[proof.pk]),
        by=by,
    )
    make_proof.enqueue(printout=str(printout.pk), proof_id=proof.pk, kind=kind)
    return printout


@jobs.job()
def make_proof(*, printout: str, proof_id: int, kind: str) -> None:
    """Make the file from the frozen figures, of a draft from those that stand; may be repeated."""
    with printouts.making(pk=printout):
        proof = ProofOfUse.objects.select_related(
            "programme", "plan", "drawdown", "checked_by", "submitted_by"
        ).get(pk=proof_id)
        figures = proof.figures
        if proof.status not in rules.SENT:
            figures = queries.figures(proof, queries.vouchers_of(proof))
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
