"""Accounts and roles: who may, what ends sessions, what two people do at once."""

import threading

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import IntegrityError, connection
from django.urls import reverse

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail, RoleGrant, User
from programme.rules.accounts import grantable_roles
from programme.services import accounts
from tests.factories.programme import UserFactory


@pytest.mark.parametrize(
    ("held", "grantable"),
    [
        ([], set()),
        ([Role.FINANCE, Role.AUDITOR, Role.MEMBER], set()),
        ([Role.OFFICE], {Role.MEMBER, Role.SITE, Role.COACH}),
        ([Role.ADMIN], set(Role)),
        ([Role.OFFICE, Role.ADMIN], set(Role)),
    ],
)
def test_nobody_gives_more_than_their_own_role_allows(held, grantable):
    assert grantable_roles(held) == grantable


@pytest.mark.django_db
def test_an_invitation_makes_account_roles_letter_and_log(programme):
    office = UserFactory(roles=[Role.OFFICE])

    person = accounts.invite(
        email="Jörg.Ünal@Example.org".replace("ö", "oe").replace("Ü", "Ue"),
        full_name="Jörg Ünal",
        roles=[Role.SITE, Role.MEMBER],
        by=office,
    )

    assert person.email == "joerg.uenal@example.org"
    grants = RoleGrant.objects.filter(user=person).order_by("role")
    assert [(grant.role, grant.granted_by) for grant in grants] == [
        ("member", office),
        ("site", office),
    ]
    assert OutgoingMail.objects.get().letter == "programme/account_invitation"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.changes) == (
        "person.invited",
        office,
        {"roles": [[], ["member", "site"]]},
    )


@pytest.mark.django_db
def test_a_second_invitation_goes_only_to_people_without_a_password(programme):
    office = UserFactory(roles=[Role.OFFICE])
    waiting, done = UserFactory(password="!"), UserFactory(password="md5$x$y")
    closed = UserFactory(password="!", is_active=False)

    accounts.invite_again(person=waiting, by=office)
    for person in (done, closed):
        with pytest.raises(RuleBroken):
            accounts.invite_again(person=person, by=office)

    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [waiting.email]


@pytest.mark.django_db
def test_nobody_gives_a_role_to_themselves():
    admin = UserFactory(roles=[Role.ADMIN])

    with pytest.raises(RuleBroken, match="Sich selbst"):
        accounts.grant_role(person=admin, role=Role.FINANCE, by=admin)


@pytest.mark.django_db
def test_a_role_is_given_once_ended_once_and_can_be_given_again():
    admin, person = UserFactory(roles=[Role.ADMIN]), UserFactory()

    grant = accounts.grant_role(person=person, role=Role.FINANCE, by=admin)
    with pytest.raises(RuleBroken, match="hat die Person schon"):
        accounts.grant_role(person=person, role=Role.FINANCE, by=admin)
    accounts.end_role(grant=grant, by=admin)
    with pytest.raises(RuleBroken, match="schon beendet"):
        accounts.end_role(grant=grant, by=admin)
    accounts.grant_role(person=person, role=Role.FINANCE, by=admin)

    assert RoleGrant.objects.filter(user=person, ended_at__isnull=True).count() == 1
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "role.granted",
        "role.ended",
        "role.granted",
    ]


@pytest.mark.django_db
def test_the_office_gives_no_role_out_of_its_reach_and_closed_accounts_get_none():
    office, admin = UserFactory(roles=[Role.OFFICE]), UserFactory(roles=[Role.ADMIN])

    with pytest.raises(RuleBroken, match="nur die Verwaltung"):
        accounts.grant_role(person=UserFactory(), role=Role.ADMIN, by=office)
    with pytest.raises(RuleBroken, match="deaktiviert"):
        accounts.grant_role(person=UserFactory(is_active=False), role=Role.SITE, by=admin)


@pytest.mark.django_db
def test_the_last_administration_stays():
    admin, closed = UserFactory(roles=[Role.ADMIN]), UserFactory(roles=[Role.ADMIN])
    User.objects.filter(pk=closed.pk).update(is_active=False)

    with pytest.raises(RuleBroken, match="mindestens eine Person"):
        accounts.end_role(grant=admin.role_grants.get(), by=admin)
    with pytest.raises(RuleBroken, match="mindestens eine Person"):
        accounts.deactivate(person=admin, by=UserFactory())
    with pytest.raises(RuleBroken, match="eigenes Konto"):
        accounts.deactivate(person=admin, by=admin)


