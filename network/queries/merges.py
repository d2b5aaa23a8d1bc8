"""What merging two entries of the directory would move, and what stands against it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, ForeignKey, OuterRef, Q

from network.enums import RegistrationStatus
from network.models import Contact, Invitation, Meeting, Membership, Organisation, PublicBody
from programme import clock


@dataclass(frozen=True)
class Merge:
    """What happens if `source` becomes part of `target`; `obstacles` are German sentences."""

    source: Organisation
    target: Organisation
    contacts: tuple[Contact, ...]
    known_contacts: tuple[Contact, ...]
    memberships: tuple[Membership, ...]
    known_memberships: tuple[Membership, ...]
    invitations: tuple[Invitation, ...]
    bodies: tuple[PublicBody, ...]
    hosted: tuple[Meeting, ...]
    obstacles: tuple[str, ...]

    @property
    def people(self) -> int:
        """Return how many people were registered by the invitations that move."""
        return sum(vars(invitation)["people"] for invitation in self.invitations)


def candidates(*, source: Organisation) -> list[Organisation]:
    """Return the organisations an entry could be a duplicate of."""
    rows = Organisation.objects.on(clock.today()).filter(kind=source.kind)
    return list(rows.exclude(pk=source.pk))


def merge(*, source: Organisation, target: Organisation) -> Merge:
    """Return what moves and what stands against it; the number of queries is always the same."""
    addresses = {contact.email.lower() for contact in target.contacts.all()}
    users = set(target.memberships.values_list("user_id", flat=True))
    contacts = list(source.contacts.all())
    memberships = list(source.memberships.select_related("user"))
    registered = ~Q(registrations__status=RegistrationStatus.CANCELLED)
    invitations = source.invitations.select_related("meeting").order_by("-invited_at", "-pk")
    return Merge(
        source=source,
        target=target,
        contacts=tuple(row for row in contacts if row.email.lower() not in addresses),
        known_contacts=tuple(row for row in contacts if row.email.lower() in addresses),
        memberships=tuple(row for row in memberships if row.user_id not in users),
        known_memberships=tuple(row for row in memberships if row.user_id in users),
        invitations=tuple(
            invitations.annotate(people=Count("registrations", filter=registered)),
        ),
        bodies=tuple(source.public_bodies.all()),
        hosted=tuple(Meeting.objects.filter(host=source)),
        obstacles=(*_wrong_pair(source, target), *_both_invited(source, target), *_above(source)),
    )


def _wrong_pair(source: Organisation, target: Organisation) -> list[str]:
    if source.pk == target.pk:
        return ["Bitte wählen Sie zwei verschiedene Einträge."]
    found = [
        f"„{row}“ ist schon zusammengeführt und nur noch Geschichte."
        for row in (source, target)
        if row.merged_into_id
    ]
    if target.valid_to is not None and target.valid_to < clock.today():
        found.append(f"„{target}“ besteht nicht mehr. Bitte wählen Sie den Eintrag, der bleibt.")
    if source.kind != target.kind:
        found.append(
            f"„{source}“ und „{target}“ sind von verschiedener Art. Bitte berichtigen Sie zuerst "
            "die Art, wenn es wirklich dieselbe Organisation ist."
        )
    return found


def _both_invited(source: Organisation, target: Organisation) -> list[str]:
    """Two answers to one meeting cannot become one: nobody knows which is meant."""
    twice = Meeting.objects.filter(invitations__organisation=source).filter(
        invitations__organisation=target
    )
    return [
        f"Beide sind zum Treffen „{meeting}“ eingeladen. Eine Organisation hat je Treffen nur eine "
        "Einladung und eine Antwort."
        for meeting in twice.distinct().order_by("pk")
    ]


def _above(source: Organisation) -> list[str]:
    """Ask in one query what upper floors keep about it; this floor cannot move their rows."""
    fields = [
        field
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(field := getattr(relation, "field", None), ForeignKey)
        if relation.auto_created and field.model._meta.app_label != "network"
    ]
    kept = {
        f"kept_{number}": Exists(
            field.model._meta.base_manager.filter(**{field.name: OuterRef("pk")})
        )
        for number, field in enumerate(fields)
    }
    row = Organisation.objects.filter(pk=source.pk).values(**kept).get()
    return [
        f"An „{source}“ hängt: {field.model._meta.verbose_name}. Das lässt sich nicht verschieben. "
        "Bitte führen Sie in der anderen Richtung zusammen."
        for field, is_kept in zip(fields, row.values(), strict=True)
        if is_kept
    ]
