"""Drawings of the report, made from frozen values; page and PDF show the same ones."""

from decimal import Decimal
from textwrap import shorten
from typing import Any

from programme.charts import BarChart, Series, Tile, TileMap
from programme.rules.money import written
from publications.exports.block_tables import states_of

LABEL = 54  # characters above a bar; the table beside it says all


def measures_by_field(data: dict[str, Any]) -> BarChart:
    """Measures of each field of action: done, still under way, ended otherwise."""
    fields = data["fields"]
    tones = ("actual", "planned", "neutral")
    return BarChart(
        key="massnahmen",
        title="Maßnahmen nach Handlungsfeld",
        description=_told(fields, *states_of(fields)),
        unit="",  # the name of the series says what is counted
        categories=_titles(fields),
        series=tuple(
            Series(label, _numbers(fields, key), tone)
            for (key, label), tone in zip(states_of(fields), tones, strict=False)
        ),
    )


def balance(data: dict[str, Any]) -> BarChart:
    """Measures of each field of action by the side they serve."""
    fields = data["fields"]
    return BarChart(
        key="gleichgewicht",
        title="Welchem Auftrag die Maßnahmen dienen",
        description=_told(
            fields,
            ("order", "eher Ordnung"),
            ("both", "beiden gleichermaßen"),
            ("integration", "eher Integration"),
        ),
        unit="",  # the name of the series says what is counted
        categories=_titles(fields),
        series=(
            Series("eher Ordnung", _numbers(fields, "order"), "order"),
            Series("beides", _numbers(fields, "both"), "neutral"),
            Series("eher Integration", _numbers(fields, "integration"), "integration"),
        ),
    )


def funding_split(data: dict[str, Any]) -> BarChart:
    """Plan and actual of each source in EUR."""
    return _plan_and_actual("foerderung", "Plan und Ist nach Förderquelle", data["sources"], "name")


def budget_lines(data: dict[str, Any]) -> BarChart:
    """Plan and actual of each line of the financing plan in EUR."""
    return _plan_and_actual("ansaetze", "Plan und Ist nach Einzelansatz", data["lines"], "title")


def before_after(name: str, entry: dict[str, Any]) -> BarChart:
    """Bars of one indicator, of the sites that may be compared; small numbers never get here."""
    rows = entry["rows"]
    return BarChart(
        key=f"wirkung-{name}",
        title=entry["name"],
        description=entry["sentence"],
        unit=entry["unit"],
        categories=tuple(row["site"] for row in rows),
        series=(
            Series("vorher", tuple(Decimal(row["before_number"]) for row in rows), "planned"),
            Series("nachher", tuple(Decimal(row["after_number"]) for row in rows), "actual"),
        ),
    )


def survey(name: str, told: dict[str, Any]) -> BarChart:
    """How many agreed with each statement of a survey and how many did not."""
    rows = told["questions"]
    sides = (
        ("agree", "Zustimmung"),
        ("undecided", "teils, teils"),
        ("disagree", "Ablehnung"),
    )
    words = (
        f"{row['text']} " + ", ".join(f"{row[key]} {label}" for key, label in sides) for row in rows
    )
    tones = ("actual", "neutral", "planned")
    return BarChart(
        key=f"befragung-{name}",
        title=f"Antworten nach „{told['meeting']}“",
        description=f"{'; '.join(words)}.",
        unit="",  # the name of the series says what is counted
        categories=tuple(shorten(row["text"], LABEL, placeholder=" …") for row in rows),
        series=tuple(
            Series(label, tuple(Decimal(row[key]) for row in rows), tone)
            for (key, label), tone in zip(sides, tones, strict=True)
        ),
        axis="Aussage",
    )


def participation_map(data: dict[str, Any]) -> TileMap:
    """Every district and city of Hessen as a tile: coached, taken part, neither."""
    return TileMap(
        key="karte",
        title="Beteiligung am Landesnetzwerk",
        description=_map_told(data),
        tiles=tuple(_tile(body, data["site_offices"]) for body in data["bodies"]),
        legend=(
            ("site", "begleiteter Standort"),
            ("coming", "bei mindestens einem Treffen dabei"),
            ("neutral", "eingeladen"),
        ),
    )


def _tile(body: dict[str, Any], site_offices: list[int]) -> Tile:
    meetings = body["meetings"]
    tone = "coming" if meetings else "neutral"
    text = f"bei {meetings} Treffen dabei" if meetings else "eingeladen"
    if body["office_id"] in site_offices:
        tone, text = "site", f"begleiteter Standort, {text}"
    return Tile(body["short_name"], body["name"], body["column"], body["row"], tone, text)


def _map_told(data: dict[str, Any]) -> str:
    bodies = data["bodies"]
    present = [body for body in bodies if body["meetings"]]
    coached = [body["name"] for body in bodies if body["office_id"] in data["site_offices"]]
    return (
        f"Kachelkarte Hessens mit {len(bodies)} Körperschaften. Begleitete Standorte: "
        f"{', '.join(coached) or 'keine'}. Bei mindestens einem Treffen dabei: {len(present)}."
    )


def _plan_and_actual(key: str, title: str, rows: list[dict[str, Any]], name: str) -> BarChart:
    told = "; ".join(
        f"{row[name]}: geplant {written(Decimal(row['planned_eur']))}, "
        f"ausgegeben {written(Decimal(row['actual_eur']))}"
        for row in rows
    )
    return BarChart(
        key=key,
        title=title,
        description=f"{told}.",
        unit="EUR",
        categories=tuple(row[name] for row in rows),
        series=(
            Series("geplant", tuple(Decimal(row["planned_eur"]) for row in rows), "planned"),
            Series("ausgegeben", tuple(Decimal(row["actual_eur"]) for row in rows), "actual"),
        ),
    )


def _titles(fields: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(field["title"] for field in fields)


def _numbers(fields: list[dict[str, Any]], name: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(field[name]) for field in fields)


def _told(fields: list[dict[str, Any]], *sides: tuple[str, str]) -> str:
    """Say the whole chart in words, for those who do not see it."""
    parts = (
        f"{field['title']}: " + ", ".join(f"{field[name]} {label}" for name, label in sides)
        for field in fields
    )
    return f"{'; '.join(parts)}."
