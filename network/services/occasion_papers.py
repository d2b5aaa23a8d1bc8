"""What a meeting hands in for the vouchers paid for it: attendance list, invitation."""

from functools import partial

from django.urls import reverse

from network.exports import papers
from network.models import Meeting, Registration
from network.queries.entrance import expected
from programme import clock, documents
from programme.queries import occasions
from programme.queries.occasions import Occasion, Paper

KIND = "network.meeting"


@occasions.hands_in(KIND)
def meeting_papers(*, pk: int) -> Occasion | None:
    """Return a meeting with its papers, set when they are needed; None if there is none.

    The attendance list is missing while nobody is registered, the invitation while nobody is
    invited.
    """
    found = Meeting.objects.public().select_related("programme")
    meeting = found.filter(pk=pk).first()
    if meeting is None:
        return None
    people = list(expected(meeting))
    invited = meeting.invitations.filter(withdrawn_at__isnull=True).count()
    wanted = (
        ("Anwesenheitsliste", bool(people), partial(_attendance, meeting, people)),
        ("Einladung mit Förderhinweis", bool(invited), partial(_invitation, meeting, invited)),
    )
    return Occasion(
        title=meeting.title,
        url=reverse("network:meeting", args=[meeting.slug]),
        papers=tuple(Paper(f"{name}.pdf", make) for name, is_there, make in wanted if is_there),
        missing=tuple(
            f"{name} zu „{meeting.title}“" for name, is_there, _ in wanted if not is_there
        ),
    )


def _attendance(meeting: Meeting, people: list[Registration]) -> bytes:
    return documents.render_pdf(
        template="pdf/network/attendance.html",
        context=papers.attendance(meeting=meeting, people=people),
        dated=clock.now(),
        identifier=papers.identity("evidence", str(meeting.pk)),
    ).content


def _invitation(meeting: Meeting, invited: int) -> bytes:
    return documents.render_pdf(
        template="pdf/network/invitation_evidence.html",
        context={"meeting": meeting, "programme": meeting.programme, "invited": invited},
        dated=clock.now(),
        identifier=papers.identity("invitation", str(meeting.pk)),
    ).content
