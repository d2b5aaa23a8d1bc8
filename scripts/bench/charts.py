"""The charts of the indicators as SVG: the median of drawing one, not cached."""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
ROUNDS = 25
LIMIT_MS = 100


def main() -> None:
    """Draw every chart of the public comparison again and again, print median and slowest."""
    import django

    django.setup()
    from django.template import engines

    from programme.models import Programme
    from sites.queries import comparisons

    template = engines["django"].from_string("{% bar_chart_svg chart %}")
    entries = comparisons.public(programme=Programme.objects.current())
    drawn = [entry.chart for entry in entries if entry.chart]
    times = []
    for _ in range(ROUNDS):
        for chart in drawn:
            started = time.perf_counter()
            template.render({"chart": chart})
            times.append((time.perf_counter() - started) * 1000)
    median = statistics.median(times)
    verdict = "kept" if median <= LIMIT_MS else "BROKEN"
    print(
        f"chart SVG, {len(drawn)} charts: median {median:.1f} ms, slowest {max(times):.1f} ms, "
        f"limit {LIMIT_MS} ms {verdict}"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    main()
