"""What the report says about the programme and its publisher."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programme.models import FieldOfAction, LegalNotice, Programme


@dataclass(frozen=True)
class ImprintFigures:
    """Who publishes, who funds, where to order; empty strings where nothing is known."""

    publisher_name: str
    street: str
    postcode: str
    city: str
    email: str
    website: str
    content_responsible: str
    printer: str
    order_mailbox: str
    funding_notice: str
    election_notice: str


@dataclass(frozen=True)
class ProgrammeFigures:
    """The frame: names, run time, fields of action."""

    title: str
    short_title: str
    summary: str
    owner_name: str
    starts_on: date
    ends_on: date
    fields_of_action: tuple[str, ...]


def programme_figures(programme: Programme, fields: Sequence[FieldOfAction]) -> ProgrammeFigures:
    """Return names, run time and fields of action; the cross-cutting theme is not a field."""
    return ProgrammeFigures(
        title=programme.title,
        short_title=programme.short_title,
        summary=programme.summary,
        owner_name=programme.owner_name,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        fields_of_action=tuple(field.title for field in fields if not field.is_cross_cutting),
    )


def imprint_figures(programme: Programme) -> ImprintFigures:
    """Return publisher, notices and order address; what is missing is an empty string.

    Costs a query unless the legal notice was read with the programme.
    """
    notice = getattr(programme, "legal_notice", None) or LegalNotice()
    return ImprintFigures(
        publisher_name=notice.publisher_name,
        street=notice.street,
        postcode=notice.postcode,
        city=notice.city,
        email=notice.email,
        website=notice.website,
        content_responsible=notice.content_responsible,
        printer=notice.printer,
        order_mailbox=programme.order_mailbox,
        funding_notice=programme.funding_notice,
        election_notice=programme.election_notice,
    )
