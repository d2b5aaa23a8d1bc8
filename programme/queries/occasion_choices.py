"""What a voucher may belong to: meetings and sites, named by the floors above."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from programme.models import Programme


@dataclass(frozen=True)
class OccasionChoice:
    """Something money is spent on; `key` is kept with the voucher, `url` leads to its page."""

    key: str
    title: str
    group: str
    url: str


def occasion_choices(*, programme: Programme) -> list[OccasionChoice]:
    """Ask every floor named in `settings.OCCASIONS`; each answers in one query."""
    found: list[OccasionChoice] = []
    for name in settings.OCCASIONS:
        answer: Iterable[OccasionChoice] = import_string(name)(programme=programme)
        found += answer
    return found


def chosen_occasion(*, programme: Programme, key: str) -> OccasionChoice | None:
    """Return the occasion a voucher names, None if it names none or one that is gone."""
    found = occasion_choices(programme=programme) if key else []
    return next((each for each in found if each.key == key), None)
