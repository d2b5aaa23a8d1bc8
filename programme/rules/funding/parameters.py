"""The numbers of the rules as facts: by source, key and day of validity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import ParameterKey, SourceKey
from programme.errors import RuleBroken
from programme.rules.funding.finding import day_text
from programme.rules.money import percent, written
from programme.units import unit_of

SHARE, EUR, YES_NO = "Anteil", "EUR", "1 = ja, 0 = nein"


@dataclass(frozen=True)
class LegalMaximum:
    """The highest share the law itself allows for a number (0.75 = 75 %), and where it says so."""

    share: Decimal
    basis: str


# What the law sets no notice and no office can raise: a number of a rule may only be stricter.
# The raised rate holds in justified cases alone, with a reason and a document (F03).
LEGAL_MAXIMA = {
    ParameterKey.MAX_EU_RATE: LegalMaximum(Decimal("0.75"), "Art. 16 Verordnung (EU) Nr. 514/2014"),
    ParameterKey.ABSOLUTE_MAX_EU_RATE: LegalMaximum(
        Decimal("0.90"), "Art. 16 Verordnung (EU) Nr. 514/2014, begründete Ausnahmefälle"
    ),
}


@dataclass(frozen=True)
class Parameter:
    """One number with its unit, validity (`valid_to` None: until further notice) and basis."""

    source: str
    source_name: str
    key: str
    value: Decimal
    unit: str
    valid_from: date
    valid_to: date | None
    basis: str
    is_confirmed: bool

    @property
    def label(self) -> str:
        """The name of the number in German."""
        return str(ParameterKey(self.key).label)

    @property
    def value_text(self) -> str:
        """The number as people read it: "75 %", "100.000,00 EUR", "6 Monate", "1 Monat", "ja"."""
        if self.unit == SHARE:
            return percent(self.value)
        if self.unit == EUR:
            return written(self.value)
        if self.unit == YES_NO:
            return "ja" if self.value else "nein"
        written_value = f"{self.value.normalize():f}".replace(".", ",")
        return f"{written_value} {unit_of(self.value, self.unit)}"

    @property
    def validity(self) -> str:
        """The validity in words: "ab 01.10.2015", "01.10.2015 bis 31.12.2018"."""
        start = day_text(self.valid_from)
        return f"{start} bis {day_text(self.valid_to)}" if self.valid_to else f"ab {start}"

    def holds_on(self, day: date) -> bool:
        """Tell whether the number is valid on a day; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class ParameterSet:
    """All numbers of a programme, in one place for all rules."""

    rows: tuple[Parameter, ...]

    def named(self, key: ParameterKey) -> tuple[Parameter, ...]:
        """Return every number of that name, of all sources and times."""
        return tuple(row for row in self.rows if row.key == key)

    def value(self, key: ParameterKey, *, source: SourceKey, on: date) -> Decimal:
        """Return the number of a source valid on a day; refuses (RuleBroken) if none is known."""
        found = self.find(key, source=source, on=on)
        if found is not None:
            return found
        raise RuleBroken(
            f"Für die Regelgröße „{key.label}“ der Quelle {source.label} gilt am "
            f"{day_text(on)} kein Wert. Bitte lassen Sie die Regelgröße eintragen."
        )

    def find(self, key: ParameterKey, *, source: str, on: date) -> Decimal | None:
        """Return the number of a source valid on a day, None if there is none."""
        rows = (row.value for row in self._valid(key, on) if row.source == source)
        return next(rows, None)

    def strictest(self, key: ParameterKey, *, on: date) -> Decimal | None:
        """Return the lowest number of all sources valid on a day, None if there is none."""
        return min((row.value for row in self._valid(key, on)), default=None)

    def longest(self, key: ParameterKey, *, on: date) -> Decimal | None:
        """Return the highest number of all sources valid on a day, None if there is none."""
        return max((row.value for row in self._valid(key, on)), default=None)

    def lawful(self, key: ParameterKey, *, on: date) -> Decimal | None:
        """Return the strictest number valid on a day, never above what the law allows (F02, F03).

        None if there is no number.
        """
        legal = LEGAL_MAXIMA.get(key)
        found = self.strictest(key, on=on)
        if legal is None or found is None:
            return found
        return min(found, legal.share)

    def _valid(self, key: ParameterKey, on: date) -> Iterator[Parameter]:
        return (row for row in self.named(key) if row.holds_on(on))
