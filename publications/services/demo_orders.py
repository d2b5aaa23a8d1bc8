"""Made-up orders in every state, written by the same services as real ones."""

from django.db import transaction

from programme.models import User
from publications.models import Order, Publication
from publications.rules.order_drafts import OrderDraft, OrderLine
from publications.services import dispatch, orders

SENT = 2
WAITING = 1  # the last one is not confirmed yet

PEOPLE = (
    ("Hannelore Brückner", "Stadtbücherei Musterstadt", "Lesegasse 4", "36037", "Fulda",
     "hannelore.brueckner@example.org", 2, 2),
    ("Yusuf Özdemir", "", "Am Mühlbach 17", "35390", "Gießen", "yusuf@example.org", 1, 0),
    ("Friederike Groß", "Jugendmigrationsdienst Beispielkreis", "Bahnhofstraße 21", "64283",
     "Darmstadt", "friederike.gross@example.org", 5, 10),
    ("Paweł Nowicki", "", "Ringstraße 8", "63065", "Offenbach am Main", "pawel@example.org", 1, 1),
    ("Maria Lütt", "Hochschule Beispiel, Fachbereich Verwaltung", "Campusallee 1", "34117",
     "Kassel", "maria.luett@example.org", 10, 0),
    ("Jonas Beck", "Verein Beispiel", "Hafenweg 2", "20457", "Hamburg", "jonas@example.org", 2, 0),
    ("Samira Haddad", "", "Rheinweg 3", "65183", "Wiesbaden", "samira@example.org", 1, 1),
)  # fmt: skip
PURPOSE = "Für ein Seminar"


@transaction.atomic
def load(*, publication: Publication, by: User, second: Publication | None = None) -> None:
    """Place seven orders, of both titles if there are two: sent, confirmed, odd, not confirmed."""
    placed = [_place(row, publication, second) for row in PEOPLE]
    for order in placed[:-WAITING]:
        orders.confirm(order=order)
    dispatch.mark_sent(orders=[order.pk for order in placed[:SENT]], by=by)


def _place(
    row: tuple[str, str, str, str, str, str, int, int],
    publication: Publication,
    second: Publication | None,
) -> Order:
    full_name, organisation, street, postcode, city, email, copies, more = row
    lines = [OrderLine(publication.pk, copies)]
    if second and more:
        lines.append(OrderLine(second.pk, more))
    return orders.place(
        draft=OrderDraft(
            full_name=full_name,
            organisation=organisation,
            street=street,
            postcode=postcode,
            city=city,
            email=email,
            lines=tuple(lines),
            purpose=PURPOSE,
        )
    )
