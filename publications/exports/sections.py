"""One chapter of an edition as finished markup, as the reading version shows it."""

from django.template.loader import render_to_string

from publications.exports.reading import Section, reading
from publications.models import Edition

ITEMS = "publications/parts/section_items.html"


def section_markup(edition: Edition, anchor: str) -> tuple[Section | None, str]:
    """Return the chapter with this anchor and its blocks as markup; (None, "") if there is none."""
    report = reading(edition.snapshot)
    section = next((one for one in report.sections if one.anchor == anchor), None)
    if section is None:
        return None, ""
    context = {"section": section, "report": report, "edition": edition}
    return section, render_to_string(ITEMS, context)
