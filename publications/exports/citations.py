"""An edition or one chapter or section of it in the formats of reference managers."""

import json
from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format

from publications.exports.description import Description, Part

# What would end a value or a line of BibTeX, or be read as a command of LaTeX.
LATEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        '"': r"{\textquotedbl}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
    }
)
SAMPLE = "Beispielausgabe aus erfundenen Daten"


def bibtex(about: Description, part: Part | None = None) -> str:
    """Write a BibTeX entry: the report as a book with an editor, a chapter as a part of it."""
    title = ("title", part.title) if part else ("title", about.whole_title)
    sentences = [
        title,
        *([("booktitle", about.whole_title)] if part else []),
        ("editor", about.publisher),
        ("publisher", about.publisher),
        ("address", about.place),
        *([("chapter", str(part.number))] if part else []),
        ("note", _note(about)),
    ]
    plain = [
        ("year", str(about.dated.year)),
        ("date", about.dated.isoformat()),
        ("isbn", about.isbn),
        ("doi", about.doi),
        ("url", cited_url(about, part)),
        ("langid", "ngerman"),
    ]
    # The second pair of braces keeps capitals, and a body with "und" in its name in one piece.
    lines = [f"  {name} = {{{{{_latex(value)}}}}}," for name, value in sentences if value]
    lines += [f"  {name} = {{{value}}}," for name, value in plain if value]
    kind = "incollection" if part else "book"
    return "\n".join([f"@{kind}{{{key(about, part)},", *lines, "}", ""])


def ris(about: Description, part: Part | None = None) -> str:
    """Write a RIS record; RIS knows no editor of a report, so the body stands as its author."""
    pairs = [
        ("TY", "CHAP" if part else "RPRT"),
        ("ID", key(about, part)),
        ("TI", part.title if part else about.whole_title),
        ("T2", about.whole_title if part else ""),
        ("A2" if part else "AU", about.publisher),
        ("SE", str(part.number) if part else ""),
        ("PY", str(about.dated.year)),
        ("DA", about.dated.strftime("%Y/%m/%d/")),
        ("ET", str(about.number)),
        ("PB", about.publisher),
        ("CY", about.place),
        ("SN", about.isbn),
        ("DO", about.doi),
        ("UR", cited_url(about, part)),
        ("LA", "de"),
        ("AB", "" if part else about.summary),
        *(("KW", word) for word in about.keywords),
        ("N1", SAMPLE if about.is_sample else ""),
    ]
    lines = [f"{tag}  - {value}" for tag, value in pairs if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(about: Description, part: Part | None = None) -> str:
    """Write CSL-JSON as Zotero and citeproc read it: a list with one item."""
    day = about.dated
    item: dict[str, Any] = {
        "id": key(about, part),
        "type": "chapter" if part else "report",
        "title": part.title if part else about.whole_title,
        "editor": [{"literal": about.publisher}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": about.publisher,
        "publisher-place": about.place,
        "edition": str(about.number),
        "language": "de-DE",
        "URL": cited_url(about, part),
    }
    if part:
        item |= {"container-title": about.whole_title, "chapter-number": str(part.number)}
    else:
        item["abstract"] = about.summary
    item |= {
        name: value
        for name, value in (("ISBN", about.isbn), ("DOI", about.doi), ("note", _sample(about)))
        if value
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def plain(about: Description, part: Part | None = None) -> str:
    """Write the citation as a line of German text, with the address."""
    return f"{words(about, part)} {cited_url(about, part)}"


def words(about: Description, part: Part | None = None) -> str:
    """Write the citation without the address."""
    day = date_format(about.dated, "j. F Y")
    subtitle = f"{about.subtitle}. " if about.subtitle else ""
    isbn = f" ISBN {about.isbn}." if about.isbn else ""
    sample = f" {SAMPLE}." if about.is_sample else ""
    chapter = f"{part.title} ({part.place}). In: " if part else ""
    return (
        f"{chapter}{about.publisher} (Hrsg.): {about.title}. {subtitle}Ausgabe {about.number}. "
        f"{about.place}, {day}.{sample}{isbn}"
    )


def key(about: Description, part: Part | None = None) -> str:
    """Return the key of the entry; letters, digits and hyphens only."""
    whole = f"{about.slug}-{about.dated.year}-{about.number}"
    return f"{whole}-{part.anchor}" if part else whole


def cited_url(about: Description, part: Part | None = None) -> str:
    """Return the address to cite; a chapter is found by its anchor in our reading version."""
    return f"{about.url}#{part.anchor}" if part else about.lasting_url


def _note(about: Description) -> str:
    return f"Ausgabe {about.number}" + (f", {SAMPLE}" if about.is_sample else "")


def _sample(about: Description) -> str:
    return SAMPLE if about.is_sample else ""


def _latex(text: str) -> str:
    return text.translate(LATEX)


def _line(about: Description, part: Part | None = None) -> str:
    return plain(about, part) + "\n"


Writer = Callable[[Description, Part | None], str]
FORMATS: dict[str, tuple[str, Writer]] = {
    "bib": ("application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", ris),
    "csl.json": ("application/vnd.citationstyles.csl+json", csl),
    "txt": ("text/plain; charset=utf-8", _line),
}
NAMES = (("bib", "BibTeX"), ("ris", "RIS"), ("csl.json", "CSL-JSON"), ("txt", "Text"))
