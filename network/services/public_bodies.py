"""Districts and cities with their validity; a change makes a new row, history stays."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from network.enums import OrganisationKind
from network.models import Organisation, PublicBody
from network.rules.public_bodies import (
    BodyDetails,
    Standing,
    check_new_day,
    check_standing,
    columns_of,
)
from programme import audit
from programme.errors import RuleBroken
from programme.models import User

CARRIED = ("region", "seat", "latitude", "longitude", "tile_column", "tile_row")


@transaction.atomic
def add(*, office: Organisation, details: BodyDetails, valid_from: date, by: User) -> PublicBody:
    """Enter a body an office works for; two bodies may share one office (Kassel).

    Refuses a key or a tile of the map that is taken from that day on.
    """
    check_standing(details)
    _refuse_office(office, valid_from)
    _refuse_taken(details, valid_from, (details.tile_column, details.tile_row), None)
    body = PublicBody.objects.create(office=office, valid_from=valid_from, **columns_of(details))
    audit.record(
        by=by,
        verb="body.added",
        subject=body,
        sentence=f"{body.get_kind_display()} {body} gehört ab {valid_from:%d.%m.%Y} zu {office}.",
    )
    return body


@transaction.atomic
def change_standing(
    *, body: PublicBody, standing: Standing, office: Organisation, from_day: date, by: User
) -> PublicBody:
    """Let a body have another status, key, name or office from that day on (Hanau 2026-01-01).

    The row that stood so far ends the day before and stays. Refuses a day that lies before it, a
    row that has ended, and a change that changes nothing.
    """
    body = PublicBody.objects.select_for_update().get(pk=body.pk)
    check_new_day(
        day=from_day, valid_from=body.valid_from, valid_to=body.valid_to, field="from_day"
    )
    check_standing(standing)
    columns = columns_of(standing)
    if office.pk == body.office_id and all(getattr(body, c) == v for c, v in columns.items()):
        raise RuleBroken("Es ist nichts geändert.")
    _refuse_office(office, from_day)
    _refuse_taken(standing, from_day, (body.tile_column, body.tile_row), body)
    body.valid_to = from_day - timedelta(days=1)
    body.save(update_fields=["valid_to"])
    kept = {column: getattr(body, column) for column in CARRIED}
    successor = PublicBody.objects.create(office=office, valid_from=from_day, **kept, **columns)
    audit.record(
        by=by,
        verb="body.changed",
        subject=successor,
        sentence=f"{successor} ist ab {from_day:%d.%m.%Y} {successor.get_kind_display()}, "
        f"zuständig ist {office}.",
        changes={column: [str(getattr(body, column)), str(v)] for column, v in columns.items()},
    )
    return successor


@transaction.atomic
def end(*, body: PublicBody, last_day: date, by: User) -> PublicBody:
    """Let a body end on that day, for example after a merger of districts; its row stays."""
    body = PublicBody.objects.select_for_update().get(pk=body.pk)
    check_new_day(
        day=last_day + timedelta(days=1),
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        field="last_day",
    )
    body.valid_to = last_day
    body.save(update_fields=["valid_to"])
    sentence = f"{body.get_kind_display()} {body} besteht nur bis zum {last_day:%d.%m.%Y}."
    audit.record(by=by, verb="body.ended", subject=body, sentence=sentence)
    return body


def _refuse_office(office: Organisation, day: date) -> None:
    if office.kind != OrganisationKind.IMMIGRATION_OFFICE:
        raise RuleBroken("Zuständig kann nur eine Ausländerbehörde sein.", field="office")
    if not Organisation.objects.on(day).filter(pk=office.pk).exists():
        raise RuleBroken(f"{office} besteht am {day:%d.%m.%Y} nicht.", field="office")


def _refuse_taken(
    standing: Standing, day: date, tile: tuple[int, int], but: PublicBody | None
) -> None:
    """Refuse a key or a tile that another body has on that day or later."""
    others = PublicBody.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    if but:
        others = others.exclude(pk=but.pk)
    known = others.filter(key=standing.key).first()
    if known:
        raise RuleBroken(f"Diesen Schlüssel hat schon „{known}“.", field="key")
    neighbour = others.filter(tile_column=tile[0], tile_row=tile[1]).first()
    if neighbour:
        raise RuleBroken(
            f"Auf dieser Kachel der Karte steht schon „{neighbour}“.", field="tile_column"
        )
