"""Who may give which role to whom."""

from collections.abc import Collection

from programme.enums import Role

PROGRAMME_ROLES = frozenset({Role.MEMBER, Role.SITE, Role.COACH})


def grantable_roles(held: Collection[str]) -> frozenset[Role]:
    """Return the roles a person with these roles may give to others.

    The administration gives every role; the programme team only those that see no money, no
    people and no foreign offices. So nobody can reach more than they have by inviting.
    """
    if Role.ADMIN in held:
        return frozenset(Role)
    return PROGRAMME_ROLES if Role.OFFICE in held else frozenset()
