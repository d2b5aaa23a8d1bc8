"""What a site may still receive, and which dates ask for a second look."""

from datetime import date

from sites.enums import SiteStatus
from sites.models import Site

TAKES_ENTRIES = frozenset({SiteStatus.SELECTED, SiteStatus.ACTIVE, SiteStatus.COMPLETED})


def takes_entries(status: str) -> bool:
    """Say whether measures and coaching days may be added; looking back stays possible."""
    return status in TAKES_ENTRIES


def why_closed(site: Site) -> str:
    """Return why a site takes no entries, for those who would write; empty while it takes them."""
    if takes_entries(site.status):
        return ""
    if not site.is_withdrawn:
        return f"{site.name} ist noch nicht ausgewählt. Eintragen können Sie hier ab der Auswahl."
    day = f" am {site.withdrawn_on:%d.%m.%Y}" if site.withdrawn_on else ""
    reason = f" Grund: {site.withdrawn_reason.rstrip('.')}." if site.withdrawn_reason else ""
    return (
        f"{site.name} ist{day} ausgeschieden.{reason} Was bis dahin eingetragen wurde, bleibt "
        "lesbar; Neues kommt nicht hinzu."
    )


def takes_documents(status: str, *, from_team: bool) -> bool:
    """Say whether documents may be filed: until a site has left, by the team afterwards too.

    The letter that ends the coaching is written after the end.
    """
    return from_team or status != SiteStatus.WITHDRAWN


def lies_outside(day: date | None, starts_on: date, ends_on: date) -> bool:
    """Say whether a day lies outside the run time; an open day never does."""
    return day is not None and not starts_on <= day <= ends_on


FOLLOWS: dict[str, frozenset[str]] = {
    SiteStatus.APPLIED: frozenset({SiteStatus.SELECTED}),
    SiteStatus.SELECTED: frozenset({SiteStatus.ACTIVE, SiteStatus.WITHDRAWN}),
    SiteStatus.ACTIVE: frozenset({SiteStatus.COMPLETED, SiteStatus.WITHDRAWN}),
}


def may_become(status: str, wanted: SiteStatus) -> bool:
    """Say whether a site with this status may take the wanted one; ends are final."""
    return wanted in FOLLOWS.get(status, frozenset())


def why_not(site: Site, wanted: SiteStatus) -> str:
    """Return why a site cannot take the wanted status; empty if it can."""
    if may_become(site.status, wanted):
        return ""
    final = "" if site.status in FOLLOWS else " Dieser Stand ist endgültig."
    return (
        f"{site.name} hat den Stand „{site.get_status_display()}“ und kann nicht den Stand "
        f"„{wanted.label}“ bekommen.{final}"
    )
