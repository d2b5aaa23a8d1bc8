"""Which files may come in: judged by their content, never by their name."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from xml.parsers import expat

from programme.errors import RuleBroken
from programme.rules import office_files

ALLOWED = "PDF, PNG, JPG oder XML"
DOCUMENTS = "PDF, PNG, JPG, DOCX, PPTX, XLSX, ODT, ODP oder ODS"
LONGEST_NAME = 120

_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "xml": "application/xml",
}
_PNG = b"\x89PNG\r\n\x1a\n"
_JPG = b"\xff\xd8\xff"
_TAIL = 2048
# What a PDF must not start by itself; compressed parts stay unseen, so downloads are guarded too.
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
_ENCRYPTED_PDF = re.compile(rb"/Encrypt\b")
_MARKUP_NAMES = frozenset({"html", "svg", "script", "stylesheet", "transform"})
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$")
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,5})+$")
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*%;,\']')


@dataclass(frozen=True)
class CheckedFile:
    """What is known of a file that may come in; the name is safe, the type is the real one."""

    name: str
    content_type: str
    extension: str
    size_bytes: int
    sha256: str


def checked_document(*, name: str, content: bytes) -> CheckedFile:
    """Judge a file for readers: PDF, PNG, JPG and office documents without macros.

    Refuses (RuleBroken) what is empty, incomplete, encrypted, active or of another kind.
    """
    shown = clean_name(name, extension="")
    if office_files.is_old_or_encrypted(content):
        raise RuleBroken(
            f"Die Datei „{shown}“ ist verschlüsselt oder in einem alten Format gespeichert. Bitte "
            "speichern Sie sie ohne Kennwort als DOCX, PPTX, XLSX oder PDF."
        )
    if office_files.is_container(content):
        extension = office_files.kind_of(content, shown)
        return _found(name, extension, office_files.TYPES[extension], content)
    if content and not content.startswith((b"%PDF-", _PNG, _JPG)):
        raise RuleBroken(
            f"Die Datei „{shown}“ ist keine Datei der Art {DOCUMENTS}. "
            "Bitte speichern Sie sie als PDF und wählen Sie sie noch einmal aus."
        )
    found = checked(name=name, content=content)
    if found.extension == "pdf" and _ENCRYPTED_PDF.search(content):
        raise RuleBroken(
            f"Die PDF-Datei „{shown}“ ist verschlüsselt. Bitte entfernen Sie den Schutz und wählen "
            "Sie sie noch einmal aus."
        )
    return found


def checked(*, name: str, content: bytes) -> CheckedFile:
    """Judge one file; refuses (RuleBroken) what is empty, incomplete, active or of another kind."""
    shown = clean_name(name, extension="")
    if not content:
        raise RuleBroken(f"Die Datei „{shown}“ ist leer. Bitte wählen Sie sie noch einmal aus.")
    extension = _kind_of(content, shown)
    return _found(name, extension, _TYPES[extension], content)


def _found(name: str, extension: str, content_type: str, content: bytes) -> CheckedFile:
    return CheckedFile(
        name=clean_name(name, extension=extension),
        content_type=content_type,
        extension=extension,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def too_large(*, name: str, size_bytes: int, limit_bytes: int) -> None:
    """Refuse (RuleBroken) a file above the limit, before anything of it is read."""
    if size_bytes > limit_bytes:
        raise RuleBroken(
            f"Die Datei „{clean_name(name, extension='')}“ ist größer als "
            f"{limit_bytes // (1024 * 1024)} MB. Bitte verkleinern oder teilen Sie sie."
        )


def clean_name(name: str, *, extension: str) -> str:
    """Return a name that is safe on every system, ending in the real kind of the file."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    stem = _SUFFIX.sub("", visible.strip())
    stem = _FORBIDDEN_IN_NAMES.sub("-", " ".join(stem.split())).strip(" .-")[:LONGEST_NAME]
    if not stem or _RESERVED.match(stem):
        stem = f"beleg-{stem}".rstrip("-")
    return f"{stem}.{extension}" if extension else stem


def _kind_of(content: bytes, name: str) -> str:
    if content.startswith(b"%PDF-"):
        return _complete_pdf(content, name)
    if content.startswith(_PNG):
        return _ends_with(content, b"IEND", "png", name)
    if content.startswith(_JPG):
        return _ends_with(content, b"\xff\xd9", "jpg", name)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _harmless_xml(content, name)
    raise RuleBroken(
        f"Die Datei „{name}“ ist keine Datei der Art {ALLOWED}. "
        "Bitte speichern Sie den Beleg als PDF und wählen Sie ihn erneut aus."
    )


def _complete_pdf(content: bytes, name: str) -> str:
    if _ACTIVE_PDF.search(content):
        raise RuleBroken(
            f"Die PDF-Datei „{name}“ enthält aktive Inhalte. "
            "Bitte drucken Sie sie in eine neue PDF-Datei und wählen Sie diese aus."
        )
    return _ends_with(content, b"%%EOF", "pdf", name)


def _ends_with(content: bytes, mark: bytes, kind: str, name: str) -> str:
    if mark not in content[-_TAIL:]:
        raise RuleBroken(
            f"Die Datei „{name}“ ist unvollständig. Bitte wählen Sie sie noch einmal aus."
        )
    return kind


def _harmless_xml(content: bytes, name: str) -> str:
    """Accept data such as an e-invoice; refuse pages, drawings, scripts and entity tricks."""

    def forbid(*found: object) -> None:
        raise RuleBroken(
            f"Die Datei „{name}“ ist eine Webseite, eine Zeichnung oder enthält mehr als Daten. "
            "Bitte speichern Sie den Beleg als PDF und wählen Sie ihn erneut aus."
        )

    def element(tag: str, attributes: dict[str, str]) -> None:
        namespace, _, local = tag.rpartition("|")
        if local.lower() in _MARKUP_NAMES or namespace.endswith(("xhtml", "2000/svg")):
            forbid()

    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartDoctypeDeclHandler = forbid
    parser.ProcessingInstructionHandler = forbid
    parser.StartElementHandler = element
    try:
        parser.Parse(content, True)  # noqa: FBT003  expat's own signature
    except expat.ExpatError:
        raise RuleBroken(
            f"Die XML-Datei „{name}“ ist nicht lesbar. Bitte wählen Sie sie noch einmal aus."
        ) from None
    return "xml"
