"""What a member sees of the own office: its people, certificates, material."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from network.enums import ON, Audience
from network.models import Certificate, Contact, Material, Membership, Organisation, Registration
from network.queries.released import file_url, released_material
from network.rules.names import matches


@dataclass(frozen=True)
class File:
    """A released file with the address at which a signed-in reader gets it."""

    material: Material
    url: str


def offices(*, user_id: int, day: date) -> list[Organisation]:
    """Return the organisations a person belongs to on that day."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows = Membership.objects.filter(current, user_id=user_id, starts_on__lte=day)
    return list(Organisation.objects.on(day).filter(pk__in=rows.values("organisation")))


def contacts(*, offices: Iterable[int]) -> list[Contact]:
    """Return whom the programme writes to at these offices, with the choice of copies."""
    rows = Contact.objects.filter(organisation__in=set(offices), is_active=True)
    return list(rows.select_related("organisation").order_by("organisation__short_name", "pk"))


def people(*, offices: Iterable[Organisation], moment: datetime) -> QuerySet[Registration]:
    """Return who of these offices is registered for meetings to come, meeting by meeting."""
    rows = Registration.objects.active().filter(
        invitation__organisation__in=list(offices), meeting__ends_at__gte=moment
    )
    return (
        rows.filter(meeting__status__in=ON)
        .select_related("meeting", "workshop", "invitation__organisation")
        .order_by("meeting__starts_at", "full_name", "pk")
    )


def certificates(*, offices: Iterable[Organisation]) -> QuerySet[Certificate]:
    """Return the finished certificates of people these offices sent, the newest first."""
    rows = Certificate.objects.filter(registration__invitation__organisation__in=list(offices))
    return (
        rows.exclude(file="")
        .select_related("registration__meeting")
        .order_by("-issued_at", "registration__full_name", "pk")
    )


def files(*, audience: Audience, search: str = "") -> list[File]:
    """Return the files this audience may read today that match, the latest meeting first."""
    rows = released_material(audience).select_related("meeting")
    ordered = rows.order_by("-meeting__starts_at", "title", "pk")
    return [
        File(row, file_url(row, row.meeting))
        for row in ordered
        if matches(search, row.title, row.description, row.name, row.meeting.title)
    ]
