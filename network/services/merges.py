"""Two entries of the directory become one."""

from django.db import transaction

from network.models import Contact, Invitation, Meeting, Membership, Organisation, PublicBody
from network.queries.merges import Merge
from network.queries.merges import merge as compared
from programme import audit
from programme.errors import RuleBroken
from programme.models import User


@transaction.atomic
def merge(*, source: Organisation, target: Organisation, by: User) -> Organisation:
    """Make `source` part of `target`, which takes over everything that hangs on it.

    Contacts, members, bodies and invitations move; registrations and answers stay with their
    invitations, links stay valid. The source remains as history and leads to the target.
    Refuses with every obstacle `queries.merges` finds, such as two invitations to one meeting.
    """
    pks = sorted((source.pk, target.pk))
    rows = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=pks)}
    source, target = rows[source.pk], rows[target.pk]
    found = compared(source=source, target=target)
    if found.obstacles:
        raise RuleBroken(" ".join(found.obstacles))
    _move(found)
    _hand_over_feed(source, target)
    Organisation.objects.filter(merged_into=source).update(merged_into=target)
    source.merged_into = target
    source.save(update_fields=["merged_into", "feed_seed", "feed_digest"])
    sentence = (
        f"„{source.name}“ mit „{target.name}“ zusammengeführt: {len(found.contacts)} Kontakte, "
        f"{len(found.memberships)} Zugehörigkeiten, {len(found.invitations)} Einladungen."
    )
    for row in (source, target):
        audit.record(by=by, verb="organisation.merged", subject=row, sentence=sentence)
    return target


def _move(found: Merge) -> None:
    target = found.target
    Contact.objects.filter(pk__in=[row.pk for row in found.known_contacts]).delete()
    Contact.objects.filter(pk__in=[row.pk for row in found.contacts]).update(organisation=target)
    Membership.objects.filter(pk__in=[row.pk for row in found.known_memberships]).delete()
    Membership.objects.filter(pk__in=[row.pk for row in found.memberships]).update(
        organisation=target
    )
    Invitation.objects.filter(organisation=found.source).update(organisation=target)
    PublicBody.objects.filter(office=found.source).update(office=target)
    Meeting.objects.filter(host=found.source).update(host=target)


def _hand_over_feed(source: Organisation, target: Organisation) -> None:
    """Keep a calendar that is subscribed alive, unless the target has one of its own."""
    seed, digest = source.feed_seed, source.feed_digest
    source.feed_seed, source.feed_digest = "", None
    source.save(update_fields=["feed_seed", "feed_digest"])
    if digest and not target.feed_digest:
        target.feed_seed, target.feed_digest = seed, digest
        target.save(update_fields=["feed_seed", "feed_digest"])
