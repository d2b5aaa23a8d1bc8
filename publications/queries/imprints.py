"""The imprint of a publication: its own columns, and the programme where they are empty."""

from typing import Any

from programme.queries.report import ImprintFigures
from publications.models import Imprint, Publication
from publications.rules import snapshots


def own_imprint(publication: Publication) -> Imprint:
    """Return the imprint of a publication, an empty one of version 0 if nobody has written it."""
    found = getattr(publication, "imprint", None)
    return found or Imprint(publication=publication, version=0)


def frozen_imprint(publication: Publication, figures: ImprintFigures) -> dict[str, Any]:
    """Return what the imprint of the next edition says, as values JSON can hold.

    One query, unless the imprint was read with the publication.
    """
    own = own_imprint(publication)
    given: dict[str, Any] = snapshots.plain(figures)
    filled = {
        "publisher_name": own.editor_name,
        "content_responsible": own.responsible,
        "printer": own.printer,
    }
    return given | {
        **{name: value for name, value in filled.items() if value},
        "editing": own.editing,
        "layout": own.layout,
        "photo_credits": own.photo_credits,
        "print_run": own.print_run,
        "as_of": snapshots.plain(own.as_of),
        "order_address": own.order_address,
        "isbn": own.isbn,
        "doi": own.doi,
        "licence": own.licence,
        "licence_name": own.get_licence_display(),
        "keywords": own.keywords,
    }
