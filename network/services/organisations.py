"""Keep the organisations of the directory and their contacts."""

from datetime import date

from django.db import transaction

from network.enums import OrganisationKind
from network.models import Contact, Organisation
from network.queries.organisations import namesake, obstacles_to_end
from network.rules.contacts import Details
from network.rules.organisations import OrganisationDetails, check_details, free_slug
from programme import audit
from programme.errors import RuleBroken
from programme.models import User

TOLD_OF_CONTACTS = ("kind", "is_active", "gets_copies")  # what the logbook may keep: nobody's name


@transaction.atomic
def add(*, details: OrganisationDetails, by: User, contact: Details | None = None) -> Organisation:
    """Enter an organisation, if wanted with its first contact.

    Refuses a name that stands in the directory already, and an office without its region.
    """
    check_details(details)
    _refuse_namesake(details, 0)
    taken = set(Organisation.objects.select_for_update().values_list("slug", flat=True))
    organisation = Organisation.objects.create(
        slug=free_slug(details.short_name, taken=taken), **details.columns()
    )
    audit.record(
        by=by,
        verb="organisation.added",
        subject=organisation,
        sentence=f"{organisation.name} ins Verzeichnis eingetragen.",
    )
    if contact:
        add_contact(organisation=organisation, details=contact, by=by)
    return organisation


@transaction.atomic
def add_guest(*, details: OrganisationDetails, contact: Details, by: User) -> Organisation:
    """Enter a guest with its contact; a guest known without a contact gets this one.

    Refuses a name of the network, and a guest that can be written to already.
    """
    known = namesake(name=details.name, but=0) or namesake(name=details.short_name, but=0)
    if known is None:
        return add(details=details, contact=contact, by=by)
    if known.kind != OrganisationKind.GUEST or known.valid_to or known.merged_into:
        _refuse_namesake(details, 0)
    if known.contacts.addressed().exists():
        raise RuleBroken(
            f"„{known.name}“ steht schon im Verzeichnis und hat einen Kontakt. Bitte kreuzen Sie "
            f"„{known.short_name}“ auf der Seite „Einladen“ unter „Gäste“ an.",
            field="name",
        )
    add_contact(organisation=known, details=contact, by=by)
    return known


@transaction.atomic
def change(*, organisation: Organisation, details: OrganisationDetails, by: User) -> Organisation:
    """Correct an organisation; its address in the portal stays, so that links keep working.

    Refuses a merged one, a name another one has, and a first day after that of its bodies.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_details(details)
    _refuse_merged(organisation)
    _refuse_namesake(details, organisation.pk)
    if organisation.public_bodies.filter(valid_from__lt=details.valid_from).exists():
        raise RuleBroken(
            "Eine Körperschaft ist ihr schon vor diesem Tag zugeordnet.", field="valid_from"
        )
    changes = {
        column: [str(getattr(organisation, column)), str(value)]
        for column, value in details.columns().items()
        if getattr(organisation, column) != value
    }
    for column, value in details.columns().items():
        setattr(organisation, column, value)
    organisation.save()
    audit.record(
        by=by,
        verb="organisation.changed",
        subject=organisation,
        sentence=f"{organisation.name} im Verzeichnis geändert.",
        changes=changes,
    )
    return organisation


@transaction.atomic
def end(*, organisation: Organisation, last_day: date, by: User) -> Organisation:
    """Let an organisation end on that day; everything that happened before stays as it is.

    Memberships end with it. Refused while something to come hangs on it (`obstacles_to_end`).
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _refuse_merged(organisation)
    if last_day < organisation.valid_from:
        raise RuleBroken(
            f"Die Organisation besteht erst seit dem {organisation.valid_from:%d.%m.%Y}.",
            field="last_day",
        )
    obstacles = obstacles_to_end(organisation=organisation, last_day=last_day)
    if obstacles:
        raise RuleBroken(" ".join(obstacles))
    before = organisation.valid_to
    organisation.valid_to = last_day
    organisation.save(update_fields=["valid_to"])
    organisation.memberships.filter(ends_on__isnull=True, starts_on__lte=last_day).update(
        ends_on=last_day
    )
    audit.record(
        by=by,
        verb="organisation.ended",
        subject=organisation,
        sentence=f"{organisation.name} besteht nur bis zum {last_day:%d.%m.%Y}.",
        changes={"valid_to": [before and before.isoformat(), last_day.isoformat()]},
    )
    return organisation


