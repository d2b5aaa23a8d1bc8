"""The tables of an edition as plain rows: for CSV, XLSX, JSON, the PDF and the comparison."""

from dataclasses import dataclass, replace
from decimal import Decimal

from programme.rules.money import rounded

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Column:
    """One column: its name in files, its German head, the unit of its numbers."""

    name: str
    title: str
    unit: str = ""

    @property
    def head(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class DataTable:
    """A table of the edition; `number` is 0 where the data stands behind another table."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    number: int = 0

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(column.head for column in self.columns)

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        return (*self.rows, self.total) if self.total else self.rows


def numbered(tables: tuple[DataTable, ...], number: int, taken: set[str]) -> tuple[DataTable, ...]:
    """Give the first table its number and every table a key of its own within the edition."""
    result = []
    for place, table in enumerate(tables):
        key, turn = table.key, 2
        while key in taken:
            key, turn = f"{table.key}-{turn}", turn + 1
        taken.add(key)
        result.append(replace(table, key=key, number=0 if place else number))
    return tuple(result)


def told(cell: Cell) -> str:
    """Write a cell as German spreadsheets read it: no points between thousands, no unit."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return str(rounded(cell)).replace(".", ",")
    return str(cell)
