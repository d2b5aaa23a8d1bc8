"""Setting the report by the portal against WeasyPrint alone on the same HTML."""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
ROUNDS = 3


def newest_html(press) -> tuple[str, dict]:
    """Let the portal set its newest edition once more and keep what it gave to the press."""
    from publications.models import Edition
    from publications.services import editions

    captured: list[tuple[str, dict]] = []
    print_html = press.print_html

    def spy(html, **options):
        captured.append((html, options))
        return print_html(html, **options)

    press.print_html = spy
    edition = Edition.objects.order_by("-pk").first()
    Edition.objects.filter(pk=edition.pk).update(status="queued")
    editions.render.call(edition_id=edition.pk)
    press.print_html = print_html
    return captured[0]


def main() -> None:
    """Set the same HTML both ways in turn, print medians and their ratio."""
    import django

    django.setup()
    from weasyprint import HTML

    from programme import press

    html, options = newest_html(press)

    def alone() -> None:
        HTML(string=html, url_fetcher=press.StaticOnly()).write_pdf(pdf_variant="pdf/ua-1")

    def ours() -> None:
        press.print_html(html, **options)

    seconds: dict[str, list[float]] = {"alone": [], "ours": []}
    for _ in range(ROUNDS):
        for name, act in (("alone", alone), ("ours", ours)):
            started = time.perf_counter()
            act()
            seconds[name].append(time.perf_counter() - started)
    median = {name: statistics.median(values) for name, values in seconds.items()}
    pages = press.print_html(html, **options)[1]
    print(
        f"{pages} pages: portal {median['ours']:.2f} s, WeasyPrint alone {median['alone']:.2f} s, "
        f"ratio {median['ours'] / median['alone']:.2f}"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    main()
