"""Which titles a text asks for, and what it leaves to a person."""

import pytest

from publications.rules.mail_titles import wanted
from tests.publications.mails import TITLES


def lines(text, titles=TITLES):
    """Return key, number and the words of each line that is read out of a text."""
    return [
        (line.key, line.copies, line.title_found.where)
        for line in wanted(subject="", text=text, titles=titles)
    ]


@pytest.mark.parametrize(
    ("text", "copies", "words"),
    [
        (
            "ein Dutzend Praxisbücher und je ein Exemplar der anderen Broschüren.",
            1,
            "der anderen Broschüren",
        ),
        (
            "ein Dutzend Praxisbücher und je ein\nExemplar der anderen Broschüren.",
            1,
            "der anderen Broschüren",
        ),
        (
            "12 Praxisbücher\nvon den übrigen Publikationen je 2 Exemplare",
            2,
            "den übrigen Publikationen",
        ),
        ("Bitte 12 Praxisbücher und alle anderen Titel.", 1, "alle anderen Titel"),
        (
            "Bitte 12 Praxisbücher sowie 3 Exemplare aller Veröffentlichungen.",
            3,
            "aller Veröffentlichungen",
        ),
        (
            "Bitte 12 Praxisbücher. Außerdem je drei Stück Ihrer weiteren Broschüren.",
            3,
            "Ihrer weiteren Broschüren",
        ),
    ],
)
def test_the_other_titles_beside_a_named_one_are_left_to_a_person(text, copies, words):
    named, unclear = lines(text)

    assert named[:2] == ("praxisbuch", 12)
    assert unclear == ("", copies, f"im Text: „{words}“")


@pytest.mark.parametrize(
    "text",
    [
        "Bitte 12 Praxisbücher. Die anderen Broschüren haben wir schon.",
        "Bitte 12 Praxisbücher, aber keine der anderen Publikationen.",
        "Bitte 12 Praxisbücher. Ich lese alle Publikationen gern.",
        "Bitte von allen Titeln je 12: Praxisbuch",
        "Bitte 12 Praxisbücher für die anderen Referate.",
    ],
)
def test_other_titles_that_nobody_orders_ask_nothing(text):
    assert [line[:2] for line in lines(text)] == [("praxisbuch", 12)]


def test_the_only_title_there_is_leaves_no_others():
    text = "ein Dutzend Praxisbücher und je ein Exemplar der anderen Broschüren."

    assert [line[:2] for line in lines(text, TITLES[3:4])] == [("praxisbuch", 12)]
