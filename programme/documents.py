"""The print counter: a template and its data in, a PDF out. Light enough for the web process."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.template import TemplateDoesNotExist
from django.template.base import Node
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode

for chatty in ("weasyprint.progress", "fontTools"):  # each step of each page, else
    logging.getLogger(chatty).setLevel(logging.WARNING)


EMBLEMS = frozenset({"components/eu_emblem.svg", "publications/blocks/emblem.svg"})


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


def shows_emblem(template: str) -> bool:
    """Return whether a template draws the emblem of the Union: itself, or in what it is made of.

    Asks the template as it is, down to the drawing; a template or drawing that is missing shows
    nothing. Blocks of a base that a template writes anew do not count.
    """
    try:
        loaded: Any = get_template(template)
    except TemplateDoesNotExist:
        return False
    if template in EMBLEMS:
        return "<svg" in loaded.template.source
    return _draws(loaded.template.nodelist, frozenset())


def _draws(nodes: Iterable[Node], replaced: frozenset[str]) -> bool:
    return any(_node_draws(node, replaced) for node in nodes)


def _node_draws(node: Any, replaced: frozenset[str]) -> bool:
    if isinstance(node, BlockNode) and node.name in replaced:
        return False
    if isinstance(node, IncludeNode):
        return isinstance(node.template.var, str) and shows_emblem(node.template.var)
    if isinstance(node, ExtendsNode) and _base_draws(node):
        return True
    return any(_draws(getattr(node, name, ()), replaced) for name in node.child_nodelists)


def _base_draws(node: Any) -> bool:
    base: Any = get_template(node.parent_name.var)
    return _draws(base.template.nodelist, frozenset(node.blocks))
