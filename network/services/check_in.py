"""Check-in at the entrance: each step counts once, whoever sends it how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from network.enums import CheckInKind, RegistrationStatus
from network.models import CheckIn, Meeting, Registration
from network.rules import check_in as rules
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User

MOST_STEPS = 200
NOTE_NEEDED = "Bitte begründen Sie die Korrektur in ein paar Worten."
CERTIFIED = (
    "Für diese Person ist schon eine Bescheinigung ausgestellt. Nach dem Treffen können Sie das "
    "mit einer Begründung korrigieren."
)


@dataclass(frozen=True)
class Wanted:
    """One step as a phone sends it: keys and times only, no names."""

    key: UUID
    registration: int
    kind: CheckInKind
    happened_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a step; `already_since` says that the person had been there before it."""

    arrived_at: datetime | None
    already_since: datetime | None = None
    refused: str = ""

    @property
    def sentence(self) -> str:
        """Say it in German, ready to be shown."""
        if self.refused:
            return self.refused
        if self.already_since:
            return f"schon da seit {_time(self.already_since)} Uhr"
        if self.arrived_at:
            return f"da seit {_time(self.arrived_at)} Uhr"
        return "nicht da"


@transaction.atomic
def step(
    *,
    key: UUID,
    registration: Registration,
    kind: CheckInKind,
    happened_at: datetime | None = None,
    by: User,
) -> Outcome:
    """Note that somebody arrived, or take that back; the same key again changes nothing.

    A time that cannot be (wrong clock) becomes the time of this call. Refuses (RuleBroken) before
    the day of the meeting, after it (see `correct`; late steps of that day still count), people
    who cancelled, and taking back what a certificate already says.
    """
    row = _locked(registration.pk)
    known = CheckIn.objects.filter(key=key).first()
    if known is not None:
        if known.registration_id != row.pk or known.kind != kind:
            raise RuleBroken("Dieser Schritt gehört zu einer anderen Person.")
        return Outcome(row.arrived_at)
    _refuse(row, kind, clock.now())
    moment = rules.plausible(row.meeting, happened_at, clock.now())
    before = row.arrived_at
    _add(row, key, kind, moment, by)
    already = before if kind == CheckInKind.ARRIVED and before == row.arrived_at else None
    return Outcome(row.arrived_at, already_since=already)


@transaction.atomic
def sync(*, meeting: Meeting, steps: Sequence[Wanted], by: User) -> list[Outcome]:
    """Take over the steps a phone kept while it was offline; one outcome each, in their order.

    They are done in the order they happened. A step that is refused (also an unknown or foreign
    registration) says so and does not stop the others.
    """
    wanted = {each.registration for each in steps}
    mine = {row.pk: row for row in meeting.registrations.filter(pk__in=wanted)}
    # Everybody locks in the same order, so that two phones never wait for each other.
    list(Registration.objects.select_for_update().filter(pk__in=mine).order_by("pk"))
    order = sorted(range(len(steps)), key=lambda place: (_when(steps[place]), place))
    outcomes: dict[int, Outcome] = {}
    for place in order:
        row = mine.get(steps[place].registration)
        outcomes[place] = _try(steps[place], row, by)
    return [outcomes[place] for place in range(len(steps))]


@transaction.atomic
def correct(*, registration: Registration, kind: CheckInKind, note: str, by: User) -> Outcome:
    """Correct after the meeting who was there; the reason goes to the logbook.

    Figures and the report follow at once (feature B7). Taking back withdraws the certificate.
    Refuses (RuleBroken, field note) without a reason, and before the meeting is over.
    """
    row, moment = _locked(registration.pk), clock.now()
    if not rules.is_past(row.meeting, moment):
        raise RuleBroken("Korrigieren können Sie erst nach dem Treffen.")
    if not note.strip():
        raise RuleBroken(NOTE_NEEDED, field="note")
    if row.status == RegistrationStatus.CANCELLED and kind == CheckInKind.ARRIVED:
        raise RuleBroken("Diese Person hat abgesagt.")
    before = row.arrived_at
    if (before is None) == (kind == CheckInKind.UNDONE):
        return Outcome(before, already_since=before)
    last = row.check_ins.last()
    begin = row.meeting.starts_at or moment
    _add(row, uuid4(), kind, max(begin, last.happened_at) if last else begin, by)
    _withdraw_certificate(row, kind)
    what = "nachgetragen" if kind == CheckInKind.ARRIVED else "gestrichen"
    audit.record(
        by=by,
        verb="check_in.corrected",
        subject=row,
        sentence=f"Teilnahme {what}, „{row.meeting}“: {note.strip()}",
    )
    return Outcome(row.arrived_at)


def _locked(pk: int) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("meeting")
    return rows.get(pk=pk)


def _refuse(row: Registration, kind: CheckInKind, moment: datetime) -> None:
    rules.refuse_early(row.meeting, moment)
    if row.status == RegistrationStatus.CANCELLED:
        raise RuleBroken("Diese Person hat abgesagt. Kommt sie doch, tragen Sie sie bitte neu ein.")
    if kind == CheckInKind.UNDONE and hasattr(row, "certificate"):
        raise RuleBroken(CERTIFIED)


def _add(row: Registration, key: UUID, kind: CheckInKind, happened_at: datetime, by: User) -> None:
    try:
        with transaction.atomic():
            CheckIn.objects.create(
                key=key, registration=row, kind=kind, happened_at=happened_at, by=by
            )
    except IntegrityError as taken:
        raise RuleBroken("Dieser Schritt gehört zu einer anderen Person.") from taken
    row.arrived_at = rules.arrived_since(row.check_ins.values_list("kind", "happened_at"))
    row.save(update_fields=["arrived_at"])


def _try(wanted: Wanted, row: Registration | None, by: User) -> Outcome:
    if row is None:
        return Outcome(None, refused="Diese Person steht nicht auf der Liste des Treffens.")
    try:
        return step(
            key=wanted.key,
            registration=row,
            kind=wanted.kind,
            happened_at=wanted.happened_at,
            by=by,
        )
    except RuleBroken as broken:
        known = Registration.objects.get(pk=row.pk)
        return Outcome(known.arrived_at, refused=broken.message)


def _when(wanted: Wanted) -> datetime:
    return wanted.happened_at or clock.now()


def _withdraw_certificate(row: Registration, kind: CheckInKind) -> None:
    if kind == CheckInKind.UNDONE and hasattr(row, "certificate"):
        row.certificate.file.delete(save=False)
        row.certificate.delete()


def _time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
