"""The public list of actions as a file for spreadsheets (Art. 53 Reg. (EU) 514/2014, rule F32)."""

from programme.exports.sheets import csv_file
from programme.models import Programme
from programme.rules.funding.checks import ListedAction
from programme.rules.money import written

HEADERS = (
    *("Begünstigte Stelle", "Name des Projekts", "Fonds", "Betrag der EU in EUR"),
    *("Bewilligt am", "Beginn", "Ende"),
)
FUND = "Asyl-, Migrations- und Integrationsfonds (AMIF)"


def list_of_actions(action: ListedAction, *, programme: Programme) -> bytes:
    """Return the list as CSV; what is not known yet stays empty, no cell is ever a formula."""
    row = (
        action.beneficiary,
        action.project,
        FUND,
        written(action.eu_eur).removesuffix(" EUR") if action.eu_eur is not None else "",
        f"{action.listed_on:%d.%m.%Y}" if action.listed_on else "",
        f"{programme.starts_on:%d.%m.%Y}",
        f"{programme.ends_on:%d.%m.%Y}",
    )
    return csv_file(headers=HEADERS, rows=[row])
