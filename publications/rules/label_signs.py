"""Which signs labels and slips can print: those of Fira Sans, the font shipped with them."""

from collections.abc import Sequence
from unicodedata import category, normalize

# Latin with its marks, Vietnamese, Greek, Cyrillic, and the signs of addresses; compared with the
# files of the font by a test.
PRINTED = (
    *((0x20, 0x7E), (0xA0, 0x17E), (0x180, 0x24F), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9)),
    *((0x370, 0x377), (0x386, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3E1)),
    *((0x3F0, 0x479), (0x48A, 0x52F)),
    *((0x2012, 0x2016), (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026)),
    *((0x2039, 0x203A), (0x20AC, 0x20AC), (0x2116, 0x2116)),
)


def unprintable(lines: Sequence[str]) -> str:
    """Return the signs of an address that come out as empty boxes, each once, in their order.

    A sign with a mark counts as the one sign it is; invisible signs print nothing anyway.
    """
    signs = dict.fromkeys(normalize("NFC", "".join(lines)))
    return "".join(sign for sign in signs if category(sign) != "Cf" and not _is_printed(sign))


def _is_printed(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in PRINTED)
