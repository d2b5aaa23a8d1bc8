"""The print counter: a template and its data in, a PDF out. Light enough for the web process."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.template.loader import render_to_string

for chatty in ("weasyprint.progress", "fontTools"):  # each step of each page, else
    logging.getLogger(chatty).setLevel(logging.WARNING)


class Document(NamedTuple):
    """A finished PDF and its number of pages."""

    content: bytes
    pages: int


def render_pdf(
    *, template: str, context: dict[str, object], dated: datetime, identifier: str
) -> Document:
    """Render one template of templates/pdf/ as tagged PDF/UA-1 and PDF/A-3a.

    `dated` becomes the date inside the file and `identifier` (a checksum of the data) its
    identity, so that the same data gives the same bytes. Refuses foreign addresses.
    """
    from programme.press import print_html

    html = render_to_string(template, context)
    return Document(*print_html(html, dated=dated, identifier=identifier))


def render_part(
    *,
    template: str,
    context: dict[str, object],
    dated: datetime,
    pages_before: int,
    take: Callable[[Any], None],
) -> None:
    """Render a template as one part of a long PDF; `take` gets the part (exports.volumes)."""
    from programme.press import print_part

    html = render_to_string(template, context)
    print_part(html, dated=dated, pages_before=pages_before, take=take)
