"""What readers need to know to read an effect."""

from collections.abc import Iterable
from typing import Any

from django import template

from sites.rules.effects import NO_BREAK

register = template.Library()


@register.filter
def any_n(rows: Iterable[dict[str, Any]] | None) -> bool:
    """Say whether an effect of the rows names the number of cases it rests on."""
    return any(f"(n{NO_BREAK}" in row.get("effect", "") for row in rows or ())


@register.filter
def any_n_of_sites(sites: Iterable[dict[str, Any]]) -> bool:
    """Say whether an effect of any site names the number of cases it rests on."""
    return any(any_n(site["measures"]) for site in sites)
