"""The forms of an edition: where each ends, what it is, what it can do for whom."""

from dataclasses import dataclass

from publications.enums import DownloadFormat


@dataclass(frozen=True)
class Form:
    """One form: end of its address and file name, media type, whether browsers show it."""

    suffix: str
    content_type: str
    access: str
    is_shown: bool = False


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: dict[DownloadFormat, Form] = {
    DownloadFormat.PDF: Form(
        ".pdf",
        "application/pdf",
        "barrierefrei nach PDF/UA-1, zum Archivieren nach PDF/A-3a",
        is_shown=True,
    ),
    DownloadFormat.EPUB: Form(
        ".epub", "application/epub+zip", "barrierefrei nach EPUB Accessibility 1.1 und WCAG 2.2 AA"
    ),
    DownloadFormat.XLSX: Form("-daten.xlsx", XLSX, "alle Tabellen, ein Blatt je Tabelle"),
    DownloadFormat.CSV: Form(
        "-tabellen.zip", "application/zip", "alle Tabellen als Text, mit jedem Programm lesbar"
    ),
    DownloadFormat.JSON: Form(
        "-daten.json", "application/json", "alle Tabellen für Programme (Data Package)"
    ),
    DownloadFormat.PRINT: Form(
        "-druck.pdf",
        "application/pdf",
        "mit 3 mm Beschnitt und Schnittmarken, nicht barrierefrei",
    ),
}
FURTHER = tuple(form for form in FORMS if form != DownloadFormat.PDF)
BY_SUFFIX = {form.suffix: name for name, form in FORMS.items()}
