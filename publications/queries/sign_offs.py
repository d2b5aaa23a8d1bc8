"""Who has agreed with which state of a manuscript."""

from dataclasses import dataclass

from programme.models import User
from publications.models import Publication, SignOff

NEEDED = 2


@dataclass(frozen=True)
class SignOffs:
    """The sign-offs of the state at hand, and those of states that have passed."""

    state: str
    valid: tuple[SignOff, ...]
    outdated: tuple[SignOff, ...]

    @property
    def is_complete(self) -> bool:
        return len(self.valid) >= NEEDED

    def has_signed(self, person: User) -> bool:
        """Say whether this person has agreed with the state at hand."""
        return any(row.by_id == person.pk for row in self.valid)


def sign_offs(publication: Publication, *, state: str) -> SignOffs:
    """Return the sign-offs, the first ones first; one query.

    Of a state that has passed each person's latest is kept, so that it can be told who has to
    read again.
    """
    rows = list(publication.sign_offs.select_related("by").order_by("signed_at", "pk"))
    valid = tuple(row for row in rows if row.state_sha256 == state)
    again = {row.by_id for row in valid}
    latest = {row.by_id: row for row in rows if row.by_id not in again}
    return SignOffs(state, valid, tuple(latest.values()))
