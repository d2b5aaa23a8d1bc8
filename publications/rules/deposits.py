"""Which copies of an edition the law gives to libraries, and by when (check W06)."""

from dataclasses import dataclass
from datetime import date, timedelta

from programme.rules.funding.deadlines import plus_months
from publications.enums import DepositForm, DepositLibrary

LEAST_COPIES = 25
MOST_PAGES_EXEMPT = 4
SMALL_RUN = f"Auflage unter {LEAST_COPIES} Exemplaren"
FEW_PAGES = f"höchstens {MOST_PAGES_EXEMPT} Seiten"


@dataclass(frozen=True)
class Owed:
    """Copies for one library in one form; `exempt_because` is empty where they must be sent."""

    library: DepositLibrary
    form: DepositForm
    copies: int
    due_on: date
    exempt_because: str = ""


def owed(
    *, published_on: date, is_printed: bool, print_run: int | None, pages: int
) -> tuple[Owed, ...]:
    """Return what a ministry in Wiesbaden owes after publishing.

    The national library within a week (sections 14, 16 DNBG), two printed copies and the online
    edition; the library of the Land within a month, one of each. Printed works of fewer than 25
    copies or of up to 4 pages are exempt at the national library. The exemption of official papers
    holds for districts and municipalities only (section 4 no. 10 PflAV), so not here.
    """
    week = published_on + timedelta(days=7)
    month = plus_months(published_on, 1)
    exempt = ""
    if print_run is not None and print_run < LEAST_COPIES:
        exempt = SMALL_RUN
    elif 0 < pages <= MOST_PAGES_EXEMPT:
        exempt = FEW_PAGES
    online = (
        Owed(DepositLibrary.DNB, DepositForm.ONLINE, 1, week),
        Owed(DepositLibrary.HLB, DepositForm.ONLINE, 1, month),
    )
    if not is_printed:
        return online
    return (
        Owed(DepositLibrary.DNB, DepositForm.PRINT, 2, week, exempt),
        Owed(DepositLibrary.HLB, DepositForm.PRINT, 1, month),
        *online,
    )
