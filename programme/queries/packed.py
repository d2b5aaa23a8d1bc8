"""Rows of small tables as one column of a bigger row, so that a page of many parts stays cheap."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import Aggregate, F, Field, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=models.Model)


class _JsonRows(Aggregate):
    """All rows of a group as one JSON list; SQLite and PostgreSQL name the function apart."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def packed(rows: QuerySet[Any], *, by: str, columns: Sequence[str]) -> Subquery:
    """Return these columns of `rows`, already filtered with an OuterRef on `by`, as a subquery.

    The order of the rows is lost; whoever unpacks them sorts them.
    """
    row = JSONObject(**{column: F(column) for column in columns})
    grouped = rows.order_by().values(by).annotate(packed_rows=_JsonRows(row))
    return Subquery(grouped.values("packed_rows"), output_field=JSONField())


def unpacked(model: type[Row], rows: Iterable[dict[str, Any]] | None) -> list[Row]:
    """Return unsaved records of the model with the columns that were packed, none for None."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [
        model(**{column: _read(fields[column], value) for column, value in row.items()})
        for row in rows or ()
    ]


def _read(field: Field[Any, Any], value: Any) -> Any:
    """Read one column out of JSON; SQLite writes moments in UTC without saying so."""
    read = field.to_python(value)
    is_naive = isinstance(read, datetime) and read.tzinfo is None
    return read.replace(tzinfo=UTC) if is_naive else read
