"""Links that lead out of a paper or a book: they need the whole address of the portal's pages."""

import re

from programme.outbox import absolute_url

PATHS = re.compile(r'(<a\b[^>]*\shref=")(/(?!/)[^"]*)"')


def whole_address(href: str) -> str:
    """Return an address as it is followed from outside the portal: a path gets its host.

    Whole addresses and anchors stay as they are; others do not pass the checks of a manuscript.
    """
    is_path = href.startswith("/") and not href.startswith("//")
    return absolute_url(href) if is_path else href


def with_whole_addresses(html: str) -> str:
    """Return the HTML with the host in every link to a page of the portal."""
    return PATHS.sub(lambda found: f'{found[1]}{whole_address(found[2])}"', html)
