"""Who may: guards of the ground floor. A guard answers who, never when."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser

from programme.enums import Role
from programme.models import Printout, User, Voucher, VoucherFile

Person: TypeAlias = User | AnonymousUser


def roles_of(user: Person) -> frozenset[str]:
    """Return the roles the person holds now; one query a request, then remembered."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.remembered_roles is None:
        grants = user.role_grants.filter(ended_at__isnull=True)
        user.remembered_roles = frozenset(grants.values_list("role", flat=True))
    return user.remembered_roles


def everybody(user: Person, subject: object = None) -> bool:
    """The public may."""
    return True


def is_signed_in(user: Person, subject: object = None) -> bool:
    """Anybody with a login and at least one role may."""
    return bool(roles_of(user))


def is_member(user: Person, subject: object = None) -> bool:
    return Role.MEMBER in roles_of(user)


def is_site(user: Person, subject: object = None) -> bool:
    return Role.SITE in roles_of(user)


def is_coach(user: Person, subject: object = None) -> bool:
    return Role.COACH in roles_of(user)


def is_office(user: Person, subject: object = None) -> bool:
    return Role.OFFICE in roles_of(user)


def is_finance(user: Person, subject: object = None) -> bool:
    return Role.FINANCE in roles_of(user)


def is_admin(user: Person, subject: object = None) -> bool:
    return Role.ADMIN in roles_of(user)


def is_auditor(user: Person, subject: object = None) -> bool:
    return Role.AUDITOR in roles_of(user)


def may_see_funding(user: Person, subject: object = None) -> bool:
    """Finance works on the money; the programme team and the auditors read it."""
    return bool({Role.FINANCE, Role.AUDITOR, Role.OFFICE} & roles_of(user))


def may_see_audit_room(user: Person, subject: object = None) -> bool:
    """Auditors work in the audit room; finance reads it and answers what was found."""
    return bool({Role.FINANCE, Role.AUDITOR} & roles_of(user))


def may_see_log(user: Person, subject: object = None) -> bool:
    """Administration and auditors read the whole logbook, finance what concerns the money."""
    return bool({Role.ADMIN, Role.AUDITOR, Role.FINANCE} & roles_of(user))


def may_see_whole_log(user: Person, subject: object = None) -> bool:
    """Finance alone sees only the events of the funding."""
    return bool({Role.ADMIN, Role.AUDITOR} & roles_of(user))


def may_read_voucher(user: Person, subject: object = None) -> bool:
    """What is sensitive about a voucher is for finance, auditors and whoever recorded it."""
    if not isinstance(subject, Voucher) or not may_see_funding(user):
        return False
    is_trusted = bool({Role.FINANCE, Role.AUDITOR} & roles_of(user))
    return is_trusted or not subject.is_sensitive or subject.factual_check_by_id == user.pk


def may_fetch_voucher_file(user: Person, subject: object = None) -> bool:
    """The files of a sensitive voucher are as sensitive as its payee."""
    return isinstance(subject, VoucherFile) and may_read_voucher(user, subject.voucher)


def may_read_sensitive(user: Person, subject: object = None) -> bool:
    """Finance and auditors read in the logbook what sensitive vouchers were about."""
    return bool({Role.FINANCE, Role.AUDITOR} & roles_of(user))


def may_see_outbox(user: Person, subject: object = None) -> bool:
    """Mails hold names and links, so only the programme team and the administration read them."""
    return bool({Role.OFFICE, Role.ADMIN} & roles_of(user))


def may_manage_people(user: Person, subject: object = None) -> bool:
    """The programme team invites people, the administration also changes their roles."""
    return bool({Role.OFFICE, Role.ADMIN} & roles_of(user))


def may_answer_barrier_reports(user: Person, subject: object = None) -> bool:
    """The programme team answers reports of barriers, the administration may step in."""
    return bool({Role.OFFICE, Role.ADMIN} & roles_of(user))


def may_fetch_printout(user: Person, subject: object = None) -> bool:
    """Only the person who asked for a document gets it, as long as they may work here."""
    if not isinstance(subject, Printout) or not is_signed_in(user):
        return False
    return subject.requested_by_id == user.pk


def may_change_roles(user: Person, subject: object = None) -> bool:
    """Only the administration gives and ends roles and closes accounts."""
    return is_admin(user)


def may_edit_legal_pages(user: Person, subject: object = None) -> bool:
    """The administration answers for contact data and legal texts."""
    return is_admin(user)


def may_edit_notices(user: Person, subject: object = None) -> bool:
    """Who sets where orders go and what every publication says of its funding and use."""
    return bool({Role.OFFICE, Role.ADMIN} & roles_of(user))


def needs_second_factor(user: Person) -> bool:
    """Everybody who sees more than the own office's invitations signs in with two factors (A4)."""
    return bool(roles_of(user) - {Role.MEMBER})


def may_see_deletions(user: Person, subject: object = None) -> bool:
    """The programme team and the administration prove what was deleted."""
    return bool({Role.OFFICE, Role.ADMIN} & roles_of(user))
