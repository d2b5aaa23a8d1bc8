"""Footnotes on paper: a note stands at the foot of the page of its mark."""

import re

NOTES = re.compile(r'<section class="report-notes".*?</section>', re.DOTALL)
NOTE = re.compile(r'<li id="fn-(\d+)">(.*?)</li>', re.DOTALL)
MARK = re.compile(r'<sup><a class="report-mark"[^>]*href="#fn-(\d+)"[^>]*>\d+</a></sup>')
BACK = re.compile(r'\s*<a class="report-back".*?</a>', re.DOTALL)
PARAGRAPHS = re.compile(r"</p>\s*<p>")
EDGES = re.compile(r"</?p>")


def at_the_foot(html: str) -> str:
    """Move each note of a chapter to its first mark, where the press takes it to the foot.

    A second mark of the same note stays a raised number. Notes count on through the edition, so
    the numbers are those of the page and of the EPUB.
    """
    notes = {number: _inline(text) for number, text in NOTE.findall(html)}

    def mark(found: re.Match[str]) -> str:
        number = found[1]
        if number not in notes:
            return f"<sup>{number}</sup>"
        return f'<span class="footnote">{notes.pop(number)}</span>'

    return MARK.sub(mark, NOTES.sub("", html))


def _inline(text: str) -> str:
    return EDGES.sub("", PARAGRAPHS.sub("<br>", BACK.sub("", text))).strip()
