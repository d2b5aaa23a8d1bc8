"""The copy for the printing house: sheet, bleed, where to cut; and words nobody broke."""

import re
from io import BytesIO

import pikepdf
import pypdf
import pytest

from publications.exports.pdf import pdf_of, print_pdf_of
from publications.services import editions
from tests.publications import world

pytestmark = pytest.mark.django_db

POINTS = 72 / 25.4


@pytest.fixture
def edition():
    report, by = world.compiled()
    return editions.publish(publication=report, by=by)


def test_the_copy_for_the_printing_house_has_bleed_and_room_for_marks(edition):
    made = print_pdf_of(edition)

    assert print_pdf_of(edition) == made
    with pikepdf.open(BytesIO(made.content)) as pdf:
        assert len(pdf.pages) == made.pages
        boxes = {
            tuple(in_mm(each[name]) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
            for each in pdf.pages
        }
    assert boxes == {
        ((0.0, 0.0, 210.0, 297.0), (-3.0, -3.0, 213.0, 300.0), (-10.0, -10.0, 220.0, 307.0))
    }


def test_crop_marks_stand_outside_the_bleed_on_every_page(edition):
    made = print_pdf_of(edition)

    with pikepdf.open(BytesIO(made.content)) as pdf:
        for each in pdf.pages:
            lines = crop_marks(each)
            assert len(lines) == 8
            for line in lines:
                assert is_outside(line, in_mm(each["/BleedBox"]))
                assert points_at_an_edge(line, in_mm(each["/TrimBox"]))


def test_the_report_breaks_no_word_by_itself(edition):
    made = pdf_of(edition)

    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made.content)).pages)

    broken = re.findall(r"\w+[-\u00ad\u2010]\n[a-zäöüß]\w*", text)
    assert broken == []


def in_mm(box):
    return tuple(round(float(edge) / POINTS, 1) for edge in box)


def crop_marks(sheet):
    """Return the lines of the first drawing on the sheet in millimetres from the trimmed corner."""
    drawing = sheet.Resources.XObject[
        next(
            operands[0]
            for operands, operator in pikepdf.parse_content_stream(sheet)
            if str(operator) == "Do"
        )
    ]
    matrix = pikepdf.Matrix(0.75, 0, 0, -0.75, 0, float(sheet["/TrimBox"][3]))
    saved, start, lines = [], None, []
    for operands, operator in pikepdf.parse_content_stream(drawing):
        numbers = (
            [float(number) for number in operands] if str(operator) in {"cm", "m", "l"} else []
        )
        match str(operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = pikepdf.Matrix(*numbers) @ matrix
            case "m":
                start = matrix.transform(numbers)
            case "l":
                lines.append([*start, *matrix.transform(numbers)])
    return [in_mm(line) for line in lines]


def is_outside(line, box):
    x1, y1, x2, y2 = line
    left, bottom, right, top = box
    return max(x1, x2) < left or min(x1, x2) > right or max(y1, y2) < bottom or min(y1, y2) > top


def points_at_an_edge(line, box):
    """A mark is upright on a left or right edge, or level with a lower or upper one."""
    x1, y1, x2, y2 = line
    left, bottom, right, top = box
    return (x1 == x2 and x1 in {left, right}) or (y1 == y2 and y1 in {bottom, top})
