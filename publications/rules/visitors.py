"""Whose visits count: people, not programs that collect pages."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date

# Programs name themselves in the header User-Agent; these words stand in the names of nearly all.
PROGRAMS = re.compile(
    r"bot\b|bot[/ _-]|crawl|spider|slurp|fetch|scrap|harvest|monitor|archiv|preview|validator|"
    r"headless|phantom|lighthouse|facebookexternalhit|curl|wget|httpie|libwww|python|urllib|"
    r"aiohttp|okhttp|go-http|java/|ruby|perl|axios|node|scanner|feed|rss",
    re.IGNORECASE,
)


def is_program(agent: str) -> bool:
    """Say whether a User-Agent is no reader's browser; one without a name is none either."""
    return not agent.strip() or PROGRAMS.search(agent) is not None


@dataclass(frozen=True)
class Visit:
    """One visitor fetched one file of an edition on this day; equal ones are the same again.

    What recognises the visitor is a keyed hash of the day, never the address.
    """

    edition: int
    format: str
    day: date
    visitor: str


def visit(*, edition: int, form: str, day: date, address: str, agent: str, key: str) -> Visit:
    """Return what is kept of a visit; `key` is the portal's secret."""
    text = f"download:{day}:{edition}:{form}:{address}:{agent}".encode()
    seen = hmac.new(key.encode(), text, hashlib.sha256).hexdigest()
    return Visit(edition, form, day, seen)
