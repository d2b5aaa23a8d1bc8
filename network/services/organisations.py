"""Keep the contacts of the directory."""

from django.db import transaction

from network.models import Contact, Organisation
from network.rules.contacts import Details
from programme import audit
from programme.errors import RuleBroken
from programme.models import User


@transaction.atomic
def add_contact(*, organisation: Organisation, details: Details, by: User) -> Contact:
    """Enter whom mail to an organisation goes to. Refuses an address that is there already."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _refuse_known(organisation, details.email, None)
    contact = Contact.objects.create(organisation=organisation, **details.columns())
    sentence = f"Kontakt {contact} bei {organisation} eingetragen."
    audit.record(by=by, verb="contact.added", subject=organisation, sentence=sentence)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, details: Details, by: User) -> Contact:
    """Change a contact or stop writing to it. Refuses an address another contact has."""
    organisation = Organisation.objects.select_for_update().get(pk=contact.organisation_id)
    _refuse_known(organisation, details.email, contact)
    for column, value in details.columns().items():
        setattr(contact, column, value)
    contact.save()
    state = "geändert" if contact.is_active else "stillgelegt"
    sentence = f"Kontakt {contact} bei {organisation} {state}."
    audit.record(by=by, verb="contact.changed", subject=organisation, sentence=sentence)
    return contact


def _refuse_known(organisation: Organisation, email: str, but: Contact | None) -> None:
    known = organisation.contacts.filter(email__iexact=email)
    if but:
        known = known.exclude(pk=but.pk)
    if known.exists():
        raise RuleBroken(
            "Diese E-Mail-Adresse ist bei der Organisation schon eingetragen.", field="email"
        )
