"""Everybody who is registered for a meeting, as the programme team sees and filters them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from network.enums import AttendanceMode, MeetingMode, RegistrationStatus, WorkshopPlace
from network.models import Invitation, Meeting, Registration, Workshop
from network.queries.registrations import seats_by_mode
from network.rules import seats
from network.rules.names import certain_parts, matches

ACTIVE = "active"
WITH = ("invitation__organisation", "workshop")
SEARCHED = (
    "full_name",
    "email",
    "invitation__organisation__short_name",
    "invitation__organisation__name",
)


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to; empty means everything. `state` is a status or ACTIVE."""

    search: str = ""
    state: str = ""
    mode: str = ""
    workshop: int | None = None
    waits_for_workshop: bool = False


@dataclass(frozen=True)
class Figure:
    """One limit: how many seats there are, how many are taken, how many people wait."""

    label: str
    seats: int | None
    taken: int
    waiting: int

    @property
    def surplus(self) -> int:
        """Return how many more people have seats than there are seats by now (R5)."""
        return seats.surplus(seats=self.seats, confirmed=self.taken)

    @property
    def hint(self) -> str:
        """Say how many seats there are, how many people wait, and whether it is too many."""
        seats_text = f"von {self.seats} {'Platz' if self.seats == 1 else 'Plätzen'}"
        parts = ["ohne Begrenzung" if self.seats is None else seats_text]
        if self.surplus:
            parts.append(f"{self.surplus} über der Grenze")
        if self.waiting:
            parts.append(f"{self.waiting} auf der Warteliste")
        return ", ".join(parts)


@dataclass(frozen=True)
class Figures:
    """The seats by way of attending, the workshops, and the people by status and way."""

    modes: tuple[Figure, ...]
    workshops: tuple[Figure, ...]
    counts: Counter[tuple[str, str]]
    options: tuple[tuple[int, str], ...] = ()

    @property
    def everybody(self) -> int:
        """Return how many people ever registered."""
        return self.counts.total()

    def count(self, chosen: Chosen) -> int:
        """Return how many people are of this state and way of attending."""
        return sum(
            number
            for (status, mode), number in self.counts.items()
            if chosen.mode in {"", mode}
            and (
                chosen.state in {"", status}
                or (chosen.state == ACTIVE and status != RegistrationStatus.CANCELLED)
            )
        )


class People:
    """The narrowed list a page at a time, as a paginator wants it.

    Only keys are sorted, so that a page of ten thousand people is as quick as one of a hundred.
    """

    ordered = True

    def __init__(self, rows: QuerySet[Registration], known_count: int | None) -> None:
        self.rows = rows
        self.known_count = known_count

    def count(self) -> int:
        """Return how many people there are; no query if other figures tell it."""
        return self.rows.order_by().count() if self.known_count is None else self.known_count

    def __getitem__(self, part: slice) -> list[Registration]:
        """Return one page; two queries."""
        keys = list(self.rows.values_list("pk", flat=True)[part])
        found = {
            row.pk: row for row in Registration.objects.filter(pk__in=keys).select_related(*WITH)
        }
        return [found[key] for key in keys]


def participants(*, meeting: Meeting, chosen: Chosen) -> QuerySet[Registration]:
    """Return the people of a meeting, by name; who waits stands in the order of the queue.

    One query, with a search one more.
    """
    rows = Registration.objects.filter(_wanted(chosen), meeting=meeting).select_related(*WITH)
    if chosen.search:
        rows = rows.filter(pk__in=_found(rows, chosen.search))
    if chosen.state == RegistrationStatus.WAITING:
        return rows.order_by("queued_at", "pk")
    if chosen.waits_for_workshop:
        return rows.order_by("workshop_queued_at", "pk")
    return rows.order_by(Lower("full_name"), "pk")


def page_by_page(*, meeting: Meeting, chosen: Chosen, figures: "Figures") -> People:
    """Return the same people for a paginator; `figures` save it the counting."""
    rows = participants(meeting=meeting, chosen=chosen)
    is_counted = not (chosen.search or chosen.workshop or chosen.waits_for_workshop)
    return People(rows, figures.count(chosen) if is_counted else None)


def figures(*, meeting: Meeting) -> Figures:
    """Return what the head of the list says; two queries whatever the number of people."""
    is_hybrid = meeting.mode == MeetingMode.HYBRID
    counts: Counter[tuple[str, str]] = Counter()
    places: Counter[tuple[int | None, str]] = Counter()
    for status, wanted, workshop, place, number in _head_count(meeting):
        mode = seats.mode_of(meeting_mode=meeting.mode, wanted=wanted if is_hybrid else "")
        counts[(status, mode)] += number
        if status != RegistrationStatus.CANCELLED:
            places[(workshop, place)] += number
    workshops = _workshops(meeting, places)
    return Figures(
        modes=tuple(
            Figure(
                label=str(AttendanceMode(mode).label),
                seats=limit,
                taken=counts[(RegistrationStatus.CONFIRMED, mode)],
                waiting=counts[(RegistrationStatus.WAITING, mode)],
            )
            for mode, limit in seats_by_mode(meeting).items()
        ),
        workshops=tuple(figure for _, figure in workshops),
        counts=counts,
        options=tuple((pk, figure.label) for pk, figure in workshops),
    )


def invited(*, meeting: Meeting) -> QuerySet[Invitation]:
    """Return the invitations that count, by name of the organisation."""
    rows = meeting.invitations.filter(withdrawn_at__isnull=True)
    return rows.select_related("organisation").order_by("organisation__short_name", "pk")


def _wanted(chosen: Chosen) -> Q:
    wanted = Q()
    if chosen.state == ACTIVE:
        wanted &= ~Q(status=RegistrationStatus.CANCELLED)
    elif chosen.state:
        wanted &= Q(status=chosen.state)
    if chosen.mode:
        wanted &= Q(mode=chosen.mode)
    if chosen.workshop:
        wanted &= Q(workshop=chosen.workshop)
    if chosen.waits_for_workshop:
        wanted &= Q(workshop_place=WorkshopPlace.WAITING)
    return wanted


def _head_count(meeting: Meeting) -> Iterable[tuple[str, str, int | None, str, int]]:
    """Count the people by all that the figures ask, in the order of the index `head_count`.

    COUNT(*) and these columns alone let PostgreSQL answer from the index.
    """
    everybody = Registration.objects.filter(meeting=meeting).order_by()
    columns = ("status", "mode", "workshop", "workshop_place")
    return everybody.values_list(*columns).annotate(people=Count("*"))


def _workshops(
    meeting: Meeting, places: Counter[tuple[int | None, str]]
) -> list[tuple[int, Figure]]:
    rows = Workshop.objects.filter(meeting=meeting).order_by("position")
    return [
        (
            pk,
            Figure(
                label=title,
                seats=limit,
                taken=places[(pk, WorkshopPlace.CONFIRMED)],
                waiting=places[(pk, WorkshopPlace.WAITING)],
            ),
        )
        for pk, title, limit in rows.values_list("pk", "title", "seats")
    ]


def _found(rows: QuerySet[Registration], search: str) -> list[int]:
    """Compare here, so that umlauts are found however they are typed, on every database.

    The database narrows first by what needs no spelling: SQLite folds ASCII letters only.
    """
    for part in certain_parts(search):
        held = Q(*((f"{column}__icontains", part) for column in SEARCHED), _connector=Q.OR)
        rows = rows.filter(held)
    found = rows.order_by().values_list("pk", *SEARCHED)
    return [pk for pk, *texts in found if matches(search, *texts)]