@transaction.atomic
def reopen(*, organisation: Organisation, by: User) -> Organisation:
    """Take the end of an organisation back; ended memberships have to be entered again."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _refuse_merged(organisation)
    if organisation.valid_to is None:
        return organisation
    before, organisation.valid_to = organisation.valid_to, None
    organisation.save(update_fields=["valid_to"])
    audit.record(
        by=by,
        verb="organisation.reopened",
        subject=organisation,
        sentence=f"{organisation.name} besteht weiter; das Ende ist zurückgenommen.",
        changes={"valid_to": [before.isoformat(), None]},
    )
    return organisation


@transaction.atomic
def add_contact(*, organisation: Organisation, details: Details, by: User) -> Contact:
    """Enter whom mail to an organisation goes to. Refuses an address that is there already.

    The logbook names nobody: it is kept longer than the contact.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _refuse_merged(organisation)
    _refuse_known(organisation, details.email, None)
    contact = Contact.objects.create(organisation=organisation, **details.columns())
    sentence = f"Ein Kontakt bei {organisation} eingetragen."
    audit.record(by=by, verb="contact.added", subject=organisation, sentence=sentence)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, details: Details, by: User) -> Contact:
    """Change a contact or stop writing to it. Refuses an address another contact has."""
    organisation = Organisation.objects.select_for_update().get(pk=contact.organisation_id)
    _refuse_known(organisation, details.email, contact)
    columns = details.columns()
    changes = {
        column: [getattr(contact, column), columns[column]]
        for column in TOLD_OF_CONTACTS
        if getattr(contact, column) != columns[column]
    }
    for column, value in columns.items():
        setattr(contact, column, value)
    contact.save()
    state = "geändert" if contact.is_active else "stillgelegt"
    if "gets_copies" in changes:
        copies = "eingeschaltet" if contact.gets_copies else "ausgeschaltet"
        state += f", Kopien von Anmeldungen {copies}"
    sentence = f"Ein Kontakt bei {organisation} {state}."
    audit.record(
        by=by, verb="contact.changed", subject=organisation, sentence=sentence, changes=changes
    )
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: User) -> None:
    """Delete a contact with its data; the logbook keeps only that it happened, without a name."""
    organisation = Organisation.objects.select_for_update().get(pk=contact.organisation_id)
    Contact.objects.filter(pk=contact.pk).delete()
    sentence = f"Ein Kontakt bei {organisation} gelöscht."
    audit.record(by=by, verb="contact.removed", subject=organisation, sentence=sentence)


def _refuse_merged(organisation: Organisation) -> None:
    if organisation.merged_into:
        raise RuleBroken(
            f"Dieser Eintrag ist mit „{organisation.merged_into}“ zusammengeführt und bleibt nur "
            "als Geschichte stehen. Bitte arbeiten Sie dort weiter."
        )


def _refuse_namesake(details: OrganisationDetails, but: int) -> None:
    for field in ("name", "short_name"):
        known = namesake(name=getattr(details, field), but=but)
        if known:
            raise RuleBroken(f"„{known.name}“ steht schon im Verzeichnis.", field=field)


def _refuse_known(organisation: Organisation, email: str, but: Contact | None) -> None:
    known = organisation.contacts.filter(email__iexact=email)
    if but:
        known = known.exclude(pk=but.pk)
    if known.exists():
        raise RuleBroken(
            "Diese E-Mail-Adresse ist bei der Organisation schon eingetragen.", field="email"
        )
