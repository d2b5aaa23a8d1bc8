"""The answer board: which of the invited offices are still missing (feature B1)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Q, Subquery

from network.enums import Answer, CalendarAnswer, RegistrationStatus
from network.models import Invitation, Meeting, Organisation, PublicBody
from network.queries import replies
from network.queries.directory import GROUP_NAMES
from network.queries.participation import missed_in_a_row
from network.queries.tiles import TileState, bodies, hessen_map
from network.rules.seats import office_limit
from programme.charts import TileMap

STATES = {
    "open": ("open", "offen"),
    "absent": ("office", "offen, zuletzt mehrmals nicht dabei"),
    "promised": ("site", "im Kalender zugesagt, Namen fehlen"),
    "unclear": ("withdrawn", "im Kalender unentschieden"),
    "coming": ("coming", "kommt"),
    "waiting": ("waiting", "nur auf der Warteliste"),
    "declined": ("declined", "kommt nicht"),
    "represented": ("represented", "lässt sich vertreten"),
    "not_invited": ("neutral", "nicht eingeladen"),
}
# The same states once nobody can answer any more.
AFTERWARDS = {
    "open": "ohne Antwort",
    "absent": "ohne Antwort, mehrmals nicht dabei",
    "promised": "im Kalender zugesagt, ohne Namen",
    "unclear": "im Kalender unentschieden",
    "coming": "hatte zugesagt",
    "waiting": "blieb auf der Warteliste",
    "declined": "hatte abgesagt",
    "represented": "ließ sich vertreten",
    "not_invited": "nicht eingeladen",
}
UNSETTLED = "Antwort im Kalender ist noch zu klären"
MISSING = ("open", "absent")
MISSED_OFTEN = 3  # meetings in a row
BADGES = {
    "coming": "success",
    "waiting": "warning",
    "declined": "danger",
    "represented": "warning",
    "promised": "warning",
    "unclear": "warning",
    "open": "info",
    "absent": "info",
}
# What says neither yes nor no: nobody is reminded of it, somebody asks by hand.
CALENDAR_NOTES: dict[str, str] = {
    CalendarAnswer.TENTATIVE: "mit Vorbehalt zugesagt, bitte nachfragen",
    CalendarAnswer.COUNTER: "anderen Termin vorgeschlagen, bitte nachfragen",
}


@dataclass(frozen=True)
class OfficeRow:
    """One organisation at one meeting: the same words on the map and in the table."""

    organisation: Organisation
    invitation: Invitation | None
    limit: int
    confirmed: int = 0
    waiting: int = 0
    missed: int = 0
    tentative: int = 0
    parked: str = ""  # what the office certainly said in its calendar, but nobody has settled
    is_over: bool = False

    @property
    def state(self) -> str:
        if self.invitation is None:
            return "not_invited"
        if self.waiting and not self.confirmed:
            return "waiting"
        if self.invitation.answer == Answer.OPEN:
            return self._open_state()
        return self.invitation.answer

    @property
    def _pressed(self) -> str:
        """Return the last answer from the office's calendar, settled or not."""
        settled = self.invitation.calendar_answer if self.invitation else ""
        return self.parked or settled

    def _open_state(self) -> str:
        """An answer from the calendar is an answer, though names are still missing."""
        answer = self._pressed
        if answer == CalendarAnswer.ACCEPTED:
            return "promised"
        if answer == CalendarAnswer.DECLINED:
            return "declined"
        if answer in CALENDAR_NOTES:
            return "unclear"
        return "absent" if self.missed >= MISSED_OFTEN else "open"

    @property
    def label(self) -> str:
        return AFTERWARDS[self.state] if self.is_over else STATES[self.state][1]

    @property
    def badge(self) -> str:
        return BADGES.get(self.state, "neutral")

    @property
    def tone(self) -> str:
        return STATES[self.state][0]

    @property
    def note(self) -> str:
        """Say more than the state does: seats used, who represents, why not."""
        if self.state == "absent":
            return f"{self.missed} Treffen in Folge nicht dabei"
        if self.invitation is None:
            return ""
        if self.invitation.answer == Answer.OPEN:
            return CALENDAR_NOTES.get(self._pressed, UNSETTLED if self.parked else "")
        if self.invitation.answer == Answer.DECLINED:
            return self.invitation.decline_reason
        if self.invitation.answer == Answer.REPRESENTED:
            return f"durch {self.invitation.represented_by}"
        parts = [f"{self.confirmed} von {self.limit} angemeldet"]
        if self.waiting:
            parts.append(f"{self.waiting} auf der Warteliste")
        if self.tentative:
            parts.append(f"{self.tentative} mit Vorbehalt")
        return ", ".join(parts)

    @property
    def text(self) -> str:
        return ": ".join(part for part in (self.label, self.note) if part)


