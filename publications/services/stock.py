"""How many printed copies lie on the shelf."""

from django.db import transaction

from programme import audit
from programme.errors import RuleBroken
from programme.models import User
from publications.models import Publication
from publications.queries.orders import reserved_copies


@transaction.atomic
def count(*, publication: Publication, copies: int, by: User) -> Publication:
    """Write down how many copies were counted on the shelf.

    Raises RuleBroken if fewer were counted than are reserved by open orders.
    """
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    reserved = reserved_copies(publication=publication)
    if copies < reserved:
        raise RuleBroken(
            f"Für offene Bestellungen sind {reserved} Exemplare vorgemerkt. Der Bestand kann nicht "
            "kleiner sein.",
            field="copies",
        )
    before, publication.stock = publication.stock, copies
    publication.save(update_fields=["stock"])
    audit.record(
        by=by,
        verb="stock.counted",
        subject=publication,
        sentence=f"Der Bestand von „{publication.title}“ wurde auf {copies} Exemplare gesetzt.",
        changes={"stock": [before, copies]},
    )
    return publication
