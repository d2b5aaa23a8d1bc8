"""Sample data of the third floor: printed copies on the shelf, a whole report, orders."""

from django.db import transaction

from programme.models import Programme, User
from publications.models import Order, Publication, StockMovement
from publications.services import demo_orders, demo_report, demo_summaries, stock
from publications.services.master_data import REPORT_SLUG

DEMO_STOCK = 200
CARDS_SLUG = "praxiskarten-beispiel"


@transaction.atomic
def load(*, programme: Programme, people: dict[str, User]) -> None:
    """Put 200 copies of each orderable title on the shelf, publish the report, order some.

    The sample brochure exists only here: that several titles can be ordered at once.
    """
    by = people["team@example.org"]
    cards = _sample_brochure(programme)
    for title in Publication.objects.filter(programme=programme, is_orderable=True):
        stock.count(publication=title, copies=DEMO_STOCK, by=by, note="Beispielbestand")
    demo_report.load(programme=programme, by=by, second=people["team2@example.org"])
    report = Publication.objects.get(slug=REPORT_SLUG)
    demo_summaries.load(publication=report, writer=by, reader=people["team2@example.org"])
    demo_orders.load(publication=report, second=cards, by=by)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete orders, the stock book and the sample brochure, and empty the shelf."""
    Order.objects.filter(items__publication__programme=programme).delete()
    StockMovement.objects.filter(publication__programme=programme).delete()
    demo_report.remove(programme=programme)
    Publication.objects.filter(programme=programme, slug=CARDS_SLUG).delete()
    Publication.objects.filter(programme=programme).update(stock=0, reprint_warned_at=None)


def _sample_brochure(programme: Programme) -> Publication:
    cards, _ = Publication.objects.get_or_create(
        slug=CARDS_SLUG,
        defaults={
            "programme": programme,
            "title": "Praxiskarten",
            "subtitle": "Beispielbroschüre",
            "summary": (
                "Erfundene Beispielbroschüre: kurze Karten aus den Standorten zum Nachmachen. "
                "Sie zeigt, wie mehrere Titel zusammen bestellt werden."
            ),
            "reprint_below": 50,
        },
    )
    return cards
