"""Add, change, order and take out the workshops of a meeting."""

from django.db import transaction
from django.db.models import Max

from network import emails
from network.enums import CopyNews
from network.models import Meeting, Workshop
from network.rules.meetings import CHANGEABLE
from network.rules.names import folded
from network.rules.workshops import TOLD, WorkshopPlan, fingerprint, objections
from network.services import copies, waiting_list
from programme import audit
from programme.errors import RuleBroken
from programme.models import User

ASIDE = 10_000  # beyond every position, so that changing places never meets itself


class WorkshopClash(RuleBroken):
    """Somebody else saved the workshop after it was opened; `current` is what stands now."""

    def __init__(self, current: Workshop) -> None:
        super().__init__(
            "Jemand anderes hat diesen Workshop geändert, während Sie ihn bearbeitet haben. Es "
            "wurde nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie "
            "dann noch einmal."
        )
        self.current = current


@transaction.atomic
def add(*, meeting: Meeting, plan: WorkshopPlan, by: User) -> Workshop:
    """Add a workshop at the end of the list; people may choose it from now on.

    Refuses meetings that are over or cancelled, a title that is taken, and plans that cannot be
    kept (rules.workshops.objections).
    """
    row = _open(meeting.pk)
    _refuse(row, plan)
    last = row.workshops.aggregate(last=Max("position"))["last"] or 0
    workshop = Workshop.objects.create(meeting=row, position=last + 1, **plan.columns())
    _log(row, by, "workshop.added", f"Workshop „{workshop.title}“ angelegt")
    return workshop


@transaction.atomic
def change(*, workshop: Workshop, plan: WorkshopPlan, seen: str, by: User) -> Workshop:
    """Change a workshop and tell exactly its people if title, time or room are new.

    Their calendar entries get a new version. Fewer seats throw nobody out; more seats move up
    who waits. `seen` is the fingerprint of what the person opened: refuses (WorkshopClash) to
    overwrite what somebody else has saved meanwhile, and what `add` refuses.
    """
    meeting = _open(workshop.meeting_id)
    row = Workshop.objects.select_related("field_of_action").get(pk=workshop.pk)
    if fingerprint(row) != seen:
        raise WorkshopClash(row)
    _refuse(meeting, plan, workshop=row)
    changes = {
        name: [str(getattr(row, name)), str(value)]
        for name, value in plan.columns().items()
        if getattr(row, name) != value
    }
    for name, value in plan.columns().items():
        setattr(row, name, value)
    row.save()
    if meeting.is_on:
        if set(TOLD) & set(changes):
            _tell(row)
        waiting_list.move_up(meeting=meeting)
    _log(meeting, by, "workshop.changed", f"Workshop „{row.title}“ geändert", changes)
    return row


@transaction.atomic
def move(*, workshop: Workshop, up: bool, by: User) -> None:
    """Let a workshop change places with the one before it, or with the one behind it.

    At the edge nothing changes. Nobody is told: only the order people choose from is another one.
    Refuses meetings that are over.
    """
    meeting = _open(workshop.meeting_id)
    row = meeting.workshops.get(pk=workshop.pk)
    others = meeting.workshops.filter(position__lt=row.position).order_by("-position")
    if not up:
        others = meeting.workshops.filter(position__gt=row.position).order_by("position")
    other = others.first()
    if other is None:
        return
    for each, position in ((row, ASIDE), (other, row.position), (row, other.position)):
        Workshop.objects.filter(pk=each.pk).update(position=position)
    where = "weiter nach oben" if up else "weiter nach unten"
    _log(meeting, by, "workshop.moved", f"Workshop „{row.title}“ {where} gestellt")


@transaction.atomic
def remove(*, workshop: Workshop, by: User) -> None:
    """Take a workshop out that nobody has chosen.

    Refuses (RuleBroken) as long as people are registered for it or wait, and meetings that are
    over. Cancelled registrations forget that they had chosen it.
    """
    meeting = _open(workshop.meeting_id)
    people = workshop.registrations.active().count()
    if people:
        who = "ist noch eine Person" if people == 1 else f"sind noch {people} Personen"
        raise RuleBroken(
            f"In diesem Workshop {who}. Bitte tragen Sie unter „Anmeldungen“ zuerst alle in einen "
            "anderen Workshop ein, dann lässt er sich entfernen."
        )
    workshop.registrations.update(workshop=None, workshop_place="", workshop_queued_at=None)
    _log(meeting, by, "workshop.removed", f"Workshop „{workshop.title}“ entfernt")
    workshop.delete()


def _open(pk: int) -> Meeting:
    meeting = Meeting.objects.locked(pk)
    if meeting.status not in CHANGEABLE:
        raise RuleBroken("Durchgeführte und abgesagte Treffen lassen sich nicht mehr ändern.")
    return meeting


def _refuse(meeting: Meeting, plan: WorkshopPlan, *, workshop: Workshop | None = None) -> None:
    """Raise the first objection; titles are compared as people read them."""
    others = meeting.workshops.exclude(pk=workshop.pk) if workshop else meeting.workshops.all()
    if folded(plan.title) in {folded(title) for title in others.values_list("title", flat=True)}:
        raise RuleBroken("Einen Workshop mit diesem Titel gibt es schon.", field="title")
    found = objections(plan, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    for objection in found:
        raise RuleBroken(objection.message, field=objection.field)


def _tell(workshop: Workshop) -> None:
    rows = workshop.registrations.active().exclude(email="")
    people = list(rows.select_related("meeting__programme", "invitation__organisation"))
    for registration in people:
        registration.workshop = workshop
        registration.calendar_sequence += 1
        registration.save(update_fields=["calendar_sequence"])
        emails.workshop_changed(registration)
    copies.send(news=[(each, CopyNews.WORKSHOP) for each in people])


def _log(
    meeting: Meeting, by: User, verb: str, what: str, changes: dict[str, list[str]] | None = None
) -> None:
    sentence = f"Treffen „{meeting.title}“: {what}."
    audit.record(by=by, verb=verb, subject=meeting, sentence=sentence, changes=changes)
