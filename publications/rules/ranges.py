"""Which part of a file a `Range` header asks for (RFC 9110)."""

import re

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
    first, last = found.groups()
    if len(first) > 15 or len(last) > 15:
        raise NotSatisfiable(header)
    if not first:
        start, end = max(size - int(last), 0), size - 1
        if int(last) == 0:
            raise NotSatisfiable(header)
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < int(first):
            return None
    if start >= size:
        raise NotSatisfiable(header)
    return start, end
