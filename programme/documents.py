"""The print counter: a template and its data in, a PDF out. Light enough for the web process."""

import logging
from collections.abc import Callable, Sequence
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
    *,
    template: str,
    context: dict[str, object],
    dated: datetime,
    identifier: str,
    attached: Sequence[tuple[str, str, bytes]] = (),
) -> Document:
    """Render one template of templates/pdf/ as tagged PDF/UA-1 and PDF/A-3a.

    `dated` becomes the date inside the file and `identifier` (a checksum of the data) its
    identity, so that the same data gives the same bytes. `attached` are files that travel inside:
    name, description, content. Refuses foreign addresses.
    """
    from programme.press import Attached, print_html

    html = render_to_string(template, context)
    files = [Attached(*one) for one in attached]
    return Document(*print_html(html, dated=dated, identifier=identifier, attached=files))


def render_for_printers(
    *, template: str, context: dict[str, object], dated: datetime, identifier: str
) -> Document:
    """Render a template for a printing house, with the bleed and the marks its style asks for."""
    from programme.press import print_for_printers

    html = render_to_string(template, context)
    return Document(*print_for_printers(html, dated=dated, identifier=identifier))


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
