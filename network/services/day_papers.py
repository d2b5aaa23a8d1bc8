"""Papers of the day: the list to sign and the badges, made by the worker."""

from django.db import transaction
from django.urls import reverse

from network.enums import AttendanceMode
from network.exports import papers
from network.models import Meeting
from network.queries.entrance import expected
from programme import jobs
from programme.errors import RuleBroken
from programme.models import Printout, User
from programme.services import printouts


@transaction.atomic
def print_attendance(*, meeting: Meeting, by: User) -> Printout:
    """Ask for the attendance list; refuses nothing, an empty one has spare rows."""
    printout = printouts.ask(
        title=f"Anwesenheitsliste: {meeting.title}",
        download_name=f"anwesenheitsliste-{meeting.slug}.pdf",
        back_url=reverse("network:check_in", args=[meeting.slug]),
        by=by,
    )
    make_attendance.enqueue(printout=str(printout.pk), meeting_id=meeting.pk)
    return printout


@transaction.atomic
def print_badges(*, meeting: Meeting, by: User) -> Printout:
    """Ask for the badges of everybody who comes on site; refuses (RuleBroken) if nobody does."""
    if not expected(meeting).filter(mode=AttendanceMode.ON_SITE).exists():
        raise RuleBroken("Für vor Ort ist noch niemand angemeldet.")
    printout = printouts.ask(
        title=f"Namensschilder: {meeting.title}",
        download_name=f"namensschilder-{meeting.slug}.pdf",
        back_url=reverse("network:check_in", args=[meeting.slug]),
        by=by,
    )
    make_badges.enqueue(printout=str(printout.pk), meeting_id=meeting.pk)
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def make_attendance(*, printout: str, meeting_id: int) -> None:
    """Set the list as it stands now; may be repeated."""
    with printouts.making(pk=printout):
        meeting = Meeting.objects.select_related("programme").get(pk=meeting_id)
        people = list(expected(meeting))
        printouts.finish(
            pk=printout,
            template="pdf/network/attendance.html",
            context=papers.attendance(meeting=meeting, people=people),
            identifier=papers.identity("attendance", printout),
        )


@jobs.job(lane=jobs.DOCUMENTS)
def make_badges(*, printout: str, meeting_id: int) -> None:
    """Set the badges as they stand now; may be repeated."""
    with printouts.making(pk=printout):
        meeting = Meeting.objects.select_related("programme").get(pk=meeting_id)
        people = list(expected(meeting).filter(mode=AttendanceMode.ON_SITE))
        printouts.finish(
            pk=printout,
            template="pdf/network/badges.html",
            context=papers.badges(meeting=meeting, people=people),
            identifier=papers.identity("badges", printout),
        )
