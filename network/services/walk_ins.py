"""People who come without a registration: entered at the door, there at once."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from network.enums import Answer, AttendanceMode, CheckInKind, OrganisationKind, RegistrationStatus
from network.exports.calendar import one_line
from network.models import Invitation, Meeting, Organisation, Registration
from network.queries.registrations import taken_addresses
from network.rules import check_in as rules
from network.rules.names import slug_of
from network.services import check_in
from programme import audit, clock, tokens
from programme.errors import RuleBroken
from programme.models import User


@dataclass(frozen=True)
class WalkIn:
    """Who stands at the door; `guest_of` names an organisation the directory does not know."""

    full_name: str
    email: str = ""
    function: str = ""
    organisation: Organisation | None = None
    guest_of: str = ""


@transaction.atomic
def add(*, meeting: Meeting, person: WalkIn, by: User) -> Registration:
    """Register somebody at the door and check them in; seats are not counted, they are here.

    An organisation that was not invited gets an invitation nobody is written to; one that nobody
    knows becomes a guest. Refuses (RuleBroken) before the day, without name or organisation, and
    an address that is registered already.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    rules.refuse_early(meeting, clock.now())
    name, email = one_line(person.full_name), person.email.strip().lower()
    _refuse(meeting, name, email)
    organisation = person.organisation or _guest(one_line(person.guest_of))
    seed, digest = tokens.issue("registration")
    row = Registration.objects.create(
        meeting=meeting,
        invitation=_invitation(meeting, organisation),
        full_name=name,
        email=email,
        function=one_line(person.function),
        mode=AttendanceMode.ON_SITE,
        status=RegistrationStatus.CONFIRMED,
        is_walk_in=True,
        token_seed=seed,
        token_digest=digest,
    )
    _arrive(row, by)
    audit.record(
        by=by,
        verb="registration.walk_in",
        subject=row,
        sentence=f"{organisation}, „{meeting}“: eine Person vor Ort eingetragen.",
    )
    return row


def _refuse(meeting: Meeting, name: str, email: str) -> None:
    if not name:
        raise RuleBroken("Bitte geben Sie Vor- und Nachnamen an.", field="full_name")
    if email and taken_addresses(meeting=meeting, addresses=[email]):
        raise RuleBroken(
            "Diese E-Mail-Adresse ist für das Treffen schon angemeldet. Sie finden die Person auf "
            "der Liste.",
            field="email",
        )


def _arrive(row: Registration, by: User) -> None:
    if rules.is_past(row.meeting, clock.now()):
        check_in.correct(
            registration=row, kind=CheckInKind.ARRIVED, note="nachträglich eingetragen", by=by
        )
    else:
        check_in.step(key=uuid4(), registration=row, kind=CheckInKind.ARRIVED, by=by)


def _invitation(meeting: Meeting, organisation: Organisation) -> Invitation:
    """Return the invitation of the organisation; a silent one says that it came."""
    seed, digest = tokens.issue("invitation")
    return Invitation.objects.get_or_create(
        meeting=meeting,
        organisation=organisation,
        defaults={
            "token_seed": seed,
            "token_digest": digest,
            "answer": Answer.COMING,
            "answered_at": clock.now(),
        },
    )[0]


def _guest(name: str) -> Organisation:
    if not name:
        raise RuleBroken("Bitte wählen Sie eine Organisation.", field="organisation")
    known = Organisation.objects.filter(name__iexact=name) | Organisation.objects.filter(
        short_name__iexact=name
    )
    if found := known.filter(merged_into__isnull=True).order_by("pk").first():
        return found
    slug, number = slug_of(name, prefix="gast")[:40] or "gast", 1
    while Organisation.objects.filter(slug=slug if number == 1 else f"{slug}-{number}").exists():
        number += 1
    return Organisation.objects.create(
        kind=OrganisationKind.GUEST,
        name=name[:200],
        short_name=name[:80],
        slug=slug if number == 1 else f"{slug}-{number}",
        valid_from=clock.today(),
    )
