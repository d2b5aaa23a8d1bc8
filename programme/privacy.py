"""Every model states which of its fields hold personal data and how long they are kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Privacy:
    """What a model holds about people.

    `fields` are the personal columns; `keep` says in German how long and why; both are empty
    only in `NO_PERSONAL_DATA`.
    """

    fields: tuple[str, ...]
    keep: str


NO_PERSONAL_DATA = Privacy(fields=(), keep="")
