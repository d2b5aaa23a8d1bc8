"""Puts the real publications into the catalogue."""

from django.db import transaction

from programme.models import Programme
from publications.models import Publication

REPORT_SLUG = "abschlussbericht"


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
    return report
