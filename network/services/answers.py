"""Answers of an office that does not send its own people: declined or represented."""

from django.db import transaction

from network.enums import Answer
from network.exports.calendar import one_line
from network.models import Invitation
from network.rules import deadlines
from network.services import answer_entries, registrations
from network.services.answer_entries import Origin
from network.services.registration_desk import Desk
from programme import audit
from programme.errors import RuleBroken
from programme.models import User


@transaction.atomic
def decline(
    *,
    invitation: Invitation,
    reason: str = "",
    by: User | None = None,
    origin: Origin | None = None,
) -> Invitation:
    """Note that the office does not come; people registered so far are cancelled and told.

    The same answer again changes nothing and brings no letter. Refused after the deadline (but
    not the programme team) and for a withdrawn invitation.
    """
    desk = Desk(meeting_id=invitation.meeting_id, by=by, origin=origin)
    return _answer(desk, invitation, Answer.DECLINED, reason=one_line(reason))


@transaction.atomic
def represent(
    *,
    invitation: Invitation,
    represented_by: str,
    by: User | None = None,
    origin: Origin | None = None,
) -> Invitation:
    """Note who represents the office; people registered so far are cancelled and told.

    The representative comes on an invitation of their own. Refused without a name, after the
    deadline (but not the programme team) and for a withdrawn invitation.
    """
    name = one_line(represented_by)
    if not name:
        raise RuleBroken("Bitte geben Sie an, wer Sie vertritt.", field="represented_by")
    desk = Desk(meeting_id=invitation.meeting_id, by=by, origin=origin)
    return _answer(desk, invitation, Answer.REPRESENTED, represented_by=name)


def _answer(
    desk: Desk, invitation: Invitation, given: Answer, *, reason: str = "", represented_by: str = ""
) -> Invitation:
    invitation = desk.invitation(invitation.pk)
    deadlines.refuse_closed(invitation=invitation, moment=desk.moment, by_team=desk.is_team)
    before = answer_entries.snapshot(invitation=invitation)
    stands = (before["answer"], before["decline_reason"], before["represented_by"])
    if stands == (given, reason, represented_by):
        return invitation
    answer_entries.refuse_flood(invitation=invitation, origin=desk.origin)
    ended = registrations.cancel_all(invitation=invitation, by=desk.by, origin=desk.origin)
    desk.answer(invitation, given)
    invitation.decline_reason = reason
    invitation.represented_by = represented_by
    invitation.save(update_fields=["decline_reason", "represented_by"])
    answer_entries.record(
        invitation=invitation,
        before=before,
        answer=given,
        origin=desk.origin,
        ended=[registration.pk for registration in ended],
    )
    audit.record(
        by=desk.by,
        verb=f"invitation.{given}",
        subject=invitation,
        sentence=f"{invitation.organisation} {given.label}: „{desk.meeting}“.",
    )
    return invitation
