"""Invite organisations to a meeting, try the letter first, send a lost one again."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from network import emails
from network.enums import LetterKind, MeetingStatus
from network.models import Contact, Invitation, InvitationLetter, Meeting, Organisation
from network.rules import deadlines
from network.services import cleared_entries, letters, meetings, office_feeds, reminders
from programme import audit, clock, tokens
from programme.errors import RuleBroken
from programme.models import OutgoingMail, User
from programme.rules.publicity import refuse_unfunded

# The page a mail leads to, and the letter on paper; mails name the fund in words.
SHOWN = ("network/invitation.html", "pdf/network/invitation_letter.html")


@transaction.atomic
def invite(
    *,
    meeting: Meeting,
    organisations: Iterable[Organisation],
    on_paper: Iterable[Organisation] = (),
    by: User,
) -> list[Invitation]:
    """Invite each organisation once and queue a letter with its own link to each contact.

    Those `on_paper` are invited without a mail: their letters are printed. A draft is published
    with it, and the reminders are planned. Nobody is invited twice. Refuses meetings over or
    cancelled, a passed deadline, no choice, no address, letters that hide who pays (F31).
    """
    row = Meeting.objects.locked(meeting.pk)
    _refuse_closed(row)
    refuse_unfunded(
        f"Einladung zu {row.title}", notice=row.programme.funding_notice, templates=SHOWN
    )
    _refuse_unanswerable(row)
    by_mail = {organisation.pk for organisation in organisations}
    chosen = by_mail | {organisation.pk for organisation in on_paper}
    _refuse_nobody(chosen)
    chosen -= set(row.invitations.values_list("organisation_id", flat=True))
    office_feeds.issue_missing(keys=chosen)
    guests = list(Organisation.objects.filter(pk__in=chosen))
    recipients = _recipients(by_mail & chosen)
    _refuse_unreachable([guest for guest in guests if guest.pk in by_mail], recipients)
    row = meetings.publish(meeting=row, by=by)
    created = Invitation.objects.bulk_create(_new(row, guest) for guest in guests)
    InvitationLetter.objects.bulk_create(
        _letter(invitation, emails.invitation(invitation, contact), by)
        for invitation in created
        for contact in recipients.get(invitation.organisation_id, ())
    )
    reminders.plan(meeting=row)
    if created:
        sentence = f"{len(created)} Organisationen zu „{row.title}“ eingeladen."
        audit.record(by=by, verb="meeting.invited", subject=row, sentence=sentence)
    return created


@transaction.atomic
def send_test(*, meeting: Meeting, organisation: Organisation, by: User) -> OutgoingMail:
    """Send the invitation of an organisation to the person who plans it, marked as a test.

    Nobody is invited by it and its link leads nowhere. Refuses organisations without a contact.
    """
    contact = organisation.contacts.addressed().first()
    if contact is None:
        raise RuleBroken("Für diese Organisation ist kein Kontakt eingetragen.", field="preview")
    sample = Invitation(meeting=meeting, organisation=organisation)
    return emails.invitation_test(sample, contact, to=by.email)


@transaction.atomic
def resend(*, invitation: Invitation, by: User) -> list[Contact]:
    """Queue the letter of an invitation again, with the same links; returns who gets it.

    Refuses closed meetings, withdrawn invitations and organisations without a contact.
    """
    invitation.meeting = Meeting.objects.locked(invitation.meeting_id)
    _refuse_closed(invitation.meeting)
    if invitation.withdrawn_at:
        raise RuleBroken("Diese Einladung wurde zurückgezogen.")
    contacts = list(invitation.organisation.contacts.addressed())
    if not contacts:
        raise RuleBroken("Für diese Organisation ist kein Kontakt eingetragen.")
    office_feeds.complete(organisation=invitation.organisation)
    cleared_entries.forget(invitation=invitation)
    for contact in contacts:
        mail = emails.invitation(invitation, contact)
        letters.log(invitation=invitation, kind=LetterKind.INVITATION, mail=mail, by=by)
    sentence = f"Einladung zu „{invitation.meeting}“ erneut an {invitation.organisation} gesendet."
    audit.record(by=by, verb="invitation.resent", subject=invitation, sentence=sentence)
    return contacts


def _refuse_nobody(chosen: set[int]) -> None:
    if not chosen:
        raise RuleBroken(
            "Bitte wählen Sie mindestens eine Organisation aus.", field="organisations"
        )


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.status == MeetingStatus.CANCELLED:
        raise RuleBroken("Das Treffen ist abgesagt.")
    moment = clock.now()
    if deadlines.is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment):
        raise RuleBroken("Zu einem vergangenen Treffen kann nicht eingeladen werden.")


def _refuse_unanswerable(meeting: Meeting) -> None:
    """Refuse to ask for an answer nobody could give any more."""
    until = meeting.reply_until
    if until is not None and until <= clock.now():
        raise RuleBroken(
            f"Die Antwortfrist ist am {until.astimezone(deadlines.HESSEN):%d.%m.%Y} abgelaufen; "
            "wer jetzt eingeladen wird, könnte nicht mehr antworten. Bitte geben Sie beim Treffen "
            "unter „Bearbeiten“ zuerst eine spätere Frist an."
        )


def _refuse_unreachable(
    guests: Sequence[Organisation], recipients: dict[int, list[Contact]]
) -> None:
    unreachable = sorted(guest.short_name for guest in guests if guest.pk not in recipients)
    if unreachable:
        names = ", ".join(unreachable)
        raise RuleBroken(
            f"Für diese Organisationen ist kein Kontakt eingetragen: {names}.",
            field="organisations",
        )


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


def _letter(invitation: Invitation, mail: OutgoingMail, by: User) -> InvitationLetter:
    return InvitationLetter(
        invitation=invitation,
        kind=LetterKind.INVITATION,
        recipient=mail.recipient,
        message_id=mail.message_id,
        by=by,
    )
