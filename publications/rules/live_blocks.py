"""Live blocks a person chooses: the timeline, one site, one survey."""

from typing import NamedTuple

from publications.enums import BlockKind

CHOSEN = (BlockKind.TIMELINE, BlockKind.SITE_PROFILE, BlockKind.SURVEY)


class Choice(NamedTuple):
    """What a block shows: its kind and what it is about, a site or a meeting."""

    kind: str
    about: str = ""

    @property
    def key(self) -> str:
        """The choice in one word, as forms send it."""
        return f"{self.kind}:{self.about}"


def read(key: str) -> Choice:
    """Return the choice of a word that was checked before."""
    kind, _, about = key.partition(":")
    return Choice(kind, about)
