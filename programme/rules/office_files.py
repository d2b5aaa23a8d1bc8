"""Office documents (DOCX, PPTX, XLSX, ODT …): judged by what is inside the container.

Nothing is unpacked to disk, and only two small parts are read at all; the rest is judged by the
directory of the archive, whose sizes bound what any reader would unpack.
"""

import re
import zipfile
import zlib
from io import BytesIO

from programme.errors import RuleBroken

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MOST_PARTS = 5000
MOST_BYTES = 300 * 1024 * 1024
MOST_RATIO = 200  # texts shrink to a tenth, a bomb to a thousandth
HARMLESS_BYTES = 5 * 1024 * 1024
READ_BYTES = 2 * 1024 * 1024
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError)

_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
# Code, or programs packed along: macros, ActiveX, embedded objects of unknown programs.
_ACTIVE = re.compile(
    r"(?i)(vbaproject|vbadata|/activex/|^basic/|^scripts/|/macrosheets/|/oleobject[^/]*\.bin$"
    r"|\.(?:exe|dll|js|jse|vbs|vbe|bat|cmd|ps1|lnk|jar|scr|hta|msi|com)$)"
)
_ENCRYPTED = re.compile(rb"encryption-data|<!DOCTYPE|<!ENTITY")
_FOREIGN_TEMPLATE = re.compile(rb"attachedTemplate[^>]*TargetMode=\"External\"", re.IGNORECASE)


def is_container(content: bytes) -> bool:
    """Say whether the bytes look like a container of an office document."""
    return content.startswith(b"PK\x03\x04")


def is_old_or_encrypted(content: bytes) -> bool:
    """Say whether this is the old office format, in which encrypted new documents come too."""
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def kind_of(content: bytes, name: str) -> str:
    """Return the ending of an office document.

    Refuses (RuleBroken) damaged and encrypted files, macros and programs inside, paths that lead
    out of the container, bombs, and every other archive. `name` is how messages call the file.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_tricks(parts, len(content), name)
            return _judged(archive, {part.filename for part in parts}, name)
    except DAMAGED as error:
        raise _damaged(name) from error


def _refuse_tricks(parts: list[zipfile.ZipInfo], size: int, name: str) -> None:
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_bomb = unpacked > MOST_BYTES or unpacked > HARMLESS_BYTES + MOST_RATIO * size
    if is_bomb or len(parts) > MOST_PARTS or packed > size:
        raise RuleBroken(
            f"Die Datei „{name}“ ist ungewöhnlich stark gepackt. "
            "Bitte speichern Sie sie als PDF und wählen Sie diese aus."
        )
    if len(set(names)) != len(names) or any(map(_leads_out, names)):
        raise _damaged(name)
    if any(part.flag_bits & 1 for part in parts):
        raise _encrypted(name)
    if any(_ACTIVE.search(part) for part in names):
        raise RuleBroken(
            f"Die Datei „{name}“ enthält Makros oder eingebettete Programme. "
            "Bitte speichern Sie sie ohne Makros oder als PDF."
        )


def _leads_out(path: str) -> bool:
    steps = re.split(r"[/\\]", path)
    return "\\" in path or ":" in path or "\x00" in path or path.startswith("/") or ".." in steps


def _judged(archive: zipfile.ZipFile, names: set[str], name: str) -> str:
    """Return the kind by the part that every document of its family has."""
    if "mimetype" in names:
        declared = _read(archive, "mimetype", name).strip().decode("ascii", "replace")
        kind = next((kind for kind, mime in TYPES.items() if mime == declared), "")
        manifest = "META-INF/manifest.xml"
        if kind and manifest in names and b"encryption-data" in _read(archive, manifest, name):
            raise _encrypted(name)
    else:
        kind = _ooxml_kind(archive, names, name)
    if not kind:
        raise RuleBroken(
            f"Die Datei „{name}“ ist keine Datei der Art {', '.join(TYPES).upper()}. "
            "Bitte speichern Sie sie als PDF und wählen Sie diese aus."
        )
    return kind


def _ooxml_kind(archive: zipfile.ZipFile, names: set[str], name: str) -> str:
    if "[Content_Types].xml" not in names:
        return ""
    types = _read(archive, "[Content_Types].xml", name)
    if _ENCRYPTED.search(types):
        raise _damaged(name)
    settings = "word/_rels/settings.xml.rels"
    if settings in names and _FOREIGN_TEMPLATE.search(_read(archive, settings, name)):
        raise RuleBroken(
            f"Die Datei „{name}“ lädt beim Öffnen eine Vorlage aus dem Netz. "
            "Bitte lösen Sie die Vorlage oder speichern Sie die Datei als PDF."
        )
    return next((kind for part, kind in _MAIN_PARTS.items() if part in types), "")


def _read(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Return a small part; a part that claims to be small and is not counts as damaged."""
    with archive.open(part) as file:
        content = file.read(READ_BYTES + 1)
    if len(content) > READ_BYTES:
        raise _damaged(name)
    return content


def _damaged(name: str) -> RuleBroken:
    return RuleBroken(f"Die Datei „{name}“ ist beschädigt. Bitte wählen Sie sie noch einmal aus.")


def _encrypted(name: str) -> RuleBroken:
    return RuleBroken(
        f"Die Datei „{name}“ ist verschlüsselt. Bitte entfernen Sie das Kennwort und wählen Sie "
        "sie noch einmal aus."
    )
