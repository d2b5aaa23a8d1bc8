"""Answers of an office that does not send its own people: declined or represented."""

from django.db import transaction

from network import emails
from network.enums import Answer
from network.exports.calendar import one_line
from network.models import Invitation, Meeting
from network.queries import invitations as invitation_queries
from network.rules import deadlines
from network.services import registrations
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User


@transaction.atomic
def decline(*, invitation: Invitation, reason: str = "", by: User | None = None) -> Invitation:
    """Note that the office does not come; people registered so far are cancelled and told.

    Refused after the deadline and for a withdrawn invitation.
    """
    return _answer(invitation, Answer.DECLINED, by, reason=one_line(reason))


@transaction.atomic
def represent(*, invitation: Invitation, represented_by: str, by: User | None = None) -> Invitation:
    """Note who represents the office; people registered so far are cancelled and told.

    The representative comes on an invitation of their own. Refused without a name, after the
    deadline and for a withdrawn invitation.
    """
    name = one_line(represented_by)
    if not name:
        raise RuleBroken("Bitte geben Sie an, wer Sie vertritt.", field="represented_by")
    return _answer(invitation, Answer.REPRESENTED, by, represented_by=name)


def _answer(
    invitation: Invitation,
    given: Answer,
    by: User | None,
    *,
    reason: str = "",
    represented_by: str = "",
) -> Invitation:
    meeting = Meeting.objects.locked(invitation.meeting_id)
    invitation = Invitation.objects.select_related("organisation").get(pk=invitation.pk)
    invitation.meeting = meeting
    deadlines.refuse_closed(invitation=invitation, moment=clock.now())
    registrations.cancel_all(invitation=invitation, by=by)
    invitation.answer = given
    invitation.answered_at = clock.now()
    invitation.decline_reason = reason
    invitation.represented_by = represented_by
    invitation.save(update_fields=["answer", "answered_at", "decline_reason", "represented_by"])
    contact = invitation_queries.answer_contact(organisation=invitation.organisation)
    if contact:
        emails.answer_received(invitation, to=contact.email, registrations=[])
    audit.record(
        by=by,
        verb=f"invitation.{given}",
        subject=invitation,
        sentence=f"{invitation.organisation} {given.label}: „{meeting}“.",
    )
    return invitation
