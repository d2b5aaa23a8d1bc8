"""The list of people as a table for spreadsheets: CSV and XLSX, safe against formulas."""

import csv
import io
from collections.abc import Iterable

import xlsxwriter

from network.enums import WorkshopPlace
from network.models import Registration
from network.rules.deadlines import HESSEN

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    "Organisation",
    "Name",
    "Funktion",
    "E-Mail-Adresse",
    "Teilnahme",
    "Stand",
    "Workshop",
    "Platz im Workshop",
    "angemeldet am",
    "auf der Warteliste seit",
)
WIDTHS = (28, 28, 24, 32, 12, 20, 32, 30, 18, 22)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(people: Iterable[Registration]) -> bytes:
    """Return the list as CSV that German Excel opens: semicolons, UTF-8 with a mark.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for person in people:
        writer.writerow([harmless(cell) for cell in cells(person)])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(people: Iterable[Registration]) -> bytes:
    """Return the list as a workbook; every cell is a text, so nothing is run as a formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Anmeldungen")
        bold = book.add_format({"bold": True})
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        for line, person in enumerate(people, 1):
            for column, cell in enumerate(cells(person)):
                sheet.write_string(line, column, cell)
    return file.getvalue()


def cells(person: Registration) -> list[str]:
    """Return one line of the table, in the order of the headings."""
    place = WorkshopPlace(person.workshop_place).label if person.workshop_place else ""
    return [
        person.invitation.organisation.short_name,
        person.full_name,
        person.function,
        person.email,
        person.get_mode_display(),
        person.get_status_display(),
        person.workshop.title if person.workshop else "",
        str(place),
        f"{person.registered_at.astimezone(HESSEN):%d.%m.%Y %H:%M}",
        f"{person.queued_at.astimezone(HESSEN):%d.%m.%Y %H:%M}" if person.queued_at else "",
    ]


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
