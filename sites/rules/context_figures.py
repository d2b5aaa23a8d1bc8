"""Published figures that show under what conditions the sites worked; each with its source."""

from decimal import Decimal

from programme.charts import BarChart, Series

SURVEY = "hessenschau.de, Februar 2017, Umfrage unter 32 hessischen Ausländerbehörden"
WHY = (
    "Während der Laufzeit stieg die Zahl der Fälle in ganz Hessen stark; in vielen Behörden hat "
    "sich die Arbeit je Stelle seit 2015 mehr als verdoppelt. Längere Wartezeiten können daher "
    "auch bei besserer Arbeit vorkommen. Diese Zahlen gelten für das Land und für ein Beispiel, "
    "nicht für die begleiteten Standorte."
)


def context_charts() -> tuple[BarChart, ...]:
    """Return staff and cases since 2015 as far as they were published."""
    return (context_chart(), _visitors())


def context_chart() -> BarChart:
    """Return the staff of all Hessian immigration offices in 2015 and in February 2017."""
    return BarChart(
        key="personal-hessen",
        title="Personal der hessischen Ausländerbehörden",
        description=(
            "In den hessischen Ausländerbehörden arbeiteten 2015 zusammen 648 und im Februar 2017 "
            "zusammen 762 Beschäftigte."
        ),
        unit="Beschäftigte",
        axis="Gebiet",
        categories=("Hessen insgesamt",),
        series=(
            Series("2015", (Decimal(648),), "planned"),
            Series("Februar 2017", (Decimal(762),), "actual"),
        ),
    )


def _visitors() -> BarChart:
    return BarChart(
        key="vorsprachen-beispiel",
        title="Vorsprachen je Tag, Beispiel Vogelsbergkreis",
        description=(
            "In der Ausländerbehörde des Vogelsbergkreises sprachen 2015 je Tag 12 und im Februar "
            "2017 je Tag 41 Personen vor."
        ),
        unit="Personen",
        axis="Behörde",
        categories=("Vogelsbergkreis",),
        series=(
            Series("2015", (Decimal(12),), "planned"),
            Series("Februar 2017", (Decimal(41),), "actual"),
        ),
    )
