"""Footnotes on paper stand at the foot of their page."""

from publications.exports.markdown import Texts
from publications.exports.page_notes import at_the_foot

TEXT = """Ein Satz.[^a] Noch einer.[^b] Und wieder.[^a]

[^a]: Die *erste* Note.

    Mit zweitem Absatz.

[^b]: Die zweite.
"""


def test_each_note_moves_to_its_first_mark_and_the_list_goes():
    html = at_the_foot(Texts({}).write(TEXT))

    first = "Die <em>erste</em> Note.<br>Mit zweitem Absatz."
    assert (
        f'Ein Satz.<span class="footnote">{first}</span> '
        'Noch einer.<span class="footnote">Die zweite.</span> Und wieder.<sup>1</sup>'
    ) in html
    assert "report-notes" not in html


def test_a_text_without_notes_stays_as_it_is():
    html = Texts({}).write("Ein Satz mit H<sub>2</sub>O.")

    assert at_the_foot(html) == html
