"""The directory of the network: who is in it, who gets the mail, who was invited when."""

from datetime import date

from django.db.models import Prefetch, Q

from network.enums import ContactKind, OrganisationKind, Region
from network.models import Contact, Meeting, Organisation, PublicBody
from network.rules.names import matches

GROUP_NAMES = {
    OrganisationKind.IMMIGRATION_OFFICE: "Ausländerbehörden",
    OrganisationKind.REGIONAL_AUTHORITY: "Regierungspräsidien",
    OrganisationKind.MUNICIPAL_ASSOCIATION: "Kommunale Spitzenverbände",
    OrganisationKind.MINISTRY: "Ministerium",
    OrganisationKind.GUEST: "Gäste",
}

ENDED = "ended"
UNADDRESSED = "unaddressed"
STATES = [
    ("", "bestehende"),
    (UNADDRESSED, "bestehende ohne Kontakt"),
    (ENDED, "beendete"),
    ("all", "alle"),
]
ADDRESSED = {ContactKind.MAIN, ContactKind.MAILBOX}


def organisations(
    *, day: date, search: str = "", kind: str = "", region: str = "", state: str = ""
) -> list[Organisation]:
    """Return the organisations of that day with active contacts and bodies; three queries.

    `state` is one of STATES; without one, those that exist or are going to. The search finds
    names, units, towns, bodies, keys and contacts, however umlauts are typed. The network has
    about forty rows, so comparing happens here and is the same on every database.
    """
    active = Prefetch("contacts", Contact.objects.filter(is_active=True))
    standing = Prefetch("public_bodies", PublicBody.objects.on(day))
    found = Organisation.objects.filter(_in_state(state, day)).prefetch_related(active, standing)
    if kind:
        found = found.filter(kind=kind)
    if region:
        found = found.filter(region=region)
    rows = [row for row in found if matches(search, *_searched(row))]
    return [row for row in rows if not is_addressed(row)] if state == UNADDRESSED else rows


def _in_state(state: str, day: date) -> Q:
    ended = Q(valid_to__lt=day) | Q(merged_into__isnull=False)
    if state == "all":
        return Q()
    return ended if state == ENDED else ~ended


def is_addressed(row: Organisation) -> bool:
    """Say whether letters reach the organisation: an active main contact or mailbox."""
    return any(contact.is_active and contact.kind in ADDRESSED for contact in row.contacts.all())


def _searched(row: Organisation) -> list[str]:
    bodies = [text for body in row.public_bodies.all() for text in (body.name, body.key)]
    contacts = [text for person in row.contacts.all() for text in (person.name, person.email)]
    return [row.name, row.short_name, row.unit, row.city, *bodies, *contacts]


def invitable(*, meeting: Meeting, day: date) -> list[Organisation]:
    """Return who is not invited yet: the network and known guests, with addressed contacts."""
    addressed = Prefetch("contacts", Contact.objects.addressed())
    invited = meeting.invitations.values("organisation_id")
    return list(
        Organisation.objects.on(day)
        .filter(merged_into=None)
        .exclude(pk__in=invited)
        .prefetch_related(addressed)
    )


def partners(*, day: date) -> list[Organisation]:
    """Return who is invited beside the offices: authorities, associations, the ministry."""
    offices = OrganisationKind.IMMIGRATION_OFFICE
    return list(Organisation.objects.state_network(day).exclude(kind=offices))


def kinds(found: list[Organisation]) -> list[tuple[str, str]]:
    """Return (value, label) of the kinds that occur."""
    present = {row.kind for row in found}
    return [(kind.value, name) for kind, name in GROUP_NAMES.items() if kind in present]


def by_kind(found: list[Organisation]) -> list[tuple[str, list[Organisation]]]:
    """Return the organisations grouped by kind, offices first; empty groups are left out."""
    groups = [
        (name, [row for row in found if row.kind == kind]) for kind, name in GROUP_NAMES.items()
    ]
    return [(label, rows) for label, rows in groups if rows]


def by_region(found: list[PublicBody]) -> list[tuple[str, list[PublicBody]]]:
    """Return the bodies grouped by administrative region, each group by name."""
    return [
        (str(region.label), [body for body in found if body.region == region]) for region in Region
    ]
