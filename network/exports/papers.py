"""What stands on the papers of a meeting: the data for the templates of templates/pdf/network."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from network.enums import WorkshopPlace
from network.exports import entrance, qr
from network.models import Certificate, Meeting, Organisation, Registration
from network.queries.entrance import by_office
from programme.outbox import absolute_url

PER_SHEET = 10
SPARE_ROWS = 10
SIZES = (("large", 16), ("medium", 26), ("small", 52))


@dataclass(frozen=True)
class ListRow:
    """One line to sign."""

    number: int
    person: Registration


@dataclass(frozen=True)
class ListOffice:
    """The lines of one organisation."""

    organisation: Organisation
    rows: tuple[ListRow, ...]


@dataclass(frozen=True)
class Badge:
    """One badge; `size` says how large the name may be."""

    person: Registration
    size: str
    code: SafeString


@dataclass(frozen=True)
class CertificatePaper:
    """One certificate with the address at which its number is checked."""

    certificate: Certificate
    person: Registration
    address: str
    code: SafeString

    @property
    def workshop(self) -> str:
        """Return the workshop the person had a place in."""
        person = self.person
        has_place = person.workshop_place == WorkshopPlace.CONFIRMED
        return str(person.workshop) if has_place and person.workshop else ""


def attendance(*, meeting: Meeting, people: Sequence[Registration]) -> dict[str, object]:
    """Return the list to sign; people are sorted by organisation, spare rows follow."""
    offices, number = [], 0
    for office in by_office(people):
        rows = tuple(
            ListRow(place, person) for place, person in enumerate(office.people, number + 1)
        )
        number += len(rows)
        offices.append(ListOffice(office.organisation, rows))
    return _common(meeting) | {
        "offices": offices,
        "spare": range(number + 1, number + SPARE_ROWS + 1),
    }


def badges(*, meeting: Meeting, people: Iterable[Registration]) -> dict[str, object]:
    """Return the badges, ten a sheet."""
    made = [Badge(person, size(person.full_name), entrance.drawing(person)) for person in people]
    sheets = [made[first : first + PER_SHEET] for first in range(0, len(made), PER_SHEET)]
    return _common(meeting) | {"sheets": sheets}


def certificates(*, meeting: Meeting, rows: Iterable[Certificate]) -> dict[str, object]:
    """Return the certificates, one a page."""
    return _common(meeting) | {"papers": [_paper(row) for row in rows]}


def size(full_name: str) -> str:
    """Return how large a name is set: a long one, or one with a long word, smaller."""
    longest = max((len(word) for word in full_name.split()), default=0)
    for name, most in SIZES:
        if len(full_name) <= most and longest <= most * 0.8:
            return name
    return "tiny"


def identity(*parts: object) -> str:
    """Return the checksum that makes the same data the same file."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def proof_address(number: str) -> str:
    """Return where everybody can check the number of a certificate."""
    return absolute_url(f"{reverse('network:verify_certificate')}?nummer={number}")


def _paper(row: Certificate) -> CertificatePaper:
    address = proof_address(row.number)
    code = qr.svg(address, title="QR-Code zur Seite, die die Nummer prüft")
    return CertificatePaper(row, row.registration, address.partition("?")[0], code)


def _common(meeting: Meeting) -> dict[str, object]:
    return {"meeting": meeting, "programme": meeting.programme}
