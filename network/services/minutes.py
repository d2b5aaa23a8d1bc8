"""The minutes: written along the agenda, released to those who may read them."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from network.enums import Audience, MeetingStatus, MinutesKind
from network.models import Meeting, MinutesItem
from network.queries import minutes as queries
from network.rules.minutes import Line, Step, arranged, fingerprint
from programme import audit, clock, jobs
from programme.errors import RuleBroken
from programme.models import Printout, User
from programme.services import printouts

WRITABLE = frozenset(MeetingStatus) - {MeetingStatus.DRAFT, MeetingStatus.CANCELLED}


class MinutesClash(RuleBroken):
    """Somebody else saved the minutes after they were opened; `current` is what stands now."""

    def __init__(self, current: list[MinutesItem]) -> None:
        super().__init__(
            "Jemand anderes hat die Niederschrift geändert, während Sie geschrieben haben. Es "
            "wurde nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie "
            "dann noch einmal."
        )
        self.current = current


@transaction.atomic
def write(
    *, meeting: Meeting, lines: Sequence[Line], seen: str, by: User, step: Step | None = None
) -> list[MinutesItem]:
    """Write the minutes as a whole; empty lines go, `step` then moves or removes one line.

    `seen` is the fingerprint of what the person opened: refuses (MinutesClash) to overwrite what
    somebody else has saved meanwhile. Refuses minutes of drafts and cancelled meetings.
    """
    row = Meeting.objects.locked(meeting.pk)
    if row.status not in WRITABLE:
        raise RuleBroken("Zu diesem Treffen gibt es keine Niederschrift.")
    current = queries.rows_of(row)
    if fingerprint(current) != seen:
        raise MinutesClash(current)
    items = list(row.agenda.order_by("position").values_list("pk", flat=True))
    written = arranged(lines, items=items, step=step)
    rows = _store(row, written, {each.pk: each for each in current})
    if fingerprint(rows) != seen:
        sentence = f"Niederschrift zu „{row.title}“ geändert, {len(rows)} Einträge."
        audit.record(by=by, verb="minutes.changed", subject=row, sentence=sentence)
    return rows


def _store(
    meeting: Meeting, lines: Sequence[Line], stored: dict[int, MinutesItem]
) -> list[MinutesItem]:
    """Keep, change, add and delete rows so that they say what the lines say."""
    rows = []
    for position, line in enumerate(lines, 1):
        row = stored.pop(line.key, None) if line.key else None
        row = row or MinutesItem(meeting=meeting)
        row.position, row.agenda_item_id = position, line.item
        row.kind, row.text, row.owner = line.kind, line.text.strip(), line.owner.strip()
        row.due_on = line.due_on
        row.done_on = (row.done_on or clock.today()) if line.is_done else None
        rows.append(row)
    MinutesItem.objects.filter(pk__in=stored).delete()
    for row in rows:
        row.save()
    return rows


@transaction.atomic
def release(*, meeting: Meeting, audience: Audience, by: User) -> Meeting:
    """Let an audience read the minutes from now on; the team alone means taking them back.

    Refuses empty minutes and meetings that have not begun.
    """
    row = Meeting.objects.locked(meeting.pk)
    if audience == Audience.TEAM:
        row.minutes_released_at = None
    else:
        if not row.minutes.exists():
            raise RuleBroken("Die Niederschrift ist noch leer. Bitte halten Sie zuerst etwas fest.")
        if row.starts_at and row.starts_at > clock.now():
            raise RuleBroken("Das Treffen hat noch nicht begonnen.")
        row.minutes_released_at = row.minutes_released_at or clock.now()
    row.minutes_audience = audience
    row.save(update_fields=["minutes_audience", "minutes_released_at"])
    sentence = f"Niederschrift zu „{row.title}“: {audience.label}."
    audit.record(by=by, verb="minutes.released", subject=row, sentence=sentence)
    return row


@transaction.atomic
def settle(*, decision: MinutesItem, by: User) -> MinutesItem:
    """Note today that what was agreed is done; refuses results, doing it twice changes nothing."""
    row = MinutesItem.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if row.kind != MinutesKind.DECISION:
        raise RuleBroken("Nur Verabredungen lassen sich erledigen.")
    if row.done_on is None:
        row.done_on = clock.today()
        row.save(update_fields=["done_on"])
        sentence = f"Verabredung erledigt: {row.text[:200]}"
        audit.record(by=by, verb="minutes.settled", subject=row, sentence=sentence)
    return row


@transaction.atomic
def print_out(*, meeting: Meeting, by: User) -> Printout:
    """Ask the worker for the minutes as PDF; the page of the printout shows when it is there."""
    printout = printouts.ask(
        title=f"Niederschrift: {meeting.title}",
        download_name=f"niederschrift-{meeting.slug}.pdf",
        back_url=reverse("network:minutes", args=[meeting.slug]),
        by=by,
    )
    make_printout.enqueue(printout=str(printout.pk), meeting_id=meeting.pk)
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def make_printout(*, printout: str, meeting_id: int) -> None:
    """Set the minutes as they stand now; may be repeated."""
    meeting = Meeting.objects.select_related("programme", "host").get(pk=meeting_id)
    sections = queries.sections(meeting)
    printouts.finish(
        pk=printout,
        template="pdf/network/minutes.html",
        context={
            "meeting": meeting,
            "programme": meeting.programme,
            "sections": sections,
            "decisions": [
                row for section in sections for row in section.rows if row.kind == "decision"
            ],
        },
        identifier=fingerprint(queries.rows_of(meeting)),
    )
