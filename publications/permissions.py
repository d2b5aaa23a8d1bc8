"""Who may work on publications; reading and ordering is open to everybody."""

from programme.permissions import Person, is_office


def may_edit_publications(user: Person, subject: object = None) -> bool:
    """The programme team writes, compiles and publishes."""
    return is_office(user)
