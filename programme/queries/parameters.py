"""The numbers of the funding rules as facts."""

from datetime import date

from django.db.models import QuerySet

from programme.enums import VoucherStatus
from programme.models import Programme, RuleParameter, Voucher
from programme.rules.funding.parameters import Parameter, ParameterSet


def parameter_set(*, programme: Programme) -> ParameterSet:
    """Return every number of the rules of all sources and times, in one query."""
    rows = RuleParameter.objects.filter(source__programme=programme).select_related("source")
    ordered = rows.order_by("source__position", "key", "valid_from")
    return ParameterSet(tuple(fact(row) for row in ordered))


def fact(row: RuleParameter) -> Parameter:
    """Return a row as the rules and the pages know it; its source must be loaded."""
    return Parameter(
        source=row.source.key,
        source_name=row.source.short_name,
        key=row.key,
        value=row.value,
        unit=row.unit,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        basis=row.basis,
        is_confirmed=row.is_confirmed,
    )


def latest_number(*, programme: Programme, source: str, key: str) -> QuerySet[RuleParameter]:
    """Return the row of a number that begins last, none if the source has no such number."""
    rows = RuleParameter.objects.filter(source__programme=programme, source__key=source, key=key)
    return rows.select_related("source").order_by("-valid_from")[:1]


def approved_since(*, programme_id: int, day: date) -> int:
    """Return how many approved vouchers have an invoice of that day or later."""
    rows = Voucher.objects.filter(programme=programme_id, status=VoucherStatus.APPROVED)
    return rows.filter(invoiced_on__gte=day).count()
