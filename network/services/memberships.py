"""Who works at which organisation of the network."""

from datetime import date, timedelta

from django.db import transaction

from network.models import Membership, Organisation
from programme import audit, clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import User
from programme.permissions import roles_of


@transaction.atomic
def join(*, person: User, organisation: Organisation, starts_on: date, by: User) -> Membership:
    """Let a person see the invitations of an organisation from that day on.

    Refused without the role of a network member, and while the person belongs to it already.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Role.MEMBER not in roles_of(person):
        raise RuleBroken(f"{person} hat die Rolle „{Role.MEMBER.label}“ nicht.")
    if organisation.memberships.filter(user=person, ends_on__isnull=True).exists():
        raise RuleBroken(f"{person} gehört schon zu dieser Organisation.")
    membership = Membership.objects.create(
        user=person, organisation=organisation, starts_on=starts_on
    )
    audit.record(
        by=by,
        verb="membership.begun",
        subject=membership,
        sentence=f"{person} gehört zu {organisation}.",
        changes={"starts_on": [None, starts_on.isoformat()]},
    )
    return membership


@transaction.atomic
def leave(*, membership: Membership, by: User) -> None:
    """End a membership at once; yesterday was its last day. Doing it again changes nothing.

    One that began only today is taken back altogether.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.ends_on is not None:
        return
    last_day = clock.today() - timedelta(days=1)
    audit.record(
        by=by,
        verb="membership.ended",
        subject=membership,
        sentence=f"{membership.user} gehört nicht mehr zu {membership.organisation}.",
        changes={"ends_on": [None, last_day.isoformat()]},
    )
    if membership.starts_on > last_day:
        membership.delete()
        return
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
