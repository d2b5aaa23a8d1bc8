"""Who hears what happens at a site."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.models import RoleGrant, User
from programme.permissions import roles_of
from programme.queries.notices import closes
from sites.enums import AssignmentKind
from sites.models import Site, SiteAssignment
from sites.permissions import sees_all_sites
from sites.rules.assignments import NEEDED_ROLE


def involved(site: Site, *, without: User | None) -> list[User]:
    """Return staff and coaches assigned today and the programme team, in one query.

    Only people with an active account who still hold the role that opens the site to them;
    `without` is left out, usually who did it.
    """
    return _holding(
        Q(pk__in=_with_role(Role.OFFICE))
        | _assigned(site, AssignmentKind.STAFF)
        | _assigned(site, AssignmentKind.COACH),
        without=without,
    )


def side(site: Site, *, kind: AssignmentKind, without: User | None) -> list[User]:
    """Return the people of one side of a site today, in one query."""
    return _holding(_assigned(site, kind), without=without)


def looked_after(person: User) -> QuerySet[SiteAssignment]:
    """Return by which assignments the person keeps or coaches sites today, with the role held."""
    kinds = [kind for kind, role in NEEDED_ROLE.items() if role in roles_of(person)]
    return SiteAssignment.objects.on(clock.today()).filter(user=person, kind__in=kinds)


@closes
def closed_sites(person: User) -> Q:
    """Tell the news about sites the person does not look after today; one query at most."""
    if sees_all_sites(person):
        return Q(pk__in=[])
    closed = Q(path__startswith=reverse("sites:workspace"))
    for slug in looked_after(person).values_list("site__slug", flat=True).distinct():
        closed &= ~Q(path__startswith=reverse("sites:workspace_site", args=[slug]))
    return closed


def _holding(who: Q, *, without: User | None) -> list[User]:
    found = User.objects.filter(who, is_active=True).order_by("pk")
    return list(found.exclude(pk=without.pk) if without else found)


def _with_role(role: Role) -> QuerySet[RoleGrant, int]:
    rows = RoleGrant.objects.filter(role=role, ended_at__isnull=True)
    return rows.values_list("user", flat=True)


def _assigned(site: Site, kind: AssignmentKind) -> Q:
    role = NEEDED_ROLE[kind]
    today = SiteAssignment.objects.on(clock.today()).filter(site=site, kind=kind)
    return Q(pk__in=_with_role(role)) & Q(pk__in=today.values("user"))
