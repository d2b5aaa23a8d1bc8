"""Which part of a file a `Range` header asks for (RFC 9110)."""

import re

LARGEST = 10**15
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


class NotSatisfiable(ValueError):
    """The part asked for lies outside the file."""


def wanted_part(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte, or None if the whole file should be sent.

    Several ranges or an unreadable header mean the whole file; a start behind the end raises
    NotSatisfiable.
    """
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = map(_number, found.groups())
    if first is None:
        start, end = max(size - (last or 0), 0), size - 1
    else:
        start, end = first, size - 1 if last is None else min(last, size - 1)
        if last is not None and last < first:
            return None
    if start >= size:
        raise NotSatisfiable(header)
    return start, end


def _number(digits: str) -> int | None:
    """Return the number, cut to what is larger than any file; None if there are no digits."""
    if not digits:
        return None
    known = digits.lstrip("0") or "0"
    return int(known) if len(known) < len(str(LARGEST)) else LARGEST
