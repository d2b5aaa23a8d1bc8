"""The map of the sites: every body one tile, the sites marked."""

from collections.abc import Sequence

from django.urls import reverse

from network.models import PublicBody
from programme.charts import Tile, TileMap
from sites.models import Site
from sites.queries.sites import SiteEntry

LEGEND = (
    ("site", "begleiteter Standort"),
    ("selected", "ausgewählt, Begleitung noch nicht begonnen"),
    ("withdrawn", "ausgewählt und wieder ausgeschieden"),
    ("neutral", "weitere Ausländerbehörde in Hessen"),
)


def site_map(*, entries: Sequence[SiteEntry], bodies: Sequence[PublicBody]) -> TileMap:
    """Return the map of Hessen with the sites of these entries; asks no database."""
    sites = {body.pk: entry for entry in entries for body in entry.bodies}
    tones = {_tone(entry.site) for entry in entries}
    legend = tuple(row for row in LEGEND if row[0] in {"site", "neutral"} | tones)
    return TileMap(
        key="standorte",
        title="Karte der Standorte",
        description=(
            "Jede Kachel steht für einen Landkreis oder eine Stadt mit eigener "
            "Ausländerbehörde in Hessen, ungefähr in ihrer Lage. Hervorgehoben sind die Standorte "
            "des Programms. Die Liste neben der Karte enthält dieselben Angaben."
        ),
        tiles=tuple(_tile(body, sites.get(body.pk)) for body in bodies),
        legend=legend,
    )


def _tone(site: Site) -> str:
    if site.is_coached:
        return "site"
    return "withdrawn" if site.is_withdrawn else "selected"


def _tile(body: PublicBody, entry: SiteEntry | None) -> Tile:
    return Tile(
        code=body.short_name,
        name=body.name,
        column=body.tile_column,
        row=body.tile_row,
        tone=_tone(entry.site) if entry else "neutral",
        text="kein Standort" if entry is None else entry.site.get_status_display(),
        url="" if entry is None else reverse("sites:site", args=[entry.site.slug]),
    )
