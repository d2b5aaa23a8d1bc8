"""People with an account and their roles."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Prefetch, Q, QuerySet

from programme.enums import Role
from programme.models import RoleGrant, User

STATES = (
    ("active", "aktiv"),
    ("open", "eingeladen, noch ohne Passwort"),
    ("inactive", "deaktiviert"),
)


def _with_roles() -> QuerySet[User]:
    active = RoleGrant.objects.filter(ended_at__isnull=True).order_by("role")
    return User.objects.prefetch_related(Prefetch("role_grants", active, to_attr="active_grants"))


def people(*, search: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Return people by name with `active_grants`; state is "", "active", "open" or "inactive".

    "open" are people who have not set a password yet.
    """
    found = _with_roles()
    if search:
        found = found.filter(Q(full_name__icontains=search) | Q(email__icontains=search))
    if role:
        found = found.filter(role_grants__role=role, role_grants__ended_at__isnull=True)
    if state == "active":
        found = found.filter(is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    elif state == "open":
        found = found.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    elif state == "inactive":
        found = found.filter(is_active=False)
    return found.order_by("full_name", "pk")


def role_history(person: User) -> list[RoleGrant]:
    """Return every role the person has or had, the latest first, with who gave and ended it."""
    grants = RoleGrant.objects.filter(user=person).select_related("granted_by", "ended_by")
    return list(grants.order_by("-granted_at", "-pk"))


def holding(*roles: Role) -> list[User]:
    """Return the people with an active account who hold one of these roles today."""
    grants = RoleGrant.objects.filter(role__in=roles, ended_at__isnull=True)
    found = User.objects.filter(pk__in=grants.values_list("user", flat=True), is_active=True)
    return list(found.order_by("pk"))
