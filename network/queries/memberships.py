"""Which organisations a person speaks for."""

from datetime import date

from django.db.models import Q

from network.models import Membership


def is_member_on(*, user_id: int, day: date) -> bool:
    """Say whether the person belongs to any organisation of the network on that day."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Membership.objects.filter(current, user_id=user_id, starts_on__lte=day).exists()


def speaks_for(*, user_id: int, organisation_id: int, day: date) -> bool:
    """Say whether the person belongs to this organisation on that day."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows = Membership.objects.filter(current, organisation_id=organisation_id, user_id=user_id)
    return rows.filter(starts_on__lte=day).exists()
