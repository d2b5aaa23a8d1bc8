"""The log of contacts with a site, and what somebody has to follow up."""

from django.db.models import QuerySet

from programme.models import User
from programme.permissions import is_office
from sites.models import Communication, Site
from sites.queries.audience import looked_after


def of_site(*, site: Site, kind: str = "", is_open: bool = False) -> QuerySet[Communication]:
    """Return the contacts of a site, the latest first, narrowed by kind and open follow-ups."""
    rows = site.communications.select_related("by").order_by("-happened_on", "-pk")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(due_on__isnull=False, done_on__isnull=True) if is_open else rows


def one() -> QuerySet[Communication]:
    """Return all contacts to pick one from; the page's guard decides who changes it."""
    return Communication.objects.select_related("site__programme", "by")


def follow_ups(*, user: User) -> QuerySet[Communication]:
    """Return what the person wrote and has yet to follow up, the most urgent first.

    Sites the person no longer looks after are left out; there is nothing to be done there.
    """
    rows = Communication.objects.filter(by=user, due_on__isnull=False, done_on__isnull=True)
    rows = rows.filter(site__programme__is_current=True).select_related("site")
    if not is_office(user):
        rows = rows.filter(site__in=looked_after(user).values("site"))
    return rows.order_by("due_on", "pk")
