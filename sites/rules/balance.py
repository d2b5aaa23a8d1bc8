"""The weight of measures between public order and integration, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from programme.charts import BarChart, Series
from sites.enums import Balance

NEUTRAL = (
    "Ordnungs- und Integrationsaufgaben sind beide gesetzlicher Auftrag der Ausländerbehörden. "
    "Das Programm ersetzt nicht die eine durch die andere, sondern sucht Arbeitsweisen, die "
    "beiden gerecht werden."
)
SIDES = (
    (-1, "eher Ordnungsaufgaben", "order"),
    (0, "beiden gleichermaßen", "neutral"),
    (1, "eher Integrationsaufgaben", "integration"),
)
# The same in few letters, where a bar or the head of a column leaves little room.
BARS = {-1: "eher Ordnung", 0: "beiden gleich", 1: "eher Integration"}
COLUMNS = {
    Balance.ORDER: "vor allem Ordnung",
    Balance.MORE_ORDER: "eher Ordnung",
    Balance.BOTH: "beiden gleich",
    Balance.MORE_INTEGRATION: "eher Integration",
    Balance.INTEGRATION: "vor allem Integration",
}
Counted = Mapping[int | None, int]


@dataclass(frozen=True)
class FieldBalance:
    """The measures of one field of action by weight; None counts those nobody weighed."""

    title: str
    counts: Counted

    @property
    def cells(self) -> tuple[tuple[str, int], ...]:
        """Return the five weights in words with their numbers, last the open ones."""
        weighed = tuple((words, self.counts.get(weight, 0)) for weight, words in COLUMNS.items())
        return (*weighed, ("nicht eingeschätzt", self.counts.get(None, 0)))

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def on(self, side: int) -> int:
        """Return how many lean to a side: -1 order, 0 both alike, 1 integration."""
        weighed = ((value, n) for value, n in self.counts.items() if value is not None)
        return sum(n for value, n in weighed if (value > 0) - (value < 0) == side)


def needs_reconciliation(balance: int | None) -> bool:
    """Say whether the note is due: as soon as a measure serves one group of tasks more.

    Both groups are statutory, so whoever leans to one side says how the other was kept.
    """
    return balance is not None and balance != Balance.BOTH


def sentence(fields: Iterable[FieldBalance]) -> str:
    """Say in one sentence how the measures of all fields are weighed."""
    summed: Counter[int | None] = Counter()
    for field in fields:
        summed.update(field.counts)
    whole = FieldBalance("", summed)
    weighed = whole.total - summed[None]
    if not weighed:
        return (
            "Noch ist zu keiner veröffentlichten Maßnahme eingeschätzt, welchen Aufgaben sie dient."
        )
    parts = [f"{whole.on(side)} {words}" for side, words, _ in SIDES if whole.on(side)]
    listed = " und ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    verb = "dient" if weighed == 1 else "dienen"
    rest = summed[None]
    tail = f"; {rest} {'ist' if rest == 1 else 'sind'} nicht eingeschätzt" if rest else ""
    return f"Von {_measures(whole.total)} {verb} {listed}{tail}."


def _measures(number: int) -> str:
    return (
        "einer veröffentlichten Maßnahme"
        if number == 1
        else (f"{number} veröffentlichten Maßnahmen")
    )


def chart(fields: Iterable[FieldBalance], *, description: str) -> BarChart:
    """Return the bars of each field of action: order, both alike, integration."""
    rows = tuple(fields)
    return BarChart(
        key="ausgewogenheit",
        title="Welchen Aufgaben die Maßnahmen dienen",
        description=description,
        unit="",
        categories=tuple(row.title for row in rows),
        series=tuple(
            Series(BARS[side], tuple(Decimal(row.on(side)) for row in rows), tone)
            for side, _, tone in SIDES
        ),
    )
