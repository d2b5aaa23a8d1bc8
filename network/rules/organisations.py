"""What is known about an organisation, and what has to be known."""

import re
from dataclasses import asdict, dataclass
from datetime import date

from network.enums import OrganisationKind
from network.rules.names import slug_of
from programme.errors import RuleBroken

WITH_REGION = frozenset({OrganisationKind.IMMIGRATION_OFFICE, OrganisationKind.REGIONAL_AUTHORITY})
LONGEST_SLUG = 50
POSTCODE = re.compile(r"^[0-9]{5}$")


@dataclass(frozen=True)
class OrganisationDetails:
    """The columns of an organisation as they are typed."""

    kind: str
    name: str
    short_name: str
    valid_from: date
    unit: str = ""
    region: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    note: str = ""

    def columns(self) -> dict[str, str | date]:
        """Return what the organisation's row holds."""
        return asdict(self)


def check_details(details: OrganisationDetails) -> None:
    """Refuse (RuleBroken) an office without its region and a postcode that cannot be one."""
    if details.kind in WITH_REGION and not details.region:
        raise RuleBroken(
            "Bitte geben Sie den Regierungsbezirk an. Ausländerbehörden und Regierungspräsidien "
            "haben immer einen.",
            field="region",
        )
    if details.postcode and not POSTCODE.match(details.postcode):
        raise RuleBroken("Eine Postleitzahl hat fünf Ziffern.", field="postcode")


def free_slug(short_name: str, *, taken: set[str]) -> str:
    """Return a short name for addresses that nobody has, "fulda-2" after "fulda"."""
    wanted = slug_of(short_name, prefix="stelle")[: LONGEST_SLUG - 4].strip("-")
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
