"""Somebody reports a barrier; somebody answers."""

from django.db import transaction

from programme import audit, clock, emails
from programme.enums import BarrierReportStatus
from programme.errors import RuleBroken
from programme.models import BarrierReport, Programme, User
from programme.rules import barriers as rules


@transaction.atomic
def report(*, message: str, page_url: str, email: str) -> BarrierReport:
    """Keep a report, tell the contact mailbox and, if there is an address, confirm it.

    A report is never refused, but one address gets a few confirmations a day at most, so that
    nobody can fill somebody else's mailbox through this form (threat T3).
    """
    since = clock.now() - rules.CONFIRMATIONS_PER
    known = BarrierReport.objects.filter(email__iexact=email, created_at__gt=since).count()
    made = BarrierReport.objects.create(message=message, page_url=page_url, email=email)
    audit.record(
        by=None,
        verb="barrier_report.received",
        subject=made,
        sentence=f"Barrieremeldung {made.pk} ist eingegangen.",
    )
    emails.barrier_report(made, Programme.objects.current())
    if made.email and known < rules.MOST_CONFIRMATIONS:
        emails.barrier_report_received(made)
    return made


@transaction.atomic
def close(*, report: BarrierReport, by: User) -> BarrierReport:
    """Note that a report was answered; refuses one that already was (RuleBroken)."""
    locked = BarrierReport.objects.select_for_update().get(pk=report.pk)
    if locked.status == BarrierReportStatus.CLOSED:
        raise RuleBroken("Diese Meldung ist schon als beantwortet vermerkt.")
    locked.status = BarrierReportStatus.CLOSED
    locked.closed_at = clock.now()
    locked.closed_by = by
    locked.save(update_fields=["status", "closed_at", "closed_by"])
    audit.record(
        by=by,
        verb="barrier_report.closed",
        subject=locked,
        sentence=f"Barrieremeldung {locked.pk} ist beantwortet.",
    )
    return locked
