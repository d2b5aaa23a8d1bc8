"""The events of a site told in sentences, each with the page it belongs to."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from sites.enums import (
    ApplicationStatus,
    CoachingDayState,
    CommunicationKind,
    IndicatorPhase,
    MeasureStatus,
    Phase,
)
from sites.models import Site


class Row(NamedTuple):
    """One event as the database tells it: what, when, of which record, two words about it."""

    day: date
    turn: int
    what: str
    ref: int
    words: str
    more: str


class Entry(NamedTuple):
    """One event as people read it, with its page."""

    day: date
    kind: str
    sentence: str
    url: str


def told(site: Site, row: Row) -> Entry:
    """Say in one sentence what happened and where to read more."""
    kind, say, page, args = TELLING[row.what]
    url = reverse(f"sites:{page}", args=[site.slug, *(args(row) if args else ())])
    if row.what == "called":
        url = reverse("sites:call", args=[row.more])
    sentence = say.format(words=row.words, more=row.more) if isinstance(say, str) else say(row)
    return Entry(row.day, kind, sentence, url)


def _ref(row: Row) -> tuple[int, ...]:
    return (row.ref,)


def _ended(words: str) -> Callable[[Row], str]:
    return lambda row: f"{words}: {row.words}" if row.words else f"{words}."


def _phase(words: str) -> Callable[[Row], str]:
    return lambda row: f"Die Phase „{Phase(row.words).label}“ {words}."


def _talked(row: Row) -> str:
    return f"{CommunicationKind(row.more).label}: {row.words}"


def _stepped(row: Row) -> str:
    return f"„{row.words}“: {MeasureStatus(row.more).label}"


def _measured(row: Row) -> str:
    return f"„{row.words}“: {IndicatorPhase(row.more).label} gemessen."


def _decided(row: Row) -> str:
    label = ApplicationStatus(row.more).label
    return f"Über die Bewerbung zu „{row.words}“ ist entschieden: {label}."


def _coached(row: Row) -> str:
    state = "" if row.more == CoachingDayState.CONFIRMED else CoachingDayState(row.more).label
    return f"Begleittag: {row.words}" + (f" ({state})" if state else "")


Say = str | Callable[[Row], str]
Args = Callable[[Row], tuple[int, ...]] | None
SELECTION, LIFE, PHASE, PART = "Aufruf und Auswahl", "Stand", "Phase", "Beitrag"
# What happened: kind, sentence, page, what the address of the page names beside the site.
TELLING: dict[str, tuple[str, Say, str, Args]] = {
    "called": (SELECTION, "Der Aufruf „{words}“ ist offen.", "site_file", None),
    "applied": (SELECTION, "Die Bewerbung zu „{words}“ ist abgegeben.", "site_file", None),
    "decided": (SELECTION, _decided, "site_file", None),
    "selected": (SELECTION, "Der Standort ist ausgewählt.", "site_file", None),
    "started": (LIFE, "Die Begleitung beginnt.", "site_file", None),
    "completed": (LIFE, _ended("Der Standort ist abgeschlossen"), "site_file", None),
    "withdrawn": (LIFE, _ended("Der Standort scheidet aus"), "site_file", None),
    "agreed": ("Vereinbarung", _ended("Die Vereinbarung ist geschlossen"), "site_file", None),
    "phase_begun": (PHASE, _phase("beginnt"), "site_phases", None),
    "phase_done": (PHASE, _phase("ist abgeschlossen"), "site_phases", None),
    "coached": ("Begleittag", _coached, "coaching_day", _ref),
    "talked": ("Kontakt", _talked, "communications", None),
    "stepped": ("Maßnahme", _stepped, "measure", _ref),
    "filed": ("Unterlage", "„{words}“, Fassung {more}, ist abgelegt.", "document", _ref),
    "measured": ("Kennzahl", _measured, "indicators", None),
    "written": (PART, "Fassung {words} des Beitrags zum Bericht ist da.", "contribution", None),
    "signed": (PART, "Fassung {words} des Beitrags ist freigegeben.", "contribution", None),
}
