"""Where a time that is known only roughly stands among exact days."""

import re
from datetime import date

MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni", "juli"),
    *("august", "september", "oktober", "november", "dezember"),
)
PARTS = {"anfang": 1, "frühjahr": 3, "mitte": 6, "sommer": 6, "herbst": 9, "ende": 11}
MONTHS_BY_NAME = {name: place for place, name in enumerate(MONTHS, start=1)} | PARTS
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
WORD = re.compile(r"\w+")


def begins(label: str) -> date | None:
    """Return the first day a time such as "Anfang 2016" or "Juni 2017" may mean.

    Only for sorting: it is never shown. Without a year there is no such day; a time "vor …" and
    one that names nothing but a year may begin with the year.
    """
    year = YEAR.search(label)
    if year is None:
        return None
    words = WORD.findall(label.casefold())
    named = [month for name, month in MONTHS_BY_NAME.items() if name in words]
    begins_with_year = "vor" in words or not named
    return date(int(year[0]), 1 if begins_with_year else named[0], 1)
