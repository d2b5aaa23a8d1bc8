"""Puts the real publications into the catalogue."""

from django.db import transaction

from programme.models import Programme
from publications.enums import OrderRuleEffect, OrderRuleKind
from publications.models import OrderRule, Publication

REPORT_SLUG = "abschlussbericht"
# Postal zones along the border of the state belong to two states. What is outside is only looked
# at by a person, so a pair too few costs a look and never an order.
HESSE = [
    *(["34001", "34329"], ["34359", "34399"], ["34441", "36399"], ["37194", "37195"]),
    *(["37201", "37299"], ["55240", "55252"], ["59969", "59969"], ["60001", "63699"]),
    *(["64201", "65391"], ["65392", "65556"], ["65583", "65620"], ["65627", "65627"]),
    *(["65701", "65936"], ["68501", "68519"], ["68601", "68649"], ["69234", "69239"]),
    *(["69430", "69434"], ["69479", "69488"], ["69503", "69509"], ["69515", "69518"]),
]


@transaction.atomic
def load(*, programme: Programme) -> Publication:
    """Create the final report in the catalogue and return it; a known one is left as it is.

    Orderable, but without printed copies: how many were printed is not documented.
    """
    report, _ = Publication.objects.get_or_create(
        slug=REPORT_SLUG,
        defaults={
            "programme": programme,
            "title": "Abschlussbericht",
            "subtitle": programme.title,
            "summary": (
                "Was sechs hessische Ausländerbehörden von Oktober 2015 bis Juni 2017 verändert "
                "haben, wie das Landesnetzwerk davon gelernt hat und wie sich Aufgaben der "
                "Ordnung und der Integration miteinander vereinbaren lassen."
            ),
            "is_orderable": True,
            "stock": 0,
        },
    )
    _load_rules(programme)
    return report


def _load_rules(programme: Programme) -> None:
    """Write down the two rules orders begin with; what the office changed stays changed."""
    OrderRule.objects.get_or_create(
        programme=programme,
        kind=OrderRuleKind.REGION,
        name="Hessen",
        defaults={
            "effect": OrderRuleEffect.HOLD,
            "text": "vor allem für Hessen; Bestellungen aus anderen Ländern prüfen wir einzeln",
            "postcodes": HESSE,
        },
    )
    OrderRule.objects.get_or_create(
        programme=programme,
        kind=OrderRuleKind.PURPOSE,
        name="Zweck",
        defaults={
            "effect": OrderRuleEffect.REFUSE,
            "text": "ab 6 Exemplaren eines Titels bitte angeben, wofür",
            "from_copies": 6,
        },
    )
