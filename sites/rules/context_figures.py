"""Published figures that show under what conditions the sites worked; each with its source."""

from decimal import Decimal

from programme.charts import BarChart, Series

SURVEY = "hessenschau.de, Februar 2017, Umfrage unter 32 hessischen Ausländerbehörden"
WHY = (
    "Während der Laufzeit stieg die Zahl der Fälle in ganz Hessen stark. Längere Wartezeiten "
    "können daher auch bei besserer Arbeit vorkommen. Die Zahlen gelten für das Land, nicht für "
    "die einzelnen Standorte."
)


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
        categories=("Hessen insgesamt",),
        series=(
            Series("2015", (Decimal(648),), "planned"),
            Series("Februar 2017", (Decimal(762),), "actual"),
        ),
    )
