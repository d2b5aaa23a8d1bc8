"""The numbers of the funding rules as facts."""

from programme.models import Programme, RuleParameter
from programme.rules.funding.parameters import Parameter, ParameterSet


def parameter_set(*, programme: Programme) -> ParameterSet:
    """Return every number of the rules of all sources and times, in one query."""
    rows = RuleParameter.objects.filter(source__programme=programme).select_related("source")
    return ParameterSet(
        tuple(
            Parameter(
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
            for row in rows.order_by("source__position", "key", "valid_from")
        )
    )
