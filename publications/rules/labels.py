"""Where labels lie on their sheets of A4, and how large an address may be set on one."""

from collections.abc import Sequence
from dataclasses import dataclass

from publications.enums import LabelSheet

POINT_MM = 25.4 / 72
LEADING = 1.18
SIZES_PT = (11, 10, 9, 8, 7, 6)
WIDE, NARROW = set("ABCDEFGHKLMNOPQRSTUVWXYZÄÖÜmw@%&—"), set("iljtfrI.,:;'|()! -")
PADDING_MM = (5.0, 4.0)  # left and right, top and bottom


@dataclass(frozen=True)
class Sheet:
    """A sheet in millimetres: its labels begin at `left`, `top` and repeat every `step`."""

    key: LabelSheet
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    step_across: float

    @property
    def labels(self) -> int:
        """Return how many labels a sheet has."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return left and top in millimetres of a label, counted from 1 along the rows."""
        row, column = divmod(place - 1, self.columns)
        return self.left + column * self.step_across, self.top + row * self.height


SHEETS = {
    sheet.key: sheet
    for sheet in (
        Sheet(LabelSheet.A4_24, 3, 8, 70.0, 36.0, 0.0, 4.5, 70.0),
        Sheet(LabelSheet.A4_21, 3, 7, 63.5, 38.1, 7.25, 15.15, 66.0),
        Sheet(LabelSheet.A4_14, 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6),
        Sheet(LabelSheet.A4_12, 2, 6, 105.0, 48.0, 0.0, 4.5, 105.0),
    )
}

# The window of an envelope on the slip (DIN 5008), below the line of the sender.
WINDOW = Sheet(LabelSheet.A4_24, 1, 1, 90.0, 42.0, 20.0, 45.0, 90.0)


def places(*, sheet: Sheet, first: int, amount: int) -> list[list[int]]:
    """Return for each sheet the places (from 1) its labels go to; the first sheet was begun.

    Refuses nothing; `first` beyond the sheet begins a new one.
    """
    begin = first - 1 if 1 <= first <= sheet.labels else 0
    every = [number % sheet.labels + 1 for number in range(begin, begin + amount)]
    sheets: list[list[int]] = []
    for place in every:
        if place == 1 or not sheets:
            sheets.append([])
        sheets[-1].append(place)
    return sheets


def size(lines: Sequence[str], sheet: Sheet) -> int:
    """Return the largest size in points at which an address fits on a label of this sheet.

    Returns the smallest size even if that is too large; `fitting` shortens the address then.
    """
    return next((each for each in SIZES_PT if _fits(lines, sheet, each)), SIZES_PT[-1])


def fitting(lines: Sequence[str], sheet: Sheet) -> list[str]:
    """Return the address so that it fits: the longest line above the street is shortened first.

    Street and town, the last two lines, are never shortened.
    """
    kept = list(lines)
    while not _fits(kept, sheet, SIZES_PT[-1]) and len(kept) > 2:
        longest = max(range(len(kept) - 2), key=lambda place: len(kept[place]))
        shorter = kept[longest].rstrip("…")[:-8].rstrip(" ,")
        if len(shorter) < 8:
            del kept[longest]
        else:
            kept[longest] = f"{shorter}…"
    return kept


def _fits(lines: Sequence[str], sheet: Sheet, points: int) -> bool:
    across, down = PADDING_MM
    room = sheet.width - 2 * across
    height = sum(_rows(line, room, points) for line in lines) * points * LEADING * POINT_MM
    return height <= sheet.height - 2 * down


def _rows(line: str, room_mm: float, points: int) -> int:
    """Return in how many rows a line breaks; a word longer than a row is broken."""
    rows, used, blank = 1, 0.0, _width(" ", points)
    for word in line.split():
        width = _width(word, points)
        if used and used + blank + width > room_mm:
            rows, used = rows + 1, 0.0
        while width > room_mm:
            rows, width = rows + 1, width - room_mm
        used += width + (blank if used else 0)
    return rows


def _width(text: str, points: int) -> float:
    ems = sum(0.72 if sign in WIDE else 0.34 if sign in NARROW else 0.58 for sign in text)
    return ems * points * POINT_MM
