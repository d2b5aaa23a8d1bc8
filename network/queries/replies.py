"""Answers from calendars: which entry they belong to, and which of them wait for a person."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Min, OuterRef, Q, QuerySet, Value, When

from network.enums import ON, CalendarAnswer, ReplyState
from network.models import CalendarReply, Contact, Invitation, Meeting, Registration
from network.models.registration import RegistrationQuerySet
from network.rules import entries

UID = re.compile(r"(anmeldung|einladung)-(\d{1,18})@(\S+)", re.IGNORECASE)
COUNTED = (ReplyState.APPLIED, ReplyState.ASKED, ReplyState.SETTLED)
MOST_CANDIDATES = 8
ANSWERED_IN_CALENDAR = tuple(CalendarAnswer)


@dataclass(frozen=True)
class Target:
    """The entry an answer belongs to: a person's or an office's; or why there is none."""

    registration: Registration | None = None
    invitation: Invitation | None = None
    objection: str = ""

    @property
    def office(self) -> Invitation:
        """Return the invitation it is about; only asked where there is an entry."""
        found = self.registration.invitation if self.registration else self.invitation
        if found is None:
            raise LookupError
        return found

    @property
    def sequence(self) -> int:
        """Return the SEQUENCE of the entry as it stands now."""
        if self.registration:
            return entries.registration_sequence(self.registration)
        return entries.invitation_sequence(self.office)


def target(*, uid: str) -> Target:
    """Return the entry with this UID; never guesses."""
    found = UID.fullmatch(uid)
    if found is None:
        return Target(objection="Der Termin ist keiner dieses Portals.")
    kind, number, where = found[1].lower(), int(found[2]), found[3].lower()
    if where != entries.host().lower():
        return Target(objection="Der Termin gehört zu einem anderen Portal.")
    if kind == "anmeldung":
        row = Target(registration=_registrations().filter(pk=number).first())
    else:
        row = Target(invitation=_invitations().filter(pk=number).first())
    if row == Target():
        return Target(objection="Diesen Termin gibt es im Portal nicht.")
    return row


def _registrations() -> RegistrationQuerySet:
    return Registration.objects.select_related(
        "meeting__programme", "invitation__organisation", "invitation__meeting"
    )


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("meeting__programme", "organisation")


def contacts(invitation: Invitation) -> dict[str, Contact]:
    """Return the active contacts of the office by address in small letters."""
    rows = invitation.organisation.contacts.filter(is_active=True)
    return {contact.email.lower(): contact for contact in rows}


def certain_parked() -> QuerySet[CalendarReply]:
    """Return answers to the office's entry (OuterRef "pk") that wait for a person but are its own.

    Whatever the office pressed is an answer, "tentative" and another date proposed as well.
    """
    return CalendarReply.objects.filter(
        invitation=OuterRef("pk"),
        state=ReplyState.PARKED,
        is_certain=True,
        answer__in=ANSWERED_IN_CALENDAR,
    ).order_by("-received_at", "-pk")


def accepted_entries(*, invitation: Invitation) -> QuerySet[CalendarReply]:
    """Return the accepts of an office's entry that counted, where the entry still stands."""
    return CalendarReply.objects.filter(
        invitation=invitation,
        answer=CalendarAnswer.ACCEPTED,
        state__in=COUNTED,
        entry_cleared_at=None,
    )


def cleared_entries(*, invitation: Invitation) -> QuerySet[CalendarReply]:
    """Return the accepts of an office whose entry has been taken out of the calendar."""
    return CalendarReply.objects.filter(invitation=invitation, entry_cleared_at__isnull=False)


def cleared(*, meeting: Meeting) -> set[tuple[int, str]]:
    """Return whose calendar no longer holds the invitation: key of the invitation and address."""
    rows = CalendarReply.objects.filter(invitation__meeting=meeting, entry_cleared_at__isnull=False)
    return set(rows.values_list("invitation_id", "attendee"))


def is_outdated(*, found: Target, attendee: str, sequence: int, stamped_at: datetime) -> bool:
    """Say whether the entry has changed since, or a later answer of the person has counted."""
    if sequence < found.sequence:
        return True
    later = Q(sequence__gt=sequence) | Q(sequence=sequence, stamped_at__gt=stamped_at)
    counted = CalendarReply.objects.filter(
        later,
        registration=found.registration,
        invitation=found.invitation,
        attendee=attendee,
        state__in=COUNTED,
    )
    return counted.exists()


def listed(*, state: str = "") -> QuerySet[CalendarReply]:
    """Return the answers, those that wait for a person first, then the latest."""
    waits = Case(
        When(state=ReplyState.PARKED, then=Value(0)), default=1, output_field=IntegerField()
    )
    rows = CalendarReply.objects.defer("raw").select_related(
        "registration__meeting",
        "registration__invitation__organisation",
        "invitation__organisation",
        "invitation__meeting",
    )
    if state:
        rows = rows.filter(state=state)
    return rows.order_by(waits, "-received_at", "-pk")


def parked() -> int:
    """Return how many answers wait for a person."""
    return CalendarReply.objects.filter(state=ReplyState.PARKED).count()


def parked_at(*, meeting: Meeting) -> int:
    """Return how many answers that name an entry of this meeting wait for a person.

    While the meeting is announced, also those that name no entry at all.
    """
    named = Q(invitation__meeting=meeting) | Q(registration__meeting=meeting)
    nameless = Q(invitation=None, registration=None) if meeting.is_on else Q(pk__in=())
    return CalendarReply.objects.filter(named | nameless, state=ReplyState.PARKED).count()


def candidates(reply: CalendarReply) -> tuple[list[Registration], list[Invitation]]:
    """Return the people and offices an answer may belong to, at most a handful each.

    If it names an entry: that one, its office and the office's other people. Otherwise people and
    offices of coming meetings with this address, then with an address of the same domain.
    """
    office = reply.registration.invitation_id if reply.registration else reply.invitation_id
    if office:
        people = _registrations().active().filter(invitation=office)
        if reply.registration_id:
            people |= _registrations().filter(pk=reply.registration_id)
        return list(people.order_by("full_name", "pk")), list(_invitations().filter(pk=office))
    domain = f"@{reply.attendee.rpartition('@')[2]}" if reply.attendee else "\n"
    named = _registrations().active().filter(meeting__status__in=ON, email__iendswith=domain)
    invited = _invitations().filter(
        meeting__status__in=ON, withdrawn_at=None, organisation__contacts__is_active=True
    )
    return (
        list(named.order_by(_exact("email", reply), "full_name", "pk")[:MOST_CANDIDATES]),
        list(
            invited.filter(organisation__contacts__email__iendswith=domain)
            .annotate(is_exact=Min(_exact("organisation__contacts__email", reply)))
            .order_by("is_exact", "organisation__short_name", "pk")[:MOST_CANDIDATES]
        ),
    )


def _exact(path: str, reply: CalendarReply) -> Case:
    """Return what sorts rows with exactly this address before all others."""
    same = When(**{f"{path}__iexact": reply.attendee}, then=Value(0))
    return Case(same, default=1, output_field=IntegerField())
