"""Spending over time as charts and as a sentence, for the pages of the plan and of the public."""

from datetime import date

from django.utils.formats import date_format

from programme.charts import BarChart, Series
from programme.rules.money import written
from programme.rules.spending import Spending


def half_years_chart(spending: Spending) -> BarChart:
    """Draw what was spent in each half-year beside an even part of the plan."""
    rows = spending.half_years
    return BarChart(
        key="halbjahre",
        title="Ausgaben nach Halbjahr, Plan gleichmäßig verteilt",
        description="Je Kalenderhalbjahr: "
        + "; ".join(
            f"{row.label} {written(row.actual_eur)} von {written(row.planned_eur)}" for row in rows
        )
        + ".",
        unit="EUR",
        categories=tuple(row.label for row in rows),
        series=(
            Series("geplant", tuple(row.planned_eur for row in rows), "planned"),
            Series("ausgegeben", tuple(row.actual_eur for row in rows), "actual"),
        ),
    )


def curve_chart(spending: Spending, *, as_of: date) -> BarChart:
    """Draw the running sum of spending beside the plan at an even pace."""
    rows = spending.months
    spent = tuple(row.actual_eur for row in rows if row.actual_eur is not None)
    return BarChart(
        key="verlauf",
        title="Ausgaben im Verlauf, Plan gleichmäßig verteilt",
        description=pace_sentence(spending, as_of=as_of),
        unit="EUR",
        categories=tuple(row.label for row in rows),
        series=(
            Series("geplant", tuple(row.planned_eur for row in rows), "planned"),
            Series("ausgegeben", spent, "actual"),
        ),
    )


def charts(spending: Spending, *, as_of: date) -> dict[str, object]:
    """Return what a page shows of spending over time."""
    return {
        "half_years_chart": half_years_chart(spending),
        "curve_chart": curve_chart(spending, as_of=as_of),
        "pace_sentence": pace_sentence(spending, as_of=as_of),
    }


def pace_sentence(spending: Spending, *, as_of: date) -> str:
    """Say in one sentence how far spending lies behind or before an even pace of the plan."""
    reached = [row for row in spending.months if row.actual_eur is not None]
    if not reached or reached[-1].actual_eur is None:
        return "Es ist noch nichts ausgegeben."
    planned, spent = reached[-1].planned_eur, reached[-1].actual_eur
    expected = f"bei gleichmäßigen Ausgaben bis dahin erwartet wird ({written(planned)})"
    if spent == planned:
        words = f"genau der Betrag, der {expected}"
    else:
        word = "weniger" if spent < planned else "mehr"
        words = f"{written(abs(spent - planned))} {word}, als {expected}"
    return f"Bis zum {date_format(as_of, 'j. F Y')} sind {written(spent)} ausgegeben, {words}."
