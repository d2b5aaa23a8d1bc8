"""What an office says about itself on its public page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProfileDraft:
    """What the office does, who leads it (a function), languages, hours, address on the web."""

    tasks: str = ""
    head: str = ""
    languages: str = ""
    opening_hours: str = ""
    website: str = ""
