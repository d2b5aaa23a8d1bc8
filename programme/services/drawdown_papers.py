"""The request for money on paper, with lines to sign; set by the worker."""

import hashlib

from django.db import transaction
from django.urls import reverse

from programme import jobs
from programme.enums import DrawdownStatus
from programme.errors import RuleBroken
from programme.models import Drawdown, Printout, User
from programme.queries import drawdowns as queries
from programme.services import printouts


@transaction.atomic
def print_request(*, drawdown: Drawdown, by: User) -> Printout:
    """Ask for the request as PDF; refuses (RuleBroken) a drawdown that was rejected."""
    if drawdown.status == DrawdownStatus.REJECTED:
        raise RuleBroken(f"{drawdown} ist zurückgewiesen und wird nicht gedruckt.")
    printout = printouts.ask(
        title=f"{drawdown}: Anforderung",
        download_name=f"mittelabruf-{drawdown.number}.pdf",
        back_url=reverse("programme:drawdown", args=[drawdown.number]),
        by=by,
    )
    make_request.enqueue(printout=str(printout.pk), drawdown_id=drawdown.pk)
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def make_request(*, printout: str, drawdown_id: int) -> None:
    """Set the request as it stands now; may be repeated."""
    with printouts.making(pk=printout):
        row = Drawdown.objects.select_related("programme").get(pk=drawdown_id)
        drawdown = queries.drawdowns(programme=row.programme).get(pk=drawdown_id)
        state = f"{drawdown.pk}:{drawdown.revision}:{printout}"
        printouts.finish(
            pk=printout,
            template="pdf/programme/drawdown.html",
            context={
                "programme": drawdown.programme,
                "drawdown": drawdown,
                "shares": list(drawdown.shares.all()),
            },
            identifier=hashlib.sha256(state.encode()).hexdigest(),
        )