@dataclass(frozen=True)
class Board:
    """The answers to one meeting: offices on the map, everybody in the table."""

    rows: tuple[OfficeRow, ...]
    tile_map: TileMap
    confirmed: int
    seats: int | None
    waiting: int
    counts: Counter[str] = field(default_factory=Counter)
    is_over: bool = False

    @property
    def invited(self) -> int:
        return sum(row.invitation is not None for row in self.rows)

    @property
    def answered(self) -> int:
        return self.invited - len(self.missing)

    @property
    def invited_text(self) -> str:
        return f"von {self.invited} Eingeladenen"

    @property
    def seats_text(self) -> str:
        if not self.seats:
            return "Plätze unbegrenzt"
        surplus = self.confirmed - self.seats
        more = f", {surplus} mehr als vorgesehen" if surplus > 0 else ""
        return f"von {self.seats} {'Platz' if self.seats == 1 else 'Plätzen'}{more}"

    @property
    def missing(self) -> list[OfficeRow]:
        """Return who has not answered: exactly those a reminder would go to."""
        return [row for row in self.rows if row.state in MISSING]

    @property
    def unclear(self) -> list[OfficeRow]:
        """Return who answered in the calendar, but neither yes nor no."""
        return [row for row in self.rows if row.state == "unclear"]

    @property
    def groups(self) -> list[tuple[str, list[OfficeRow]]]:
        """Return the rows by kind of organisation, offices first."""
        return [
            (name, found)
            for kind, name in GROUP_NAMES.items()
            if (found := [row for row in self.rows if row.organisation.kind == kind])
        ]

    @property
    def summary(self) -> list[tuple[str, str, int]]:
        """Return (state, label, number) of every state that occurs among the invited."""
        return [
            (state, label, self.counts[state])
            for state, (_, label) in words(is_over=self.is_over).items()
            if state != "not_invited" and self.counts[state]
        ]


def words(*, is_over: bool) -> dict[str, tuple[str, str]]:
    """Return tone and label of every state, as of now or looking back."""
    if not is_over:
        return STATES
    return {state: (tone, AFTERWARDS[state]) for state, (tone, _) in STATES.items()}


def _tentative() -> Q:
    """People who are registered or wait and said in their calendar that they may not come."""
    active = [RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING]
    answer = CalendarAnswer.TENTATIVE
    return Q(registrations__calendar_answer=answer, registrations__status__in=active)


def board(*, meeting: Meeting, day: date, is_over: bool = False) -> Board:
    """Return the board of a meeting with the bodies as they stand on `day`.

    With `is_over` the words look back: nothing is open any more.
    Five queries, however many people are registered: they are counted, not read.
    """
    status = "registrations__status"
    invitations = {
        invitation.organisation_id: invitation
        for invitation in meeting.invitations.filter(withdrawn_at__isnull=True).annotate(
            confirmed=Count("registrations", filter=Q(**{status: RegistrationStatus.CONFIRMED})),
            waiting=Count("registrations", filter=Q(**{status: RegistrationStatus.WAITING})),
            tentative=Count("registrations", filter=_tentative()),
            parked=Subquery(replies.certain_parked().values("answer")[:1]),
        )
    }
    missed = missed_in_a_row(day=day)
    rows = tuple(
        replace(
            _row(meeting, organisation, invitations.get(organisation.pk), missed), is_over=is_over
        )
        for organisation in _organisations(day, invitations)
    )
    return Board(
        rows=rows,
        tile_map=_board_map(meeting, rows, bodies(day=day), is_over=is_over),
        confirmed=sum(row.confirmed for row in rows),
        seats=meeting.all_seats,
        waiting=sum(row.waiting for row in rows),
        counts=Counter(row.state for row in rows),
        is_over=is_over,
    )


def _organisations(day: date, invited: Iterable[int]) -> Sequence[Organisation]:
    """Return the network of that day, and guests that were invited on top of it."""
    network = Organisation.objects.state_network(day) | Organisation.objects.filter(pk__in=invited)
    return list(network.distinct())


def _row(
    meeting: Meeting,
    organisation: Organisation,
    invitation: Invitation | None,
    missed: dict[int, int],
) -> OfficeRow:
    override = invitation.seats_override if invitation else None
    return OfficeRow(
        organisation=organisation,
        invitation=invitation,
        limit=office_limit(seats_per_office=meeting.seats_per_office, override=override),
        confirmed=getattr(invitation, "confirmed", 0),
        waiting=getattr(invitation, "waiting", 0),
        missed=missed.get(organisation.pk, 0),
        tentative=getattr(invitation, "tentative", 0),
        parked=getattr(invitation, "parked", None) or "",
    )


def _board_map(
    meeting: Meeting, rows: tuple[OfficeRow, ...], found: list[PublicBody], *, is_over: bool
) -> TileMap:
    by_office = {row.organisation.pk: row for row in rows}

    def state(body: PublicBody) -> TileState:
        row = by_office[body.office_id]
        return TileState(row.tone, row.text, f"#{row.organisation.slug}")

    return hessen_map(
        key="antworten",
        title="Antworten der Ausländerbehörden",
        description=f"Karte von Hessen: welche Behörde zu „{meeting.title}“ kommt.",
        bodies=found,
        state=state,
        legend=tuple(words(is_over=is_over).values()),
    )
