"""Finding a voucher by what somebody remembers of it."""

import re

from django.db.models import Q

from programme.models import User
from programme.permissions import may_read_sensitive

_NUMBER = re.compile(r"[0-9]{1,9}")
_TEXTS = ("payee", "invoice_number", "reason")


def named(words: str, *, reader: User) -> Q | None:
    """Match vouchers whose payee, invoice number or reason holds the words, or with this number.

    What is sensitive about a voucher is found by those alone who may read it: a search must not
    tell what the page hides. Returns None without words, as nothing is narrowed then.
    """
    if not words:
        return None
    # SQLite folds ASCII letters only, so "öko" asks for "Öko" as well.
    spellings = dict.fromkeys((words, words.lower(), words.title(), words.upper()))
    text = Q()
    for name in _TEXTS:
        for spelling in spellings:
            text |= Q(**{f"{name}__icontains": spelling})
    if not may_read_sensitive(reader):
        text &= Q(is_sensitive=False) | Q(factual_check_by=reader)
    return text | Q(number=int(words)) if _NUMBER.fullmatch(words) else text
