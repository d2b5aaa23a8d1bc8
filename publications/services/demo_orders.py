"""Made-up orders in every state, written by the same services as real ones."""

from django.db import transaction

from programme.models import User
from publications.models import Publication
from publications.services import orders
from publications.services.orders import OrderDraft

SENT = 2
CONFIRMED = 5

DRAFTS = (
    OrderDraft(
        "Hannelore Brückner", "Stadtbücherei Musterstadt", "Lesegasse 4", "36037", "Fulda",
        "hannelore.brueckner@example.org", 2,
    ),
    OrderDraft("Yusuf Özdemir", "", "Am Mühlbach 17", "35390", "Gießen", "yusuf@example.org", 1),
    OrderDraft(
        "Friederike Groß", "Jugendmigrationsdienst Beispielkreis", "Bahnhofstraße 21", "64283",
        "Darmstadt", "friederike.gross@example.org", 5,
    ),
    OrderDraft("Paweł Nowicki", "", "Ringstraße 8", "63065", "Offenbach am Main",
        "pawel@example.org", 1,
    ),
    OrderDraft(
        "Maria Lütt", "Hochschule Beispiel, Fachbereich Verwaltung", "Campusallee 1", "34117",
        "Kassel", "maria.luett@example.org", 10,
    ),
    OrderDraft("Samira Haddad", "", "Rheinweg 3", "65183", "Wiesbaden", "samira@example.org", 1),
)  # fmt: skip


@transaction.atomic
def load(*, publication: Publication, by: User) -> None:
    """Place six orders: two sent, three confirmed and waiting, one not confirmed yet."""
    placed = [orders.place(publication=publication, draft=draft) for draft in DRAFTS]
    for order in placed[:CONFIRMED]:
        orders.confirm(order=order)
    orders.mark_sent(orders=[order.pk for order in placed[:SENT]], by=by)
