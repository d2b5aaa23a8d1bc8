"""The e-invoice inside a PDF: taken out by a program whose limits protect the portal."""

import subprocess
import sys
from pathlib import Path

from programme.errors import RuleBroken

MAX_SECONDS = 8
_PROGRAM = Path(__file__).with_name("extractor.py")


def invoice_xml(pdf: bytes, *, name: str) -> bytes | None:
    """Return the XML of the e-invoice in a PDF, None if there is none inside.

    Refuses (RuleBroken) files that are encrypted, hold several invoices, cannot be read, or take
    too much time or memory.
    """
    try:
        done = subprocess.run(  # noqa: S603  our own program, and the file is only its input
            [sys.executable, "-I", str(_PROGRAM)],
            input=pdf,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuleBroken(_unreadable(name)) from None
    word, _, xml = done.stdout.partition(b"\n")
    if done.returncode or word not in {b"found", b"none", b"several", b"locked"}:
        raise RuleBroken(_unreadable(name))
    if word == b"locked":
        raise RuleBroken(
            f"Die PDF-Datei „{name}“ ist verschlüsselt, eine E-Rechnung darin ist nicht lesbar."
        )
    if word == b"several":
        raise RuleBroken(f"Die PDF-Datei „{name}“ enthält mehrere E-Rechnungen.")
    return xml if word == b"found" else None


def _unreadable(name: str) -> str:
    return f"Die PDF-Datei „{name}“ ist beschädigt oder zu aufwendig, um sie einzulesen."
