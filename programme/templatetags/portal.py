"""Template tags of the whole house: numbers with units, navigation."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def eur(amount: Decimal | None) -> str:
    """Write an amount as "1.234,56 EUR"; a missing one as a dash."""
    if amount is None:
        return "–"
    return f"{number_format(amount, decimal_pos=2, force_grouping=True)} EUR"
