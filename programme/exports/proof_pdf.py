"""A proof of use as PDF, however many vouchers it lists."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from programme import documents
from programme.exports import proofs as exports
from programme.exports.volumes import Volume
from programme.models import ProofOfUse
from programme.rules import proofs as rules
from programme.rules.progress import Tell, silent

TEMPLATE = "pdf/programme/proof.html"
# What is set in one go; a longer list would need more memory and time than one document may.
VOUCHERS_A_PART = 400


def write_pdf(
    path: Path,
    *,
    proof: ProofOfUse,
    figures: Mapping[str, Any],
    dated: datetime,
    seed: str,
    tell: Tell = silent,
) -> int:
    """Set report, list and signatures one after another; return the number of pages.

    `tell` hears how many vouchers of how many are set; `seed` makes the file's identifier.
    """
    shared: dict[str, object] = {
        "programme": proof.programme,
        "proof": proof,
        "is_sent": proof.status in rules.SENT,
    }
    report: dict[str, object] = {
        "statement": exports.statement(figures),
        "texts": list(proof.texts.all()),
        "indicators": list(proof.indicators.all()),
    }
    with path.open("wb") as file:
        volume = Volume(file)
        _add(volume, shared | {"part": "report"} | report, dated)
        done, whole = 0, len(figures["vouchers"])
        for part in exports.slices(figures, size=VOUCHERS_A_PART):
            _add(volume, shared | {"part": "list"} | part, dated)
            done += len(part["vouchers"])
            tell(done, whole)
        _add(volume, shared | {"part": "signatures", "pages": volume.pages}, dated)
        state = f"{rules.checksum(figures)}:{proof.revision}:{seed}"
        volume.finish(identifier=hashlib.sha256(state.encode()).hexdigest())
    return volume.pages


def _add(volume: Volume, context: dict[str, object], dated: datetime) -> None:
    documents.render_part(
        template=TEMPLATE,
        context=context,
        dated=dated,
        pages_before=volume.pages,
        take=volume.add,
    )