@pytest.mark.django_db
def test_closing_and_opening_twice_is_refused():
    admin, person = UserFactory(roles=[Role.ADMIN]), UserFactory()

    accounts.deactivate(person=person, by=admin)
    with pytest.raises(RuleBroken):
        accounts.deactivate(person=person, by=admin)
    accounts.reactivate(person=person, by=admin)
    with pytest.raises(RuleBroken):
        accounts.reactivate(person=person, by=admin)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["grant", "end", "deactivate"])
def test_sessions_end_with_the_next_request(signed_in, programme, change):
    admin, person = UserFactory(roles=[Role.ADMIN]), UserFactory(roles=[Role.SITE])
    client, other = signed_in(user=person), signed_in(Role.SITE)
    start = reverse("dashboard:start")
    assert client.get(start).status_code == 200

    if change == "grant":
        accounts.grant_role(person=person, role=Role.MEMBER, by=admin)
    elif change == "end":
        accounts.end_role(grant=person.role_grants.get(), by=admin)
    else:
        accounts.deactivate(person=person, by=admin)

    assert client.get(start).status_code == 302
    assert other.get(start).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_the_same_moment():
    first, second = UserFactory(roles=[Role.ADMIN]), UserFactory(roles=[Role.ADMIN])
    together, refused = threading.Barrier(2), []

    def end(grant, by):
        try:
            together.wait()
            accounts.end_role(grant=grant, by=by)
        except RuleBroken as broken:
            refused.append(broken.message)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=end, args=(second.role_grants.get(), first)),
        threading.Thread(target=end, args=(first.role_grants.get(), second)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == ["Es muss mindestens eine Person in der Verwaltung geben."]
    assert RoleGrant.objects.filter(role=Role.ADMIN, ended_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_at_the_same_moment_make_one_account(programme):
    office = UserFactory(roles=[Role.OFFICE])
    together, refused = threading.Barrier(2), []

    def invite():
        try:
            together.wait()
            accounts.invite(
                email="joerg@example.org", full_name="Jörg", roles=[Role.SITE], by=office
            )
        except RuleBroken as broken:
            refused.append(broken.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=invite) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == ["Zu dieser E-Mail-Adresse gibt es schon ein Konto."]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_the_office_invites_nobody_into_roles_out_of_its_reach(programme):
    office = UserFactory(roles=[Role.OFFICE])

    with pytest.raises(RuleBroken, match="nur die Verwaltung") as refused:
        accounts.invite(
            email="neu@example.org", full_name="Neu", roles=[Role.SITE, Role.ADMIN], by=office
        )

    assert refused.value.field == "roles"
    assert not User.objects.filter(email="neu@example.org").exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_an_address_that_was_taken_a_moment_ago_is_refused_like_a_known_one(programme, monkeypatch):
    def taken(*args, **kwargs):
        raise IntegrityError("user_email_once")

    monkeypatch.setattr(User.objects, "create_user", taken)

    with pytest.raises(RuleBroken, match="schon ein Konto") as refused:
        accounts.invite(
            email="neu@example.org",
            full_name="Neu",
            roles=[Role.SITE],
            by=UserFactory(roles=[Role.OFFICE]),
        )

    assert refused.value.field == "email"
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_new_address_of_an_account_is_confirmed_by_our_own_letter(programme, rf, settings):
    person = UserFactory(email="alt@example.org")
    address = EmailAddress.objects.create(user=person, email="neu@example.org")
    confirmation = EmailConfirmationHMAC(address)

    get_adapter().send_confirmation_mail(rf.get("/"), confirmation, signup=False)

    mail = OutgoingMail.objects.get()
    assert (mail.letter, mail.recipient) == ("programme/address_confirmation", "neu@example.org")
    assert settings.BASE_URL + reverse("account_confirm_email", args=[confirmation.key]) in (
        mail.text_body
    )
