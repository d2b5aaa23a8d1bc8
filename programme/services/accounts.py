"""People get an account, roles, and lose them again."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import F

from programme import audit, clock, emails, permissions, tokens
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import RoleGrant, User
from programme.rules.accounts import grantable_roles

KNOWN_ADDRESS = "Zu dieser E-Mail-Adresse gibt es schon ein Konto."


@transaction.atomic
def invite(*, email: str, full_name: str, roles: Collection[Role], by: User) -> User:
    """Make an account with its roles and send the link with which the person sets a password.

    Refuses a known address and roles the inviting person may not give (RuleBroken).
    """
    if not set(roles) <= grantable_roles(permissions.roles_of(by)):
        raise RuleBroken("Diese Rolle kann nur die Verwaltung vergeben.", field="roles")
    if User.objects.filter(email__iexact=email).exists():
        raise RuleBroken(KNOWN_ADDRESS, field="email")
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, full_name=full_name)
    except IntegrityError as error:  # somebody else was faster by a moment
        raise RuleBroken(KNOWN_ADDRESS, field="email") from error
    RoleGrant.objects.bulk_create(
        RoleGrant(user=person, role=role, granted_by=by) for role in roles
    )
    audit.record(
        by=by,
        verb="person.invited",
        subject=person,
        sentence=f"{person.full_name} wurde eingeladen.",
        changes={"roles": [[], sorted(roles)]},
    )
    emails.account_invitation(person, path=tokens.set_password_path(person), inviter=by)
    return person


@transaction.atomic
def invite_again(*, person: User, by: User) -> None:
    """Send a fresh link; refuses people who have set a password and inactive accounts."""
    if person.has_usable_password():
        raise RuleBroken("Diese Person hat schon ein Passwort und kann es selbst zurücksetzen.")
    if not person.is_active:
        raise RuleBroken("Dieses Konto ist deaktiviert.")
    audit.record(
        by=by,
        verb="person.invited_again",
        subject=person,
        sentence=f"{person.full_name} wurde noch einmal eingeladen.",
    )
    emails.account_invitation(person, path=tokens.set_password_path(person), inviter=by)


@transaction.atomic
def grant_role(*, person: User, role: Role, by: User) -> RoleGrant:
    """Give a role; refuses one's own account, roles out of reach and roles already held."""
    if person.pk == by.pk:
        raise RuleBroken("Sich selbst können Sie keine Rolle geben.", field="role")
    if role not in grantable_roles(permissions.roles_of(by)):
        raise RuleBroken("Diese Rolle kann nur die Verwaltung vergeben.", field="role")
    if not person.is_active:
        raise RuleBroken("Dieses Konto ist deaktiviert.", field="role")
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(user=person, role=role, granted_by=by)
    except IntegrityError as error:
        raise RuleBroken("Diese Rolle hat die Person schon.", field="role") from error
    _end_sessions(person)
    audit.record(
        by=by,
        verb="role.granted",
        subject=person,
        sentence=f"{person.full_name} hat die Rolle „{role.label}“ erhalten.",
        changes={"role": [None, role]},
    )
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: User) -> None:
    """Take a role away and end the person's sessions; refuses to end the last administration."""
    if grant.role == Role.ADMIN:
        _keep_an_admin(without=grant.user)
    ended = RoleGrant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(
        ended_at=clock.now(), ended_by=by
    )
    if not ended:
        raise RuleBroken("Diese Rolle ist schon beendet.")
    _end_sessions(grant.user)
    audit.record(
        by=by,
        verb="role.ended",
        subject=grant.user,
        sentence=f"{grant.user.full_name} hat die Rolle „{grant.get_role_display()}“ nicht mehr.",
        changes={"role": [grant.role, None]},
    )


@transaction.atomic
def deactivate(*, person: User, by: User) -> None:
    """Close an account at once; refuses one's own and the last one of the administration."""
    if person.pk == by.pk:
        raise RuleBroken("Ihr eigenes Konto können Sie nicht deaktivieren.")
    _keep_an_admin(without=person)
    if not User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise RuleBroken("Dieses Konto ist schon deaktiviert.")
    _end_sessions(person)
    audit.record(
        by=by,
        verb="person.deactivated",
        subject=person,
        sentence=f"Das Konto von {person.full_name} ist deaktiviert.",
        changes={"is_active": [True, False]},
    )


@transaction.atomic
def reactivate(*, person: User, by: User) -> None:
    """Open a closed account again with the roles it had."""
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise RuleBroken("Dieses Konto ist schon aktiv.")
    audit.record(
        by=by,
        verb="person.reactivated",
        subject=person,
        sentence=f"Das Konto von {person.full_name} ist wieder aktiv.",
        changes={"is_active": [False, True]},
    )


@transaction.atomic
def send_password_reset(*, person: User) -> None:
    """Send the link to a new password to somebody who asked for it."""
    emails.password_reset(person, path=tokens.set_password_path(person))


@transaction.atomic
def send_address_confirmation(*, address: str, path: str) -> None:
    """Send the link that confirms a new address of an account."""
    emails.address_confirmation(address, path=path)


@transaction.atomic
def tell_of_change(*, person: User, sentence: str) -> None:
    """Note a change of password or second factor and tell the person by mail."""
    audit.record(by=person, verb="account.changed", subject=person, sentence=sentence)
    emails.account_notice(person, sentence=sentence)


def _keep_an_admin(*, without: User) -> None:
    """Refuse if nobody would be left in the administration; two admins at once wait in line."""
    grants = RoleGrant.objects.select_for_update(of=("self",)).filter(
        role=Role.ADMIN, ended_at__isnull=True
    )
    admins = {grant.user_id for grant in grants.order_by("pk")}
    if without.pk not in admins:
        return
    others = User.objects.filter(pk__in=admins - {without.pk}, is_active=True)
    if not others.exists():
        raise RuleBroken("Es muss mindestens eine Person in der Verwaltung geben.")


def _end_sessions(person: User) -> None:
    """Make every session of the person worthless from the next request on (target A6)."""
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
