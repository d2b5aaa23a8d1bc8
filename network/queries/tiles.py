"""The bodies of Hessen as tiles: the same map shows the network and the answers."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from network.models import PublicBody
from programme.charts import Tile, TileMap


class TileState(NamedTuple):
    """What a tile says about its office: tone of the drawing, words, where it leads."""

    tone: str
    text: str
    url: str = ""


def bodies(*, day: date) -> list[PublicBody]:
    """Return the 33 bodies as they stand on that day with their offices; one query."""
    return list(PublicBody.objects.on(day).select_related("office"))


def hessen_map(
    *,
    key: str,
    title: str,
    description: str,
    bodies: list[PublicBody],
    state: Callable[[PublicBody], TileState],
    legend: tuple[tuple[str, str], ...],
) -> TileMap:
    """Return the map with one tile a body; two bodies of one office get the same state."""
    tiles = tuple(_tile(body, state(body)) for body in sorted(bodies, key=_reading_order))
    return TileMap(key=key, title=title, description=description, tiles=tiles, legend=legend)


def _tile(body: PublicBody, state: TileState) -> Tile:
    return Tile(
        code=body.short_name,
        name=body.name,
        column=body.tile_column,
        row=body.tile_row,
        tone=state.tone,
        text=state.text,
        url=state.url,
    )


def _reading_order(body: PublicBody) -> tuple[int, int]:
    return body.tile_row, body.tile_column
