"""Who was there, who has a certificate, and what the public may know of a number."""

from dataclasses import dataclass

from django.db.models import QuerySet

from network.models import Certificate, Meeting, Registration
from network.rules.certificates import initials, read
from programme import tokens


@dataclass(frozen=True)
class Proof:
    """What the public page says of a number that was given out."""

    number: str
    meeting: Meeting
    initials: str
    office: str


def present(meeting: Meeting) -> QuerySet[Registration]:
    """Return everybody who was there, with certificate if there is one."""
    rows = meeting.registrations.active().filter(arrived_at__isnull=False)
    return rows.select_related("certificate", "invitation__organisation").order_by(
        "invitation__organisation__short_name", "full_name", "pk"
    )


def of_meeting(meeting: Meeting) -> QuerySet[Certificate]:
    """Return the certificates of a meeting, in the order of the list."""
    rows = Certificate.objects.filter(registration__meeting=meeting)
    return rows.select_related(
        "registration__meeting__programme",
        "registration__invitation__organisation",
        "registration__workshop",
    ).order_by(
        "registration__invitation__organisation__short_name", "registration__full_name", "pk"
    )


def by_token(*, token: str) -> Certificate | None:
    """Return the finished certificate of the person a link speaks for, also after the meeting."""
    rows = Certificate.objects.filter(registration__token_digest=tokens.digest(token))
    return rows.exclude(file="").select_related("registration__meeting").first()


def proof(*, text: str) -> Proof | None:
    """Return what the public may know of a number somebody typed; None if it was not given out."""
    number = read(text)
    if number is None:
        return None
    rows = Certificate.objects.select_related(
        "registration__meeting", "registration__invitation__organisation"
    )
    row = rows.filter(number=number, registration__arrived_at__isnull=False).first()
    if row is None:
        return None
    person = row.registration
    office = person.invitation.organisation.name
    return Proof(number, person.meeting, initials(person.full_name), office)
