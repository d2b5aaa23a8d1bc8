"""Who may run the network: guards of the first floor."""

from programme.enums import Role
from programme.permissions import Person, is_office, roles_of


def may_run_network(user: Person, subject: object = None) -> bool:
    """The programme team plans meetings, invites and keeps the directory."""
    return is_office(user)


def may_read_needs(user: Person, subject: object = None) -> bool:
    """Diet and access needs are health data: the programme team and data protection only."""
    return bool({Role.OFFICE, Role.ADMIN} & roles_of(user))


def may_read_office_papers(user: Person, subject: object = None) -> bool:
    """Members of the offices and the programme team read what was released to the offices."""
    return bool({Role.MEMBER, Role.OFFICE} & roles_of(user))
