"""The charts of the indicators as SVG: the median of drawing one, and of taking a kept one."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
ROUNDS = 25
LIMIT_MS = 100


def medians(charts: list, draw: Callable, forget: Callable) -> tuple[float, float, float]:
    """Return the median and the slowest of drawing a chart anew, and the median of a kept one."""
    new, kept = [], []
    for _ in range(ROUNDS):
        for chart in charts:
            forget()
            new.append(spent(draw, chart))
            kept.append(spent(draw, chart))
    return statistics.median(new), max(new), statistics.median(kept)


def spent(draw: Callable, chart: object) -> float:
    started = time.perf_counter()
    draw({"chart": chart})
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Draw the charts of every public site page and of the comparison again and again."""
    import django

    django.setup()
    from django.core.cache import caches
    from django.template import engines

    from programme.models import Programme
    from sites.models import Site
    from sites.queries import comparisons
    from sites.rules.context_figures import context_charts

    draw = engines["django"].from_string("{% bar_chart_svg chart %}").render
    programme = Programme.objects.current()
    sites = Site.objects.public().filter(programme=programme)
    of_sites = [entry.chart for site in sites for entry in comparisons.released_of(site=site)]
    across = [entry.chart for entry in comparisons.public(programme=programme)]
    for name, charts in (
        ("site pages", of_sites),
        ("across sites", [*across, *context_charts()]),
    ):
        drawn = [chart for chart in charts if chart]
        median, slowest, kept = medians(drawn, draw, caches["drawings"].clear)
        verdict = "kept" if median <= LIMIT_MS else "BROKEN"
        print(
            f"chart SVG, {name}, {len(drawn)} charts: drawn in {median:.2f} ms (median), slowest "
            f"{slowest:.2f} ms, limit {LIMIT_MS} ms {verdict}; cached {kept:.3f} ms"
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    main()
