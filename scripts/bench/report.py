"""Setting the report by the portal against WeasyPrint alone on the same HTML."""

import os
import statistics
import sys
import time
from copy import deepcopy
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
ROUNDS = 3
PAGES = 60
FEWEST_COPIES, MOST_COPIES = 5, 12


def long_html(press) -> tuple[str, dict]:
    """Let the portal set a report of 60 pages and keep what it gave to the press.

    It is the newest edition with its profiles of sites repeated under other names.
    """
    from publications.exports.pdf import pdf_of
    from publications.models import Edition

    captured: list[tuple[str, dict]] = []
    print_html = press.print_html

    def spy(html, **options):
        captured.append((html, options))
        return print_html(html, **options)

    edition = Edition.objects.order_by("-pk").first()
    original = deepcopy(edition.snapshot)
    press.print_html = spy
    for times in range(FEWEST_COPIES, MOST_COPIES):
        edition.snapshot = repeated(original, times)
        if pdf_of(edition).pages >= PAGES:
            break
    press.print_html = print_html
    return captured[-1]


def repeated(snapshot: dict, times: int) -> dict:
    """Return the snapshot with every profile so many times."""
    longer = deepcopy(snapshot)
    for chapter in longer["chapters"]:
        for block in chapter["blocks"]:
            sites = block.get("data", {}).get("sites", [])
            copies = [
                site | {"name": f"{site['name']} {n}"} for n in range(times) for site in sites
            ]
            if sites:
                block["data"]["sites"] = copies
    return longer


def main() -> None:
    """Set the same HTML both ways in turn, print medians and their ratio."""
    import django

    django.setup()
    from weasyprint import HTML

    from programme import press

    html, options = long_html(press)

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
