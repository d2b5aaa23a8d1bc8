"""Checks on the spot with what rule F34 says about each."""

from dataclasses import dataclass

from programme.models import Programme, SiteCheck
from programme.rules.funding import checks
from programme.rules.funding.finding import Finding


@dataclass(frozen=True)
class CheckRow:
    """A check and what is missing from it, None if nothing is."""

    check: SiteCheck
    finding: Finding | None


def site_checks(*, programme: Programme) -> list[CheckRow]:
    """Return the checks of a programme, newest first, judged by F34; one query."""
    rows = SiteCheck.objects.filter(programme=programme).select_related("report", "recorded_by")
    return [CheckRow(row, check_finding(row)) for row in rows]


def check_finding(row: SiteCheck) -> Finding | None:
    """Return what is missing from a check (rule F34); no query."""
    return checks.site_check_documented(
        checks.SiteCheck(
            checked_on=row.checked_on,
            checker=row.checker,
            findings=row.findings,
            has_report=row.report_id is not None,
            follow_up_on=row.follow_up_on,
        )
    )
