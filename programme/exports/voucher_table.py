"""The list of vouchers as a table for spreadsheets; no cell is ever a formula."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from programme.exports.proofs import COLUMNS, parts
from programme.exports.sheets import write_table
from programme.models import User, Voucher
from programme.permissions import may_read_voucher
from programme.queries.proofs import listed
from programme.rules.proofs import HIDDEN, NAMING

# A proof numbers its rows; this table is sorted and narrowed at will.
SHOWN = tuple((key, title) for key, title in COLUMNS if key != "running")
WIDTHS = {"line": 30, "payee": 34, "reason": 44, "files": 34, "remark": 34}
WIDTH = 18


def write_vouchers(
    path: Path, *, rows: Iterable[Voucher], sources: Sequence[str], reader: User
) -> None:
    """Write vouchers as CSV or XLSX, as the path ends, with a column for each source.

    What a sensitive voucher says of anybody stays out where the reader may not read it.
    """
    write_table(
        path,
        title="Belege",
        headers=[title for _, title in SHOWN] + ["Stand"] + [f"Anteil {name}" for name in sources],
        widths=[WIDTHS.get(key, WIDTH) for key, _ in SHOWN] + [WIDTH] * (1 + len(sources)),
        rows=(_cells(row, sources, reader) for row in rows),
    )


def _cells(row: Voucher, sources: Sequence[str], reader: User) -> list[str]:
    told = listed(0, row)
    if not may_read_voucher(reader, row):
        told |= dict.fromkeys(NAMING, HIDDEN)
    return [told[key] for key, _ in SHOWN] + [
        row.get_status_display(),
        *parts(told["sources"], sources),
    ]
