"""Letters on paper go out as one PDF and come back with a code (feature B17)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from network.emails.addresses import invitation_url
from network.enums import Answer, AnswerChannel, LetterKind, MeetingStatus
from network.exports import qr
from network.models import Invitation, InvitationLetter, Meeting
from network.queries import paper
from network.rules import deadlines
from network.services import answers, registrations
from network.services.answer_entries import Origin
from network.services.registrations import Person
from programme import audit, clock, jobs
from programme.errors import RuleBroken
from programme.models import LegalNotice, Printout, Programme, User
from programme.services import printouts


@dataclass(frozen=True)
class PaperAnswer:
    """What stands on a return form."""

    answer: str
    people: tuple[Person, ...] = ()
    reason: str = ""
    represented_by: str = ""


@transaction.atomic
def print_letters(
    *, meeting: Meeting, invitations: Sequence[Invitation], is_reminder: bool, by: User
) -> Printout:
    """Ask for the letters of these invitations as one PDF, and note them in the send log.

    Refuses an empty choice and a meeting that is cancelled, a draft or over.
    """
    row = Meeting.objects.locked(meeting.pk)
    if not invitations:
        raise RuleBroken("Bitte wählen Sie mindestens eine Organisation aus.", field="invitations")
    is_over = deadlines.is_over(starts_at=row.starts_at, ends_at=row.ends_at, moment=clock.now())
    if row.status != MeetingStatus.PUBLISHED or is_over:
        raise RuleBroken("Briefe gibt es nur, solange auf die Einladung geantwortet werden kann.")
    InvitationLetter.objects.bulk_create(
        InvitationLetter(invitation=invitation, kind=LetterKind.PAPER, by=by)
        for invitation in invitations
    )
    printout = printouts.ask(
        title=f"Briefe zu {row.title}",
        download_name=f"briefe-{row.slug}.pdf",
        back_url=reverse("network:board", args=[row.slug]),
        by=by,
    )
    make_letters.enqueue(
        printout=str(printout.pk),
        invitations=[invitation.pk for invitation in invitations],
        is_reminder=is_reminder,
    )
    sentence = f"„{row}“: {len(invitations)} Briefe auf Papier erstellt."
    audit.record(by=by, verb="meeting.printed", subject=row, sentence=sentence)
    return printout


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3)
def make_letters(*, printout: str, invitations: list[int], is_reminder: bool) -> None:
    """Set the letters and hand them over; may be repeated."""
    programme = Programme.objects.filter(is_current=True).first()
    with printouts.making(pk=printout):
        letters = paper.letters(keys=invitations)
        context: dict[str, object] = {
            "letters": [
                (
                    letter,
                    qr.svg(invitation_url(letter.invitation), title="QR-Code zur Antwortseite"),
                )
                for letter in letters
            ],
            "meeting": letters[0].invitation.meeting if letters else None,
            "programme": programme,
            "publisher": LegalNotice.objects.filter(programme=programme).first(),
            "is_reminder": is_reminder,
            "today": clock.today(),
        }
        printouts.finish(
            pk=printout,
            template="pdf/network/invitation_letter.html",
            context=context,
            identifier=f"{printout}:{','.join(map(str, invitations))}",
        )


@transaction.atomic
def enter(*, invitation: Invitation, given: PaperAnswer, by: User) -> Invitation:
    """Enter what stands on a return form, as if the office had answered itself.

    People for whom no seat is free go to the waiting list: a form can ask nobody. Refuses what
    the answer page refuses, but not the deadline, because letters take their time.
    """
    origin = Origin(channel=AnswerChannel.PAPER, by=by)
    if given.answer == Answer.COMING:
        registrations.register(
            invitation=invitation, people=given.people, accept_waiting=True, by=by, origin=origin
        )
    elif given.answer == Answer.DECLINED:
        answers.decline(invitation=invitation, reason=given.reason, by=by, origin=origin)
    elif given.answer == Answer.REPRESENTED:
        answers.represent(
            invitation=invitation, represented_by=given.represented_by, by=by, origin=origin
        )
    else:
        raise RuleBroken("Bitte wählen Sie, was angekreuzt ist.", field="answer")
    return invitation
