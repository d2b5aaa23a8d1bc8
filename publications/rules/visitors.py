"""Whose visits count: people, not programs that collect pages."""

import re

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
