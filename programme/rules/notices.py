"""What the portal has news about, who is offered it, and when letters with news leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from programme import clock
from programme.enums import NoticeSpeed, Role
from programme.errors import RuleBroken

MORNING = time(7)
MONDAY, SATURDAY = 0, 5
MOST_ENTRIES = 50
# In addresses: everything that comes in collected letters.
COLLECTED = "gesammelt"
UNKNOWN = "Dieses Thema gibt es nicht."


@dataclass(frozen=True)
class Topic:
    """One kind of news: its name, what it tells, how soon unless somebody chose, for whom."""

    key: str
    label: str
    speed: NoticeSpeed
    explanation: str
    roles: frozenset[str]


SITE_PEOPLE = frozenset({Role.SITE, Role.COACH, Role.OFFICE})
TEAM = frozenset({Role.OFFICE})

TOPICS = (
    Topic(
        "coaching",
        "Begleittage",
        NoticeSpeed.DAILY,
        "Ein Begleittag ist eingetragen, bestätigt oder zurückgegeben.",
        SITE_PEOPLE,
    ),
    Topic(
        "steps",
        "Nächste Schritte",
        NoticeSpeed.DAILY,
        "Ein vereinbarter Schritt ist bald fällig, überfällig oder erledigt.",
        SITE_PEOPLE,
    ),
    Topic(
        "measures",
        "Ziele und Maßnahmen",
        NoticeSpeed.DAILY,
        "Ein Ziel oder eine Maßnahme ist neu, oder ihr Stand hat sich geändert.",
        SITE_PEOPLE,
    ),
    Topic(
        "phases",
        "Stand und Phasen der Standorte",
        NoticeSpeed.DAILY,
        "Ein Standort hat einen neuen Stand oder eine weitere zuständige Person, oder eine Phase "
        "hat nicht zum geplanten Tag begonnen oder geendet.",
        SITE_PEOPLE,
    ),
    Topic(
        "indicators",
        "Kennzahlen",
        NoticeSpeed.WEEKLY,
        "Werte sind eingetragen oder geändert, oder eine Kennzahl ist anders festgelegt.",
        SITE_PEOPLE,
    ),
    Topic(
        "documents",
        "Unterlagen der Standorte",
        NoticeSpeed.DAILY,
        "Eine Unterlage ist neu oder liegt in einer neuen Fassung vor.",
        SITE_PEOPLE,
    ),
    Topic(
        "contributions",
        "Beiträge zum Bericht",
        NoticeSpeed.DAILY,
        "Ein Beitrag ist abgegeben, kommentiert, zurückgegeben oder freigegeben.",
        SITE_PEOPLE,
    ),
    Topic(
        "practice",
        "Praxisbausteine",
        NoticeSpeed.WEEKLY,
        "Ein Baustein ist neu freigegeben, oder eine Stelle probiert Ihren Baustein aus.",
        SITE_PEOPLE | {Role.MEMBER},
    ),
    Topic(
        "applications",
        "Bewerbungen als Standort",
        NoticeSpeed.DAILY,
        "Eine Behörde hat ihre Bewerbung abgegeben.",
        TEAM,
    ),
    Topic(
        "network",
        "Kalenderantworten",
        NoticeSpeed.DAILY,
        "Eine Antwort aus einem Kalender ist nicht eindeutig und wartet auf Sie.",
        TEAM,
    ),
    Topic(
        "post",
        "Postausgang",
        NoticeSpeed.DAILY,
        "Eine E-Mail des Portals ist nicht angekommen.",
        TEAM | {Role.ADMIN},
    ),
)
_BY_KEY = {topic.key: topic for topic in TOPICS}


def topic(key: str) -> Topic:
    """Return the topic with this key; RuleBroken if there is none."""
    if key not in _BY_KEY:
        raise RuleBroken(UNKNOWN, field="topic")
    return _BY_KEY[key]


def speed_without_choice(key: str) -> str:
    """Return how soon people hear of a topic unless they chose; of one that is gone, never."""
    return _BY_KEY[key].speed if key in _BY_KEY else NoticeSpeed.NEVER


def offered(roles: Iterable[str]) -> tuple[Topic, ...]:
    """Return what people with these roles can hear of, in the order of the page."""
    held = frozenset(roles)
    return tuple(each for each in TOPICS if each.roles & held)


def last_daily(moment: datetime) -> datetime:
    """Return when the latest daily letter was to leave: weekdays at seven in the morning."""
    day = clock.day_of(moment)
    while clock.at(day, MORNING) > moment or day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return clock.at(day, MORNING)


def last_weekly(moment: datetime) -> datetime:
    """Return when the latest weekly letter was to leave: Mondays at seven in the morning."""
    day = clock.day_of(moment)
    while clock.at(day, MORNING) > moment or day.weekday() != MONDAY:
        day -= timedelta(days=1)
    return clock.at(day, MORNING)


def is_due(*, speed: str, since: datetime, moment: datetime) -> bool:
    """Tell whether news from `since` belong into a collected letter that leaves at `moment`.

    It looks at what should have left by now, not at when the last one left: after a standstill,
    a jump of the clock or the change to summer time each piece of news still goes once. What
    waited when somebody chose "sofort" goes with the next daily letter.
    """
    if speed == NoticeSpeed.NEVER:
        return False
    return since < (last_weekly if speed == NoticeSpeed.WEEKLY else last_daily)(moment)
