"""Which contacts read along what the people of their office are told."""

from collections.abc import Collection, Sequence

from network.enums import CopyNews
from network.models import Contact, Registration
from network.queries.invitations import answer_contact_of

News = tuple[Registration, CopyNews]


def readers(*, news: Sequence[News], told: Collection[str]) -> list[tuple[Contact, list[News]]]:
    """Return each contact with the news it gets in copy; one query.

    A contact that wants copies reads about everybody of its office, the contact for answers also
    about those for whom the office chose it. Nobody reads about themselves, and nobody who was
    `told` by another letter (addresses in small letters).
    """
    offices = {row.invitation.organisation_id for row, _ in news}
    active = Contact.objects.filter(organisation__in=offices, is_active=True).order_by("pk")
    found = []
    contacts = [contact for contact in active if contact.email.lower() not in told]
    asked = {office: _first(active, office) for office in offices}
    for contact in contacts:
        concerned = [
            (row, what)
            for row, what in news
            if row.invitation.organisation_id == contact.organisation_id
            if contact.gets_copies or (row.is_copied and contact == asked[contact.organisation_id])
            if row.email.lower() != contact.email.lower()
        ]
        if concerned:
            found.append((contact, concerned))
    return found


def _first(contacts: Collection[Contact], office: int) -> Contact | None:
    return answer_contact_of(each for each in contacts if each.organisation_id == office)
