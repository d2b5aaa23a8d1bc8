"""An agenda typed as text is read, written back, and refused with the number of the line."""

from datetime import time

import pytest

from network.rules import agenda
from network.rules.agenda import AgendaLine
from programme.errors import RuleBroken
from tests.factories.programme import FieldOfActionFactory


def test_lines_become_items_and_empty_lines_are_skipped():
    items = agenda.read("9:30 Ankommen\n\n10.15 Uhr Termine | Stadt Gießen\nAusklang\n")

    assert items == (
        AgendaLine(time(9, 30), "Ankommen"),
        AgendaLine(time(10, 15), "Termine", "Stadt Gießen"),
        AgendaLine(None, "Ausklang"),
    )


def test_what_is_written_is_read_again():
    text = "09:30 Ankommen\n10:15 Termine | Stadt Gießen\nAusklang"

    assert agenda.written(agenda.read(text)) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("25:00 Nachtsitzung", "Die Uhrzeit in Zeile 1 gibt es nicht."),
        ("10:00 Anfang\n10:61 Ende", "Die Uhrzeit in Zeile 2 gibt es nicht."),
        ("10:00 | Stadt Gießen", "In Zeile 1 fehlt das Thema."),
        ("x" * 161, "Zeile 1 ist zu lang: Thema und Vortrag dürfen je 160 Zeichen haben."),
        ("Punkt\n" * 61, "Bitte höchstens 60 Programmpunkte eintragen."),
    ],
)
def test_a_line_that_cannot_be_kept_is_named(text, message):
    with pytest.raises(RuleBroken) as broken:
        agenda.read(text)

    assert (broken.value.message, broken.value.field) == (message, "agenda")


@pytest.mark.django_db
def test_a_line_may_name_its_field_of_action():
    fields = list(FieldOfActionFactory.create_batch(2))
    text = f"10:00 Begrüßung |  | {fields[1].title.upper()}\nPause"

    lines = agenda.read(text, fields=fields)

    assert lines[0].field_of_action == fields[1]
    assert agenda.written(lines) == f"10:00 Begrüßung |  | {fields[1].title}\nPause"


def test_an_unknown_field_of_action_is_named_with_its_line():
    with pytest.raises(RuleBroken, match="Handlungsfeld in Zeile 2"):
        agenda.read("Pause\nVortrag | Stadt Gießen | Raumfahrt")
