"""Turns the HTML of a mail into lines as people see them; nothing in it is run or fetched."""

import re
from html.parser import HTMLParser

SILENT = {"script", "style", "head", "title", "template", "svg", "noscript"}
LINES = {"div", "tr", "li", "table", "ul", "ol", "hr", "address", "section", "article", "center"}
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
CELLS = {"td", "th"}
TIGHT = re.compile(r"mso|margin(?:-top|-bottom)?\s*:\s*0", re.IGNORECASE)
DEEPEST_QUOTE = 20


class _Reader(HTMLParser):
    """Collects lines; a quoted line begins with ">" as in a mail without HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.silent = 0
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "br":
            self.end_line(even_empty=True)
        elif tag == "blockquote":
            self.end_line()
            self.quotes = min(self.quotes + 1, DEEPEST_QUOTE)
        elif tag in LINES:
            self.end_line()
        elif tag in PARAGRAPHS:
            self.end_line()
            if not any(TIGHT.search(value or "") for _, value in attrs):
                self.blank()
        elif tag in CELLS and self.line.strip():
            self.line += "\t"

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "blockquote":
            self.end_line()
            self.quotes = max(self.quotes - 1, 0)
        elif tag in LINES:
            self.end_line()
        elif tag in PARAGRAPHS:
            self.end_line(even_empty=True)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            words = re.sub(r"[ \t\r\n\f]+", " ", data)
            self.line += words.lstrip(" ") if self.line.endswith(("\t", " ")) else words

    def end_line(self, *, even_empty: bool = False) -> None:
        """Write down what stands in the line so far."""
        text = self.line.replace("\xa0", " ").strip()
        if text or (even_empty and self.line) or (even_empty and self.lines and self.lines[-1]):
            self.lines.append("> " * self.quotes + text)
        self.line = ""

    def blank(self) -> None:
        """Leave a line free, but never two."""
        mark = "> " * self.quotes
        if self.lines and self.lines[-1].strip(" >"):
            self.lines.append(mark)


def as_text(html: str) -> str:
    """Return the text of a page of HTML line by line; quoted parts keep their ">"."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return "\n".join(line.rstrip() for line in reader.lines)
