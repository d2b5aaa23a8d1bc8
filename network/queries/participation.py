"""Who takes part over all meetings: per office, without a single name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from network.enums import TOOK_PLACE, Answer
from network.models import Invitation, Meeting, Organisation, PublicBody, Registration
from network.queries.tiles import TileState, bodies, hessen_map
from network.rules.names import folded
from programme.charts import TileMap

ATTENDED, REPRESENTED, DECLINED, SILENT = "attended", "represented", "declined", "silent"
TONES = {
    "often": ("coming", "bei mehr als der Hälfte der Treffen dabei"),
    "sometimes": ("represented", "mindestens einmal dabei oder vertreten"),
    "never": ("neutral", "noch nicht dabei"),
}


@dataclass(frozen=True)
class Turnout:
    """What one office did over all the meetings it was invited to; counts of meetings."""

    organisation: Organisation
    counts: Counter[str]

    @property
    def invited(self) -> int:
        return self.counts.total()

    @property
    def attended(self) -> int:
        return self.counts[ATTENDED]

    @property
    def represented(self) -> int:
        return self.counts[REPRESENTED]

    @property
    def declined(self) -> int:
        return self.counts[DECLINED]

    @property
    def silent(self) -> int:
        """Count meetings nobody came to and nobody cancelled."""
        return self.counts[SILENT]

    @property
    def grade(self) -> str:
        if self.attended * 2 > self.invited:
            return "often"
        return "sometimes" if self.attended or self.represented else "never"

    @property
    def text(self) -> str:
        if not self.invited:
            return "noch zu keinem Treffen eingeladen"
        told = f"bei {self.attended} von {self.invited} Treffen dabei"
        return told + (f", {self.represented} Mal vertreten" if self.represented else "")


@dataclass(frozen=True)
class Participation:
    """All offices, the map of them, and which meetings were counted how."""

    rows: tuple[Turnout, ...]
    tile_map: TileMap
    meetings: tuple[Meeting, ...]
    uncounted: int

    @property
    def took_part(self) -> int:
        return sum(row.attended > 0 for row in self.rows)


def participation(*, day: date) -> Participation:
    """Return who took part until that day; three queries.

    Somebody counts as there who was checked in; at meetings nobody was checked in at, whoever had
    a seat. Meetings without invitations in the portal cannot be counted.
    """
    meetings, held = _counted(day)
    histories = _histories(meetings)
    found = bodies(day=day)
    offices = {body.office_id: body.office for body in found}  # Kassel: two bodies, one office
    rows = tuple(
        Turnout(office, Counter(outcome for _, outcome in histories.get(office.pk, [])))
        for office in sorted(offices.values(), key=lambda office: folded(office.short_name))
    )
    return Participation(
        rows=rows,
        tile_map=_map(rows, found),
        meetings=tuple(meetings),
        uncounted=held - len(meetings),
    )


def missed_in_a_row(*, day: date) -> dict[int, int]:
    """Return how many meetings in a row each office has missed up to that day; two queries.

    Keys are organisations. Sending somebody else is not missing, an invitation is needed to miss.
    """
    meetings, _ = _counted(day)
    missed: dict[int, int] = {}
    for office, history in _histories(meetings).items():
        latest_first = [outcome for _, outcome in sorted(history, reverse=True)]
        there = [outcome in {ATTENDED, REPRESENTED} for outcome in latest_first]
        missed[office] = there.index(True) if True in there else len(there)
    return missed


def _counted(day: date) -> tuple[list[Meeting], int]:
    """Return the meetings that took place until then and have invitations, oldest first, and how
    many took place at all."""
    sent = Invitation.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
    arrived = Registration.objects.filter(meeting=OuterRef("pk"), arrived_at__isnull=False).active()
    held = Meeting.objects.filter(status__in=TOOK_PLACE, programme__is_current=True).annotate(
        has_invitations=Exists(sent), has_check_ins=Exists(arrived)
    )
    until = [row for row in held if (row.day or date.min) <= day]
    counted = [row for row in until if vars(row)["has_invitations"]]
    return sorted(counted, key=lambda row: (row.day or date.min, row.pk)), len(until)


def _histories(meetings: Sequence[Meeting]) -> dict[int, list[tuple[int, str]]]:
    """Return office → (place of the meeting in time, what the office did)."""
    place = {meeting.pk: index for index, meeting in enumerate(meetings)}
    people = Registration.objects.filter(invitation=OuterRef("pk")).attended()
    rows = Invitation.objects.filter(meeting__in=place, withdrawn_at=None).annotate(
        came=Exists(people)
    )
    histories: dict[int, list[tuple[int, str]]] = {}
    for row in rows.order_by().values_list("organisation_id", "meeting_id", "answer", "came"):
        office, meeting, answer, came = row
        histories.setdefault(office, []).append((place[meeting], _outcome(answer, came=came)))
    return histories


def _outcome(answer: str, *, came: bool) -> str:
    if came:
        return ATTENDED
    return {Answer.REPRESENTED: REPRESENTED, Answer.DECLINED: DECLINED}.get(Answer(answer), SILENT)


def _map(rows: Sequence[Turnout], found: list[PublicBody]) -> TileMap:
    by_office = {row.organisation.pk: row for row in rows}

    def state(body: PublicBody) -> TileState:
        row = by_office[body.office_id]
        return TileState(TONES[row.grade][0], row.text)

    return hessen_map(
        key="beteiligung",
        title="Beteiligung der Ausländerbehörden",
        description="Karte von Hessen: bei wie vielen Treffen jede Ausländerbehörde dabei war.",
        bodies=found,
        state=state,
        legend=tuple(TONES.values()),
    )
