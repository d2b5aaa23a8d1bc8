"""Marking a passage in finished markup: tags between the words, umlauts, drawings, hostile text."""

import pytest

from publications.exports.passages import Mark, marked, text_of, times


def mark(passage, correction="neu"):
    return Mark(passage, correction, "#korrektur-1", "(K)")


@pytest.mark.parametrize(
    ("markup", "passage", "result"),
    [
        (
            "<p>Es waren sechs Standorte.</p>",
            "sechs",
            '<p>Es waren <del>sechs</del><ins> neu <a href="#korrektur-1">(K)</a></ins>'
            " Standorte.</p>",
        ),
        (
            "<p>Es waren <strong>sechs Standorte</strong>: Gießen.</p>",
            "sechs Standorte: Gießen",
            "<p>Es waren <strong><del>sechs Standorte</del></strong><del>: Gießen</del>"
            '<ins> neu <a href="#korrektur-1">(K)</a></ins>.</p>',
        ),
        (
            "<p>Größe\n   und Maß</p>",
            "Größe und Maß",
            '<p><del>Größe\n   und Maß</del><ins> neu <a href="#korrektur-1">(K)</a></ins></p>',
        ),
        ("<p>Nichts davon.</p>", "fehlt", "<p>Nichts davon.</p>"),
    ],
)
def test_the_passage_is_crossed_out_and_followed_by_what_is_right(markup, passage, result):
    assert marked(markup, [mark(passage)]) == result


def test_words_in_a_drawing_are_left_alone():
    drawing = "<svg><title>sechs</title><text>sechs</text></svg>"

    assert text_of(drawing + "<p>sieben</p>") == "sieben"
    assert marked(f"{drawing}<p>sechs</p>", [mark("sechs")]).count("<del>") == 1


def test_what_is_right_comes_in_as_text_and_never_as_markup():
    shown = marked("<p>alt</p>", [mark("alt", "<script>alert(1)</script>")])

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_two_corrections_in_one_sentence_both_stand_there():
    shown = marked("<p>eins und zwei</p>", [mark("eins"), mark("zwei")])

    assert shown.count("<del>") == 2
    assert "<del>eins</del>" in shown
    assert "<del>zwei</del>" in shown


def test_a_passage_is_counted_as_readers_see_it():
    assert times("<p>a <em>b</em></p><p>a b</p>", "a b") == 2
