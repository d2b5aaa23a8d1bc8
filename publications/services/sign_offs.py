"""Two people agree with one state of the manuscript before it becomes an edition."""

from django.db import transaction

from programme import audit
from programme.errors import RuleBroken
from programme.models import User
from publications.models import Publication, SignOff
from publications.queries import snapshots

CHANGED = (
    "Seit Sie das Manuskript geöffnet haben, hat sich etwas geändert. Bitte sehen Sie es noch "
    "einmal durch und geben Sie den neuen Stand frei."
)


@transaction.atomic
def sign(*, publication: Publication, state: str, by: User) -> SignOff:
    """Agree with the state (checksum) this person has seen; twice counts once.

    Refuses an empty manuscript and a state that has passed: any later change of a text, a picture
    or a figure changes the checksum, so nobody agrees with what they have not seen.
    """
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    frozen = snapshots.current(publication)
    if not frozen["chapters"]:
        raise RuleBroken("Es gibt noch kein Manuskript, das Sie freigeben könnten.")
    if snapshots.state_of(frozen) != state:
        raise RuleBroken(CHANGED)
    row, is_new = SignOff.objects.get_or_create(publication=publication, state_sha256=state, by=by)
    if is_new:
        audit.record(
            by=by,
            verb="manuscript.signed",
            subject=publication,
            sentence=f"Das Manuskript „{publication}“ wurde freigegeben (Stand {state[:12]}).",
        )
    return row


@transaction.atomic
def take_back(*, publication: Publication, by: User) -> None:
    """Take back every sign-off of this person; without one nothing happens."""
    gone, _ = publication.sign_offs.filter(by=by).delete()
    if gone:
        audit.record(
            by=by,
            verb="manuscript.unsigned",
            subject=publication,
            sentence=f"Eine Freigabe des Manuskripts „{publication}“ wurde zurückgenommen.",
        )
