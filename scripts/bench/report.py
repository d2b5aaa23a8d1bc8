"""Setting the report by the portal against WeasyPrint alone on the same HTML."""

import logging
import os
import statistics
import sys
import time
from copy import deepcopy
from math import ceil
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
ROUNDS = 3
PAGES = 60


def long_edition():
    """Return the newest edition, its profiles of sites repeated until it has 60 pages.

    Nothing is saved. The pages are counted once and the rest reckoned from them.
    """
    from publications.exports.pdf import pdf_of
    from publications.models import Edition

    edition = Edition.objects.order_by("-pk").first()
    if edition is None:
        sys.exit("No edition yet: publish one or load the sample data first.")
    original = deepcopy(edition.snapshot)
    short = pdf_of(edition).pages
    edition.snapshot = repeated(original, 2)
    per_copy = max(pdf_of(edition).pages - short, 1)
    edition.snapshot = repeated(original, 1 + ceil(max(PAGES - short, 0) / per_copy))
    return edition


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


def captured(press, act) -> tuple[str, dict]:
    """Let the portal set a document and return what it gave to the press."""
    given: list[tuple[str, dict]] = []
    print_html = press.print_html

    def spy(html, **options):
        given.append((html, options))
        return print_html(html, **options)

    press.print_html = spy
    act()
    press.print_html = print_html
    return given[0]


def main() -> None:
    """Set the same HTML in three ways in turn, print medians of CPU time and their ratios."""
    import django

    django.setup()
    logging.disable(logging.INFO)
    from weasyprint import HTML

    from programme import press
    from publications.exports.pdf import pdf_of

    edition = long_edition()
    html, options = captured(press, lambda: pdf_of(edition))
    ways = {
        "alone": lambda: HTML(string=html, url_fetcher=press.StaticOnly()).write_pdf(
            pdf_variant="pdf/ua-1"
        ),
        "press": lambda: press.print_html(html, **options),
        "portal": lambda: pdf_of(edition),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, act in ways.items():
            started = time.process_time()
            act()
            seconds[name].append(time.process_time() - started)
    median = {name: statistics.median(values) for name, values in seconds.items()}
    pages = pdf_of(edition).pages
    print(
        f"{pages} pages, CPU time, median of {ROUNDS}: portal from snapshot to file "
        f"{median['portal']:.2f} s ({median['portal'] / pages:.3f} s a page), its press "
        f"{median['press']:.2f} s, WeasyPrint alone on the same HTML {median['alone']:.2f} s; "
        f"press to WeasyPrint {median['press'] / median['alone']:.2f}, WeasyPrint's share of the "
        f"whole {median['alone'] / median['portal']:.0%}"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    main()
