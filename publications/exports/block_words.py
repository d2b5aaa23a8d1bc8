"""What a live block says outside its tables: figures with a name, and sentences."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import strip_tags

from programme.charts import plain
from publications.enums import BlockKind
from publications.exports.markdown import write


def figures_of(kind: str, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Return the figures no table of the block holds: name and value as readers see it.

    `data` are those of an item of a reading; a value is empty where there is none.
    """
    match kind:
        case BlockKind.SITE_PROFILES:
            for site in _told(data):
                hours = plain(site["coaching_hours"]) if site["coaching_days"] else ""
                yield f"{site['name']}: Stunden Begleitung", hours
                yield from _efforts(site["name"], site["measures"])
        case BlockKind.SITE_PROFILE if data["profile"]:
            profile = data["profile"]
            yield from _efforts(profile["name"], (*profile["measures"], *profile["cards"]))
        case BlockKind.PRACTICE_CARDS:
            for card in data["cards"]:
                yield from _efforts(card["site"], (card,))
        case BlockKind.SURVEY if data["survey"]:
            survey = data["survey"]
            for name, key in (("befragt", "sent"), ("geantwortet", "answered")):
                yield f"Befragung nach „{survey['meeting']}“: {name}", str(survey[key])
            yield f"Befragung nach „{survey['meeting']}“: Rücklauf", survey["rate"]


def sentences_of(kind: str, data: dict[str, Any]) -> Iterator[str]:
    """Return the texts the block shows outside its tables, in their order."""
    match kind:
        case BlockKind.SITE_PROFILES:
            for site in _told(data):
                yield from _site(site)
        case BlockKind.SITE_PROFILE if data["profile"]:
            yield from _site(data["profile"])
            yield from _named(data["profile"]["cards"], "problem", "effect")
        case BlockKind.PRACTICE_CARDS:
            yield from _named(data["cards"], "problem", "effect")
        case BlockKind.BALANCE:
            yield from _named(data["examples"], "reconciliation", "balance")
        case BlockKind.PICTURE:
            yield from filter(None, (data["caption"], data["credit"], data["alt"]))
        case BlockKind.IMPRINT:
            yield from (str(value) for value in data["imprint"].values() if value)
    yield note_of(kind, data)


def note_of(kind: str, data: dict[str, Any]) -> str:
    """Return what the table of the block leaves out, as a sentence; empty where it tells all.

    Empty, too, for editions from before, which did not count it.
    """
    match kind:
        case BlockKind.BALANCE:
            fields = data["fields"]
            weighed = _sum(fields, "order", "both", "integration")
            whole = _sum(fields, "done", "unfinished", "stopped")
            return _left_out(whole - weighed, whole, "Maßnahmen liegt keine Einschätzung vor.")
        case BlockKind.TIMELINE if "measures_done" in data:
            whole = data["measures_done"]
            return _left_out(
                whole - data["measures_dated"],
                whole,
                "umgesetzten Maßnahmen ist kein Monat innerhalb der Laufzeit festgehalten; "
                "die Tabelle nennt sie nicht.",
            )
    return ""


def _sum(rows: Iterable[dict[str, Any]], *keys: str) -> int:
    return sum(row.get(key, 0) for row in rows for key in keys)


def _left_out(count: int, whole: int, told: str) -> str:
    if count <= 0:
        return ""
    return f"Bei {'einer' if count == 1 else count} von {whole} {told}"


def _told(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Sites that left the programme stand in the tables only."""
    return (site for site in data["sites"] if not site["is_withdrawn"])


def _efforts(site: str, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    return ((f"{row['title']} ({site}): Aufwand", row.get("effort", "")) for row in rows)


def _site(site: dict[str, Any]) -> Iterator[str]:
    for key in ("summary", "starting_point"):
        yield strip_tags(write(site[key], targets={}).html)
    yield from _named(site["measures"], "description", "effect")
    for key in ("result", "lessons"):
        yield strip_tags(write(site[key], targets={}).html)


def _named(rows: Iterable[dict[str, Any]], *keys: str) -> Iterator[str]:
    return (f"{row['title']}: {row[key]}" for row in rows for key in keys if row.get(key))
