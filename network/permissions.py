"""Who may run the network: guards of the first floor."""

from programme.permissions import Person, is_office


def may_run_network(user: Person, subject: object = None) -> bool:
    """The programme team plans meetings, invites and keeps the directory."""
    return is_office(user)
