"""Which tables a live block shows, and the data that stands behind them."""

from collections.abc import Callable, Iterable
from typing import Any

from publications.enums import BlockKind
from publications.exports.tables import Cell, Column, DataTable

NOT_COUNTED = None  # shown as "k. A.", empty in files
LONGEST_KEY = 18


def tables_of(kind: str, data: dict[str, Any]) -> tuple[DataTable, ...]:
    """Return the tables of one live block, the one that is shown first; none for a text."""
    make = MAKERS.get(kind)
    return make(data) if make else ()


def _table(
    key: str,
    title: str,
    columns: Iterable[Column],
    rows: Iterable[dict[str, Any]],
    total: tuple[Cell, ...] = (),
) -> DataTable:
    known = tuple(columns)
    cells = tuple(tuple(row.get(column.name) for column in known) for row in rows)
    return DataTable(key, title, known, cells, total)


def _key_figures(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (Column("figure", "Kennzahl"), Column("value", "Wert"))
    rows = ((f"{label} {hint}", value) for value, label, hint in data["figures"])
    return (DataTable("kennzahlen", "Kennzahlen", columns, tuple(rows)),)


def _site_profiles(data: dict[str, Any]) -> tuple[DataTable, ...]:
    sites = (
        site
        | {"stage": "ausgeschieden" if site["is_withdrawn"] else "", "count": len(site["measures"])}
        for site in data["sites"]
    )
    measures = (
        measure | {"site": site["name"]} for site in data["sites"] for measure in site["measures"]
    )
    shown = _table(
        "standorte",
        "Die Standorte im Überblick",
        (
            Column("name", "Standort"),
            Column("stage", "Stand"),
            Column("coaching_days", "Begleittage"),
            Column("count", "Maßnahmen"),
            Column("measures_done", "davon umgesetzt"),
        ),
        sites,
    )
    behind = _table(
        "massnahmenliste",
        "Alle Maßnahmen der Standorte",
        (
            Column("title", "Maßnahme"),
            Column("site", "Standort"),
            Column("field", "Handlungsfeld"),
            Column("status", "Stand"),
            Column("balance", "Auftrag"),
        ),
        measures,
    )
    return shown, behind


def _participation_map(data: dict[str, Any]) -> tuple[DataTable, ...]:
    bodies = (
        body | {"coached": "ja" if body["office_id"] in data["site_offices"] else "nein"}
        for body in data["bodies"]
    )
    columns = (
        Column("name", "Körperschaft"),
        Column("short_name", "Kürzel"),
        Column("meetings", "Treffen mit Teilnahme"),
        Column("coached", "begleiteter Standort"),
    )
    return (_table("beteiligung", "Beteiligung nach Körperschaft", columns, bodies),)


def _meeting_list(data: dict[str, Any]) -> tuple[DataTable, ...]:
    counts = ("invited", "coming", "participants", "online")
    meetings = (
        meeting if meeting["invited"] else meeting | dict.fromkeys(counts, NOT_COUNTED)
        for meeting in data["meetings"]
    )
    columns = (
        Column("title", "Treffen"),
        Column("topic", "Thema"),
        Column("held", "Wann"),
        Column("place", "Wo"),
        Column("invited", "eingeladen"),
        Column("coming", "zugesagt"),
        Column("participants", "Teilnahmen"),
        Column("online", "davon online"),
    )
    return (_table("treffen", "Treffen des Landesnetzwerks", columns, meetings),)


def states_of(fields: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Return the states measures are counted by: key and German head.

    Editions from before counted measures that ended otherwise among the open ones.
    """
    states = (
        ("done", "umgesetzt"),
        ("unfinished", "noch offen"),
        ("stopped", "beendet ohne Umsetzung"),
    )
    return tuple(state for state in states if all(state[0] in field for field in fields))


def _measures_by_field(data: dict[str, Any]) -> tuple[DataTable, ...]:
    sides = (Column(key, title) for key, title in states_of(data["fields"]))
    columns = (Column("title", "Handlungsfeld"), *sides)
    title = "Anzahl der Maßnahmen nach Handlungsfeld und Stand"
    return (_table("massnahmen-nach-handlungsfeld", title, columns, data["fields"]),)


def _balance(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (
        Column("title", "Handlungsfeld"),
        Column("order", "eher Ordnung"),
        Column("both", "beides"),
        Column("integration", "eher Integration"),
    )
    title = "Maßnahmen nach Handlungsfeld und Auftrag"
    return (_table("massnahmen-nach-auftrag", title, columns, data["fields"]),)


def _funding_split(data: dict[str, Any]) -> tuple[DataTable, ...]:
    sources = (
        source | {"about": "ca." if source["is_approximate"] else ""} for source in data["sources"]
    )
    columns = (
        Column("name", "Quelle"),
        Column("about", "bewilligt: Genauigkeit"),
        Column("granted_eur", "bewilligt", "EUR"),
        Column("planned_eur", "geplant", "EUR"),
        Column("actual_eur", "ausgegeben", "EUR"),
    )
    total = ("Summe", "", data["granted_eur"], data["planned_eur"], data["actual_eur"])
    title = "Bewilligung, Plan und Ausgaben nach Förderquelle"
    return (_table("foerderung-nach-quelle", title, columns, sources, total),)


def _budget_lines(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (
        Column("title", "Einzelansatz"),
        Column("category", "Kostenart"),
        Column("planned_eur", "geplant", "EUR"),
        Column("actual_eur", "ausgegeben", "EUR"),
    )
    total = ("Summe", "", data["planned_eur"], data["actual_eur"])
    title = "Einzelansätze des Finanzierungsplans"
    return (_table("einzelansaetze", title, columns, data["lines"], total),)


def _before_after(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (
        Column("name", "Kennzahl"),
        Column("site", "Standort"),
        Column("before", "vorher"),
        Column("after", "nachher"),
        Column("change", "Veränderung"),
    )
    rows = (row | {"name": entry["name"]} for entry in data["indicators"] for row in entry["rows"])
    return (_table("wirkung", "Kennzahlen vorher und nachher", columns, rows),)


def _site_profile(data: dict[str, Any]) -> tuple[DataTable, ...]:
    """The indicators are shown as a table; facts, goals and measures stand behind it."""
    profile = data["profile"] or {"name": "", "slug": ""}
    site = profile["slug"][:LONGEST_KEY]
    columns = (
        Column("name", "Kennzahl"),
        Column("before", "vorher"),
        Column("after", "nachher"),
        Column("change", "Veränderung"),
    )
    facts = (Column("name", "Angabe"), Column("value", "Wert"))
    goals = (
        Column("title", "Ziel"),
        Column("target", "woran es zu erkennen ist"),
        Column("field", "Handlungsfeld"),
        Column("status", "Stand"),
    )
    measures = (
        Column("title", "Maßnahme"),
        Column("field", "Handlungsfeld"),
        Column("status", "Stand"),
        Column("balance", "Auftrag"),
    )
    parts = (
        ("kennzahlen", "Kennzahlen vorher und nachher", columns, "indicators"),
        ("steckbrief", "Steckbrief", facts, "facts"),
        ("ziele", "Ziele", goals, "goals"),
        ("massnahmen", "Maßnahmen", measures, "measures"),
    )
    return tuple(
        _table(f"{key}-{site}", f"{title}: {profile['name']}", known, profile.get(rows, ()))
        for key, title, known, rows in parts
    )


def _timeline(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (Column("when", "Wann"), Column("kind", "Was"), Column("text", "Ereignis"))
    return (_table("zeitverlauf", "Was wann geschehen ist", columns, data["milestones"]),)


def _survey(data: dict[str, Any]) -> tuple[DataTable, ...]:
    survey = data["survey"] or {"meeting": "", "questions": ()}
    columns = (
        Column("text", "Aussage"),
        Column("answered", "Antworten"),
        Column("agree", "stimmen zu"),
        Column("undecided", "teils, teils"),
        Column("disagree", "stimmen nicht zu"),
        Column("mean", "im Mittel (1 bis 5)"),
    )
    title = f"Ergebnisse der Befragung: {survey['meeting']}"
    return (_table("befragung", title, columns, survey["questions"]),)


MAKERS: dict[str, Callable[[dict[str, Any]], tuple[DataTable, ...]]] = {
    BlockKind.KEY_FIGURES: _key_figures,
    BlockKind.SITE_PROFILES: _site_profiles,
    BlockKind.PARTICIPATION_MAP: _participation_map,
    BlockKind.MEETING_LIST: _meeting_list,
    BlockKind.MEASURES_BY_FIELD: _measures_by_field,
    BlockKind.BALANCE: _balance,
    BlockKind.FUNDING_SPLIT: _funding_split,
    BlockKind.BUDGET_LINES: _budget_lines,
    BlockKind.BEFORE_AFTER: _before_after,
    BlockKind.SITE_PROFILE: _site_profile,
    BlockKind.TIMELINE: _timeline,
    BlockKind.SURVEY: _survey,
}
