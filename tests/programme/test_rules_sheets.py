"""Tables from outside are read line by line, and nothing in them is ever run."""

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from programme.errors import RuleBroken
from programme.exports import sheets
from programme.rules.cells import harmless, plain
from programme.rules.sheets import MOST_LINES, read

HEADERS = ("Name", "Ort")
FORMULAS = [
    "=1+1", "=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1",
    " =1+1", "=HYPERLINK(\"http://x.example\")", "=A1", "+49 611 1", "-", "＝1+1", "＠x",
]  # fmt: skip


def xlsx(*rows):
    content, book = BytesIO(), Workbook()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def problems(content, headers=HEADERS):
    return [tuple(problem) for problem in read(content=content, headers=headers).problems]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_is_run_and_people_read_it_unchanged(text):
    content = sheets.csv_file(headers=["Name"], rows=[[text]])
    book = load_workbook(BytesIO(sheets.xlsx_file(title="x", headers=["Name"], rows=[[text]])))

    [_, [cell]] = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (cell, plain(cell)) == (f"'{text}", text)
    assert book.active["A2"].data_type == "s"
    assert unescape(book.active["A2"].value).strip() == text.strip()


@pytest.mark.parametrize("text", ["Gießen", "'s-Hertogenbosch", "A-B", "", "Amt = Behörde"])
def test_harmless_cells_stay_as_they_are(text):
    assert harmless(text) == text
    assert plain(text) == text


def test_a_csv_for_excel_has_a_mark_semicolons_and_whole_umlauts():
    content = sheets.csv_file(headers=HEADERS, rows=[["Jörg Weiß", "Gießen; Süd"]])

    assert content == b"\xef\xbb\xbf" + 'Name;Ort\r\nJörg Weiß;"Gießen; Süd"\r\n'.encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_both_kinds_say_the_same(kind):
    rows = [["Jörg Weiß", "Gießen"], ["Öznur Groß", "- siehe oben"]]
    content = (
        sheets.csv_file(headers=HEADERS, rows=rows)
        if kind == "csv"
        else sheets.xlsx_file(title="Ämter", headers=HEADERS, rows=rows)
    )

    sheet = read(content=content, headers=HEADERS)

    assert [(line.number, list(line.cells.values())) for line in sheet.lines] == [
        (2, rows[0]),
        (3, rows[1]),
    ]


def test_columns_may_stand_in_any_order_and_empty_lines_do_not_count():
    sheet = read(content="Ort;Name\r\n\r\n;\r\nGießen;Jörg".encode(), headers=HEADERS)

    assert [(line.number, line.cells["Name"]) for line in sheet.lines] == [(4, "Jörg")]


def test_numbers_dates_and_truth_in_a_spreadsheet_are_read_as_people_write_them():
    content = xlsx(HEADERS, [64283, date(2024, 2, 29)], [True, 1.5])

    lines = read(content=content, headers=HEADERS).lines

    assert [tuple(line.cells.values()) for line in lines] == [
        ("64283", "29.02.2024"),
        ("ja", "1.5"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [(0, "", "leer")]),
        (b"Name;Ort\r\n", [(0, "", "nur die Kopfzeile")]),
        (b"Name;Stadt\r\nx;y", [(1, "Ort", "fehlt"), (1, "Stadt", "unbekannt")]),
        (b"Name;Ort;Ort\r\nx;y;z", [(1, "Ort", "mehrfach")]),
        (b"Name,Ort\r\nx,y", [(1, "Name", "fehlt"), (1, "Ort", "fehlt"), (1, "Name,Ort", "unb")]),
        ("Name;Ort\r\nJörg;Gießen".encode("cp1252"), [(2, "", "nicht in UTF-8")]),
        (b'Name;Ort\r\nx;"y', [(2, "", "Anf")]),
        (b"Name;Ort\r\nx;y;z", [(2, "", "mehr Zellen")]),
        (b"Name;Ort\r\n=1+1;y", [(2, "", "Formel")]),
        (b"Name;Ort\r\n'=1+1;y", [(2, "", "Formel")]),
        (b"Name;Ort\r\nx\x08;y", [(2, "Name", "unsichtbares Zeichen")]),
        (xlsx(HEADERS, ["=1+1", "y"]), [(2, "", "Formel")]),
        (xlsx(["Name", "Stadt"], ["x", "y"]), [(1, "Ort", "fehlt"), (1, "Stadt", "unbekannt")]),
    ],
)
def test_bad_lines_are_named(content, expected):
    found = problems(content)

    assert [problem[:2] for problem in found] == [wanted[:2] for wanted in expected]
    assert all(w[2] in p[2] for p, w in zip(found, expected, strict=True))


def packed(name, content):
    archive = BytesIO(xlsx(HEADERS, ["x", "y"]))
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return archive.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        packed("xl/media/bombe.xml", b"0" * 11 * 1024 * 1024),
        packed("xl/vbaProject.bin", b"macro"),
        packed("xl/fremd.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        b"PK\x03\x04 kaputt",
        xlsx(HEADERS, ["x", "y"])[:-200],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "Name;Ort".encode("utf-16"),
        ("Name;Ort\r\n" + "x;y\r\n" * (MOST_LINES + 1)).encode(),
    ],
    ids=["bomb", "macro", "entities", "broken", "cut", "xls", "utf-16", "long"],
)
def test_traps_and_broken_files_are_refused_as_a_whole(content):
    with pytest.raises(RuleBroken):
        read(content=content, headers=HEADERS)
