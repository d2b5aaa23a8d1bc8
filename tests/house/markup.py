"""What is wrong with a page, read from its HTML alone."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

NEEDS_LABEL = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}


class Reader(HTMLParser):
    """Collects headings, ids, labels, fields and inline code of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[tuple[str, str]] = []
        self.problems: list[str] = []
        self.in_label = 0
        self.hidden: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "label":
            self.in_label += 1
            self.labelled.add(given.get("for", ""))
        self.look_for_code(tag, given)
        self.look_for_doubles(tag, given)
        if tag in NEEDS_LABEL and given.get("type") not in NEEDS_NO_LABEL:
            named = self.in_label or {"aria-label", "aria-labelledby"} & given.keys()
            if not named:
                self.fields.append((given.get("id", ""), given.get("name", "")))

    def look_for_doubles(self, tag: str, given: dict[str, str]) -> None:
        """Of two hidden fields with one name a server reads the last, whatever the first says."""
        if tag == "form":
            self.hidden.clear()
        if given.get("type") == "hidden":
            self.hidden[given.get("name", "")] += 1
            if self.hidden[given.get("name", "")] > 1:
                self.problems.append(f"hidden field {given.get('name')} is there twice")

    def look_for_code(self, tag: str, given: dict[str, str]) -> None:
        is_data = given.get("type") == "application/ld+json"  # never run, so no policy speaks of it
        is_code = tag == "script" and "src" not in given and not is_data
        if tag == "style" or "style" in given or is_code:
            self.problems.append(f"inline code in <{tag}>")
        if any(key.startswith("on") for key in given):
            self.problems.append(f"event attribute in <{tag}>")
        is_named = {"canonical", "schema.DC"} & set(given.values())  # said, not fetched
        if urlsplit(given.get(FETCHED.get(tag, ""), "")).netloc and not is_named:
            self.problems.append(f"<{tag}> fetches from a foreign host")
        if tag == "img" and "alt" not in given:
            self.problems.append("image without alt")

    def handle_endtag(self, tag: str) -> None:
        self.in_label -= tag == "label"


def problems(html: str) -> list[str]:
    """Return everything a reader with a screen reader or a strict browser would stumble over."""
    page = Reader()
    page.feed(html)
    found = list(page.problems)
    if page.headings.count(1) != 1:
        found.append(f"{page.headings.count(1)} h1")
    steps = zip(page.headings, page.headings[1:], strict=False)
    found += [f"h{high} after h{low}" for low, high in steps if high > low + 1]
    found += [f"id {key} is there {count} times" for key, count in page.ids.items() if count > 1]
    found += [f"field {name} has no label" for key, name in page.fields if key not in page.labelled]
    return found
