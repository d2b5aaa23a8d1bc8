"""From the announcement to the documented meeting: each step by hand, two of them also by time.

Closing ends registering; links still show everything, and people can still cancel, change and
replace. The clock closes a meeting whose deadline for answers has run out and marks one as held
that is over, so that nobody has to think of it and no figure hangs on a forgotten button.
"""

from collections.abc import Set as AbstractSet

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from network.enums import ON, MeetingStatus
from network.models import Meeting
from programme import audit, clock, jobs
from programme.errors import RuleBroken
from programme.models import User

QUARTER_OF_AN_HOUR = 15 * 60


@transaction.atomic
def close(*, meeting: Meeting, by: User | None) -> Meeting:
    """End registering for a published meeting; doing it again changes nothing.

    Refuses drafts and meetings that were held or cancelled. `by` is empty if the deadline did it.
    """
    return _step(
        meeting,
        MeetingStatus.CLOSED,
        by=by,
        allowed=frozenset({MeetingStatus.PUBLISHED}),
        refusal="Schließen lässt sich die Anmeldung nur bei einem veröffentlichten Treffen.",
        done="Anmeldung geschlossen",
    )


@transaction.atomic
def reopen(*, meeting: Meeting, by: User) -> Meeting:
    """Open registering again; doing it again changes nothing.

    Refuses meetings that are not closed, and those whose deadline for answers has run out: a
    later deadline opens them by itself.
    """
    row = Meeting.objects.locked(meeting.pk)
    ran_out = row.reply_until is not None and row.reply_until <= clock.now()
    if row.status == MeetingStatus.CLOSED and ran_out:
        raise RuleBroken(
            "Die Antwortfrist ist abgelaufen. Geben Sie unter „Bearbeiten“ eine spätere Frist an, "
            "dann ist die Anmeldung wieder offen."
        )
    return _step(
        row,
        MeetingStatus.PUBLISHED,
        by=by,
        allowed=frozenset({MeetingStatus.CLOSED}),
        refusal="Öffnen lässt sich nur eine geschlossene Anmeldung.",
        done="Anmeldung wieder geöffnet",
    )


@transaction.atomic
def hold(*, meeting: Meeting, by: User | None) -> Meeting:
    """Note that an announced meeting took place; doing it again changes nothing.

    Refuses drafts, cancelled meetings, and meetings that have not begun.
    """
    row = Meeting.objects.locked(meeting.pk)
    if row.is_on and (row.starts_at is None or row.starts_at > clock.now()):
        raise RuleBroken("Das Treffen hat noch nicht begonnen.")
    return _step(
        row,
        MeetingStatus.HELD,
        by=by,
        allowed=ON,
        refusal="Als durchgeführt lässt sich nur ein angekündigtes Treffen eintragen.",
        done="als durchgeführt eingetragen",
    )


@transaction.atomic
def document(*, meeting: Meeting, by: User) -> Meeting:
    """Close the file of a meeting that was held; doing it again changes nothing.

    Refuses meetings that were not held.
    """
    return _step(
        meeting,
        MeetingStatus.DOCUMENTED,
        by=by,
        allowed=frozenset({MeetingStatus.HELD}),
        refusal="Abschließen lässt sich nur ein Treffen, das stattgefunden hat.",
        done="dokumentiert",
    )


@jobs.job(every=QUARTER_OF_AN_HOUR)
@transaction.atomic
def follow_the_clock() -> None:
    """Mark meetings as held that are over, and close those whose deadline has run out."""
    moment = clock.now()
    over = Meeting.objects.on().annotate(end=Coalesce("ends_at", "starts_at"))
    for meeting in over.filter(end__lte=moment):
        hold(meeting=meeting, by=None)
    late = Q(status=MeetingStatus.PUBLISHED, reply_until__lte=moment)
    for meeting in Meeting.objects.filter(late):
        close(meeting=meeting, by=None)


def _step(
    meeting: Meeting,
    target: MeetingStatus,
    *,
    by: User | None,
    allowed: AbstractSet[MeetingStatus],
    refusal: str,
    done: str,
) -> Meeting:
    row = Meeting.objects.locked(meeting.pk)
    if row.status == target:
        return row
    if row.status not in allowed:
        raise RuleBroken(refusal)
    row.status = target
    row.save(update_fields=["status"])  # not changed_at: what somebody edits still stands
    sentence = f"Treffen „{row.title}“: {done}."
    audit.record(by=by, verb=f"meeting.{target}", subject=row, sentence=sentence)
    return row
