"""Diet and access needs: encrypted, read by two roles only, deleted seven days after."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from network.enums import AttendanceMode, MeetingStatus, RegistrationStatus
from network.models import Meeting, Needs, Registration
from network.permissions import may_read_needs
from network.rules.needs import KEEP, NeedsText, checked, packed, unpacked
from programme import audit, clock, jobs, vault
from programme.models import User
from programme.services import deletions

ONCE_A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class PersonNeeds:
    """One registered person and what they need."""

    registration: Registration
    needs: NeedsText


@transaction.atomic
def note(
    *, registration: Registration, diet: Iterable[str] = (), diet_note: str = "", access: str = ""
) -> None:
    """Keep what a person needs, encrypted; it replaces what stood there, nothing takes it away.

    Refuses (RuleBroken) unknown diets and notes above 300 signs. Leaves no trace in the logbook.
    """
    needs = checked(diet=diet, diet_note=diet_note, access=access)
    if needs.is_empty:
        Needs.objects.filter(registration=registration).delete()
        return
    Needs.objects.update_or_create(
        registration=registration,
        defaults={"secret": vault.encrypt(packed(needs)), "noted_at": clock.now()},
    )


@transaction.atomic
def read(*, registration: Registration, by: User) -> NeedsText:
    """Return what one person needs and note in the logbook that somebody looked.

    Nothing about food of somebody who takes part online. Only for the programme team and the
    data protection officers (PermissionDenied).
    """
    _refuse_others(by)
    row = Needs.objects.filter(registration=registration).select_related("registration").first()
    audit.record(
        by=by,
        verb="needs.read",
        subject=registration,
        sentence=f"Angaben einer Person zu Kost und Zugang gelesen, „{registration.meeting}“.",
    )
    return _told(row) if row else NeedsText()


@transaction.atomic
def read_all(*, meeting: Meeting, by: User) -> list[PersonNeeds]:
    """Return the needs of everybody with a seat at a meeting, by name; each look is noted.

    What somebody online eats concerns nobody: of them only access needs are told. Only for the
    programme team and the data protection officers (PermissionDenied).
    """
    _refuse_others(by)
    rows = Needs.objects.filter(
        registration__meeting=meeting, registration__status=RegistrationStatus.CONFIRMED
    )
    found = rows.select_related("registration__invitation__organisation").order_by(
        "registration__full_name", "pk"
    )
    audit.record(
        by=by,
        verb="needs.read",
        subject=meeting,
        sentence=f"Angaben zu Kost und Zugang gelesen, „{meeting}“.",
    )
    told = [PersonNeeds(row.registration, _told(row)) for row in found]
    return [each for each in told if not each.needs.is_empty]


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_due() -> dict[str, int]:
    """Delete needs seven days after the end of the meeting, at once where nobody comes any more.

    A receipt per meeting stands in the same transaction, so that a job that was killed and runs
    again ends the same. Returns the number of records per meeting.
    """
    due = Needs.objects.alias(
        ended_at=Coalesce("registration__meeting__ends_at", "registration__meeting__starts_at")
    ).filter(
        Q(ended_at__lt=clock.now() - KEEP)
        | Q(ended_at__isnull=True)
        | Q(registration__meeting__status=MeetingStatus.CANCELLED)
        | Q(registration__status=RegistrationStatus.CANCELLED)
    )
    rows = list(due.values_list("pk", "registration__meeting_id"))
    counts = Counter(meeting_id for _, meeting_id in rows)
    Needs.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    meetings = Meeting.objects.filter(pk__in=counts).select_related("programme")
    for meeting in meetings:
        deletions.confirm(
            programme=meeting.programme,
            subject=f"Angaben zu Kost und Zugang: {meeting}",
            deleted={"Angaben": counts[meeting.pk]},
        )
    return {meeting.slug: counts[meeting.pk] for meeting in meetings}


def _told(row: Needs) -> NeedsText:
    needs = unpacked(vault.decrypt(row.secret))
    is_online = row.registration.mode == AttendanceMode.ONLINE
    return needs.without_diet if is_online else needs


def _refuse_others(by: User) -> None:
    if not may_read_needs(by):
        raise PermissionDenied
