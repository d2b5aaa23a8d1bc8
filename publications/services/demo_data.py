"""Sample data of the third floor: printed copies on the shelf, a whole report, orders."""

from django.db import transaction

from programme.models import Programme, User
from publications.models import Order, Publication
from publications.services import demo_orders, demo_report
from publications.services.master_data import REPORT_SLUG

DEMO_STOCK = 200


@transaction.atomic
def load(*, programme: Programme, people: dict[str, User]) -> None:
    """Put 200 copies of each orderable publication on the shelf, publish the report, order some."""
    Publication.objects.filter(programme=programme, is_orderable=True).update(stock=DEMO_STOCK)
    demo_report.load(
        programme=programme, by=people["team@example.org"], second=people["team2@example.org"]
    )
    report = Publication.objects.get(slug=REPORT_SLUG)
    demo_orders.load(publication=report, by=people["team@example.org"])


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete all orders of the programme's publications and empty the shelf."""
    Order.objects.filter(items__publication__programme=programme).delete()
    demo_report.remove(programme=programme)
    Publication.objects.filter(programme=programme).update(stock=0)
