"""Invite organisations to a meeting and send a lost invitation again."""

from collections.abc import Iterable

from django.db import transaction

from network import emails
from network.enums import MeetingStatus
from network.models import Contact, Invitation, Meeting, Organisation
from network.rules import deadlines
from network.services import meetings
from programme import audit, clock, tokens
from programme.errors import RuleBroken
from programme.models import User


@transaction.atomic
def invite(
    *, meeting: Meeting, organisations: Iterable[Organisation], by: User
) -> list[Invitation]:
    """Invite each organisation once and queue a letter with its own link to each contact.

    A draft is published with it. Organisations invited before are left out, so sending twice
    invites nobody twice and later additions are possible. Refuses meetings that are over or
    cancelled, an empty choice, and organisations nobody could be written to.
    """
    row = Meeting.objects.locked(meeting.pk)
    _refuse_closed(row)
    chosen = {organisation.pk for organisation in organisations}
    if not chosen:
        raise RuleBroken(
            "Bitte wählen Sie mindestens eine Organisation aus.", field="organisations"
        )
    chosen -= set(row.invitations.values_list("organisation_id", flat=True))
    guests = Organisation.objects.filter(pk__in=chosen)
    recipients = _recipients(chosen)
    unreachable = [guest.short_name for guest in guests if guest.pk not in recipients]
    if unreachable:
        names = ", ".join(sorted(unreachable))
        raise RuleBroken(
            f"Für diese Organisationen ist kein Kontakt eingetragen: {names}.",
            field="organisations",
        )
    row = meetings.publish(meeting=row, by=by)
    created = [_new(row, guest) for guest in guests]
    Invitation.objects.bulk_create(created)
    for invitation in created:
        for contact in recipients[invitation.organisation_id]:
            emails.invitation(invitation, contact)
    if created:
        sentence = f"{len(created)} Organisationen zu „{row.title}“ eingeladen."
        audit.record(by=by, verb="meeting.invited", subject=row, sentence=sentence)
    return created


@transaction.atomic
def resend(*, invitation: Invitation, by: User) -> list[Contact]:
    """Queue the letter of an invitation again, with the same link; returns who gets it.

    Refuses closed meetings, withdrawn invitations and organisations without a contact.
    """
    invitation.meeting = Meeting.objects.locked(invitation.meeting_id)
    _refuse_closed(invitation.meeting)
    if invitation.withdrawn_at:
        raise RuleBroken("Diese Einladung wurde zurückgezogen.")
    contacts = list(invitation.organisation.contacts.addressed())
    if not contacts:
        raise RuleBroken("Für diese Organisation ist kein Kontakt eingetragen.")
    for contact in contacts:
        emails.invitation(invitation, contact)
    sentence = f"Einladung zu „{invitation.meeting}“ erneut an {invitation.organisation} gesendet."
    audit.record(by=by, verb="invitation.resent", subject=invitation, sentence=sentence)
    return contacts


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.status == MeetingStatus.CANCELLED:
        raise RuleBroken("Das Treffen ist abgesagt.")
    moment = clock.now()
    if deadlines.is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment):
        raise RuleBroken("Zu einem vergangenen Treffen kann nicht eingeladen werden.")


def _recipients(organisations: Iterable[int]) -> dict[int, list[Contact]]:
    """Return whom to write to, by organisation; those without a contact are missing."""
    found: dict[int, list[Contact]] = {}
    contacts = Contact.objects.filter(organisation__in=organisations).addressed()
    for contact in contacts:
        found.setdefault(contact.organisation_id, []).append(contact)
    return found


def _new(meeting: Meeting, organisation: Organisation) -> Invitation:
    seed, digest = tokens.issue("invitation")
    return Invitation(
        meeting=meeting, organisation=organisation, token_seed=seed, token_digest=digest
    )
