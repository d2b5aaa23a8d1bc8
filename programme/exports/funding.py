"""The figures of the funding as charts and as a sentence, for the page and for the report."""

from decimal import Decimal

from django.utils.formats import date_format

from programme.charts import BarChart, Series
from programme.queries.funding import FundingOverview
from programme.rules.money import written

_OF = {"land": "des Landes Hessen", "amif": "des AMIF"}


def sources_chart(overview: FundingOverview) -> BarChart:
    """Draw planned and actual amounts by source."""
    return BarChart(
        key="quellen",
        title="Förderung nach Quelle, geplant und ausgegeben",
        description=sentence(overview),
        unit="EUR",
        categories=tuple(source.short_name for source in overview.sources),
        series=(
            Series("geplant", tuple(s.planned_eur for s in overview.sources), "planned"),
            Series("ausgegeben", tuple(s.actual_eur for s in overview.sources), "actual"),
        ),
    )


def lines_chart(overview: FundingOverview) -> BarChart:
    """Draw planned and actual amounts by line of the plan."""
    return BarChart(
        key="einzelansaetze",
        title="Ausgaben nach Einzelansatz, geplant und ausgegeben",
        description="Je Einzelansatz des Finanzierungsplans: "
        + "; ".join(
            f"{line.title} {written(line.actual_eur)} von {written(line.planned_eur)}"
            for line in overview.lines
        )
        + ".",
        unit="EUR",
        categories=tuple(line.title for line in overview.lines),
        series=(
            Series("geplant", tuple(line.planned_eur for line in overview.lines), "planned"),
            Series("ausgegeben", tuple(line.actual_eur for line in overview.lines), "actual"),
        ),
    )


def sentence(overview: FundingOverview) -> str:
    """Say in one sentence how much of the plan is spent, and by whom."""
    parts = " und ".join(
        f"{written(source.actual_eur)} aus Mitteln {_OF.get(source.key, source.short_name)}"
        for source in overview.sources
    )
    return (
        f"Bis zum {date_format(overview.as_of, 'j. F Y')} sind {written(overview.actual_eur)} "
        f"von geplanten {written(overview.planned_eur)} ausgegeben ({_percent(overview)} %): "
        f"{parts}."
    )


def _percent(overview: FundingOverview) -> str:
    if not overview.planned_eur:
        return "0,0"
    percent = 100 * overview.actual_eur / overview.planned_eur
    return str(percent.quantize(Decimal("0.1"))).replace(".", ",")
