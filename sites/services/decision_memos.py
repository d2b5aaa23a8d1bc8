"""The memo of the selection board: scores by criterion, ranking, decision and reason as PDF."""

from django.db import transaction
from django.urls import reverse

from programme import jobs
from programme.errors import RuleBroken
from programme.models import Printout, User
from programme.services import printouts
from sites.exports import decisions
from sites.models import Call
from sites.queries import applications


@transaction.atomic
def print_out(*, call: Call, by: User) -> Printout:
    """Ask for the memo; refuses (RuleBroken) as long as nothing is decided."""
    if not call.applications.filter(decided_at__isnull=False).exists():
        raise RuleBroken("Noch ist über keine Bewerbung entschieden.")
    printout = printouts.ask(
        title=f"Auswahlvermerk: {call.title}",
        download_name=f"auswahlvermerk-{call.slug}.pdf",
        back_url=reverse("sites:call_desk", args=[call.slug]),
        by=by,
    )
    make.enqueue(printout=str(printout.pk), call_id=call.pk)
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def make(*, printout: str, call_id: int) -> None:
    """Set the memo as it stands now; may be repeated."""
    with printouts.making(pk=printout):
        call = Call.objects.select_related("programme").get(pk=call_id)
        printouts.finish(
            pk=printout,
            template="pdf/sites/decisions.html",
            context=decisions.memo(call=call, rows=applications.decided(call=call)),
            identifier=f"decisions-{printout}",
        )
