"""Where a meeting stands between draft and documentation, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format

from network.enums import MeetingStatus
from network.models import Meeting
from network.rules import deadlines
from programme import clock

ORDER = (
    MeetingStatus.DRAFT,
    MeetingStatus.PUBLISHED,
    MeetingStatus.CLOSED,
    MeetingStatus.HELD,
    MeetingStatus.DOCUMENTED,
)


@dataclass(frozen=True)
class Step:
    """One station; `state` is "done", "current" or "coming", `note` says when it comes."""

    label: str
    state: str
    note: str = ""

    @property
    def words(self) -> str:
        """Say the state without colour."""
        return {"done": "erledigt", "current": "jetzt"}.get(self.state, "kommt noch")


@dataclass(frozen=True)
class Action:
    """A page of this meeting and what its link says."""

    page: str
    label: str


@dataclass(frozen=True)
class Steps:
    """The stations in order, one sentence, the next action and another one that is possible."""

    stations: tuple[Step, ...]
    sentence: str
    action: Action | None = None
    other: Action | None = None


INVITE = Action("network:invite", "Einladen")
PUBLISH = Action("network:publish_meeting", "Veröffentlichen")
CLOSE = Action("network:close_meeting", "Anmeldung schließen")
REOPEN = Action("network:reopen_meeting", "Anmeldung wieder öffnen")
HOLD = Action("network:hold_meeting", "Als durchgeführt eintragen")
CHECK_IN = Action("network:check_in", "Einlass")
MINUTES = Action("network:minutes", "Niederschrift")
CLOSE_OUT = Action("network:close_out", "Treffen abschließen")
ENDED: dict[str, tuple[str, Action | None, Action | None]] = {
    MeetingStatus.CANCELLED: ("Das Treffen ist abgesagt.", None, None),
    MeetingStatus.HELD: (
        "Das Treffen hat stattgefunden. Nun fehlen Niederschrift und Abschluss.",
        MINUTES,
        CLOSE_OUT,
    ),
    MeetingStatus.DOCUMENTED: ("Das Treffen ist dokumentiert.", None, None),
}


def steps(*, meeting: Meeting, has_invited: bool, moment: datetime) -> Steps:
    """Return the stations of a meeting and the next action; no query."""
    stations = _stations(meeting)
    if meeting.status in ENDED:
        return Steps(stations, *ENDED[meeting.status])
    if meeting.status == MeetingStatus.DRAFT:
        over = deadlines.is_over(
            starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment
        )
        return _draft(stations, over=over)
    if meeting.starts_at and clock.day_of(meeting.starts_at) <= clock.day_of(moment):
        return _today(stations, has_begun=meeting.starts_at <= moment)
    if meeting.status == MeetingStatus.CLOSED:
        return _closed(stations, meeting, moment)
    return _published(stations, meeting, has_invited=has_invited)


def _today(stations: tuple[Step, ...], *, has_begun: bool) -> Steps:
    if has_begun:
        sentence = "Das Treffen läuft. Nach dem Ende gilt es von selbst als durchgeführt."
        return Steps(stations, sentence, CHECK_IN, HOLD)
    return Steps(stations, "Heute ist das Treffen.", CHECK_IN)


def _draft(stations: tuple[Step, ...], *, over: bool) -> Steps:
    if over:
        sentence = "Das Treffen liegt zurück. Veröffentlicht steht es in der Chronik."
        return Steps(stations, sentence, PUBLISH)
    sentence = "Nur das Programmteam sieht den Entwurf. Mit dem Einladen wird er öffentlich."
    return Steps(stations, sentence, INVITE, PUBLISH)


def _published(stations: tuple[Step, ...], meeting: Meeting, *, has_invited: bool) -> Steps:
    if not has_invited:
        return Steps(stations, "Das Treffen ist öffentlich, eingeladen ist noch niemand.", INVITE)
    if meeting.reply_until is None:
        return Steps(stations, "Eingeladene Stellen antworten.", other=CLOSE)
    sentence = (
        f"Eingeladene Stellen antworten bis {date_format(_day(meeting.reply_until), 'j. F')}. "
        "Danach schließt die Anmeldung von selbst."
    )
    return Steps(stations, sentence, other=CLOSE)


def _closed(stations: tuple[Step, ...], meeting: Meeting, moment: datetime) -> Steps:
    sentence = (
        "Eingeladene Stellen können Angemeldete noch abmelden und ersetzen, alles andere "
        "geht mit einer Anfrage an Sie."
    )
    ran_out = meeting.reply_until is not None and meeting.reply_until <= moment
    return Steps(stations, sentence, other=None if ran_out else REOPEN)


def _stations(meeting: Meeting) -> tuple[Step, ...]:
    if meeting.status == MeetingStatus.CANCELLED:
        return (Step("Entwurf", "done"), Step("abgesagt", "current"))
    now = ORDER.index(MeetingStatus(meeting.status))
    return tuple(
        Step(str(status.label), _state(place, now), _note(meeting, status) if place > now else "")
        for place, status in enumerate(ORDER)
    )


def _state(place: int, now: int) -> str:
    if place == now:
        return "current"
    return "done" if place < now else "coming"


def _note(meeting: Meeting, status: MeetingStatus) -> str:
    moments = {MeetingStatus.CLOSED: meeting.reply_until, MeetingStatus.HELD: meeting.starts_at}
    moment = moments.get(status)
    return date_format(_day(moment), "j. F") if moment else ""


def _day(moment: datetime) -> date:
    return clock.day_of(moment)
