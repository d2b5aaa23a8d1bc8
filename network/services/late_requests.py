"""Requests after a deadline: nobody is just refused, the programme team decides and answers."""

from django.db import transaction

from network import emails
from network.enums import LateOutcome
from network.exports.calendar import one_line
from network.models import Invitation, LateRequest
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User

LONGEST = 1000
MOST_OPEN = 10


@transaction.atomic
def ask(*, invitation: Invitation, name: str, email: str, message: str) -> LateRequest:
    """Put a request before the programme team, which gets a letter in its mailbox.

    The same words of the same person, still unanswered, are one request. Refuses (RuleBroken) a
    request without name or text, a text above 1,000 signs, and an eleventh one as long as ten of
    the same invitation wait: whoever has the link cannot flood the mailbox of the team (threat T3).
    """
    name, message = one_line(name), message.strip()
    if not name:
        raise RuleBroken("Bitte geben Sie Ihren Namen an.", field="name")
    if not message or len(message) > LONGEST:
        raise RuleBroken(
            f"Bitte schreiben Sie Ihr Anliegen in höchstens {LONGEST} Zeichen.", field="message"
        )
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    said = {"name": name, "email": email.strip().lower(), "message": message}
    earlier = invitation.late_requests.filter(settled_at__isnull=True, **said).first()
    if earlier:
        return earlier
    if invitation.late_requests.filter(settled_at__isnull=True).count() >= MOST_OPEN:
        raise RuleBroken(
            f"Zu dieser Einladung liegen schon {MOST_OPEN} Anfragen beim Programmteam. "
            "Bitte warten Sie die Antworten ab."
        )
    request = LateRequest.objects.create(invitation=invitation, **said)
    emails.late_request(request)
    audit.record(
        by=None,
        verb="late_request.asked",
        subject=invitation,
        sentence=f"{invitation.organisation} fragt nach der Frist zu „{invitation.meeting}“ an.",
    )
    return request


@transaction.atomic
def accept(*, request: LateRequest, by: User) -> LateRequest:
    """Settle a request with a yes; the person is told that the team takes care of it.

    Refused (RuleBroken) if somebody has settled it already.
    """
    request = _settle(request, by, LateOutcome.ACCEPTED)
    emails.late_request_accepted(request)
    return request


@transaction.atomic
def reject(*, request: LateRequest, sentence: str, by: User) -> LateRequest:
    """Settle a request with a no; the person reads the sentence.

    Refused (RuleBroken) without a sentence and if somebody has settled it already.
    """
    if not sentence.strip():
        raise RuleBroken("Bitte schreiben Sie, warum es nicht mehr geht.", field="sentence")
    request = _settle(request, by, LateOutcome.REJECTED)
    emails.late_request_rejected(request, sentence=sentence.strip())
    return request


def _settle(request: LateRequest, by: User, outcome: LateOutcome) -> LateRequest:
    locked = LateRequest.objects.select_for_update(of=("self",))
    request = locked.select_related(
        "invitation__meeting__programme", "invitation__organisation"
    ).get(pk=request.pk)
    if request.settled_at:
        raise RuleBroken("Diese Anfrage ist schon erledigt. Es ging keine weitere E-Mail hinaus.")
    request.settled_at, request.settled_by = clock.now(), by
    request.outcome = outcome
    request.save(update_fields=["settled_at", "settled_by", "outcome"])
    invitation = request.invitation
    audit.record(
        by=by,
        verb="late_request.settled",
        subject=request,
        sentence=f"Anfrage von {invitation.organisation} zu „{invitation.meeting}“: "
        f"{outcome.label}.",
    )
    return request
