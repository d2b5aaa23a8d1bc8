"""People on screen: list, invitation, roles, closing an account."""

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.models import OutgoingMail, RoleGrant, User
from tests.factories.network import OrganisationFactory
from tests.factories.programme import ProgrammeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(signed_in, django_assert_num_queries, amount):
    ProgrammeFactory(is_current=True)
    client = signed_in(Role.OFFICE)
    UserFactory.create_batch(amount - 1, roles=[Role.SITE, Role.MEMBER])

    # session, person, roles, count, people, grants, programme, logbook
    with django_assert_num_queries(8):
        response = client.get(reverse("programme:people"))

    assert len(response.context["object_list"]) == amount


def test_the_list_finds_by_name_role_and_state(signed_in, programme):
    client = signed_in(Role.ADMIN)
    wanted = UserFactory(full_name="Änne Übelacker", roles=[Role.SITE], password="!")
    UserFactory(full_name="Änne Sonst", roles=[Role.COACH])
    UserFactory(full_name="Berta Übelacker", roles=[Role.SITE], is_active=False)

    response = client.get(
        reverse("programme:people"), {"suche": "Übelacker", "rolle": "site", "stand": "open"}
    )

    assert list(response.context["object_list"]) == [wanted]


def test_the_office_invites_a_person_by_mail(signed_in, programme):
    response = signed_in(Role.OFFICE).post(
        reverse("programme:invite_person"),
        {"full_name": "Jörg Ünal", "email": "Joerg.Uenal@example.org", "roles": ["site"]},
    )

    person = User.objects.get(email="joerg.uenal@example.org")
    assert response.status_code == 302
    assert response["Location"] == reverse("programme:person", args=[person.pk])
    assert not person.has_usable_password()
    assert [grant.role for grant in person.role_grants.all()] == [Role.SITE]
    assert OutgoingMail.objects.get().recipient == "joerg.uenal@example.org"


def test_the_office_cannot_invite_into_the_administration(signed_in, programme):
    response = signed_in(Role.OFFICE).post(
        reverse("programme:invite_person"),
        {"full_name": "Jörg Ünal", "email": "joerg@example.org", "roles": ["admin"]},
    )

    assert response.status_code == 422
    assert not User.objects.filter(email="joerg@example.org").exists()


def test_a_known_address_is_refused_and_the_input_kept(signed_in, programme):
    UserFactory(email="joerg@example.org")

    response = signed_in(Role.OFFICE).post(
        reverse("programme:invite_person"),
        {"full_name": "Jörg Ünal", "email": "JOERG@example.org", "roles": ["site"]},
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert "Zu dieser E-Mail-Adresse gibt es schon ein Konto." in text
    assert "Jörg Ünal" in text


def test_the_invited_person_sets_a_password_once_and_logs_in(client, signed_in, programme):
    signed_in(Role.OFFICE).post(
        reverse("programme:invite_person"),
        {"full_name": "Jörg Ünal", "email": "joerg@example.org", "roles": ["member"]},
    )
    mail = OutgoingMail.objects.get()
    link = mail.text_body.split("https://portal.example.org")[1].split()[0]

    form = client.get(link, follow=True)
    done = client.post(
        form.request["PATH_INFO"],
        {"password1": "Waldmeister-Limo-27", "password2": "Waldmeister-Limo-27"},
    )
    again = client.get(link, follow=True)
    login = client.post(
        reverse("account_login"), {"login": "JOERG@example.org", "password": "Waldmeister-Limo-27"}
    )

    assert done.status_code == 302
    assert "password1" not in again.content.decode()
    assert login.status_code == 302
    assert login["Location"] == reverse("dashboard:start")


def test_the_page_of_a_person_shows_roles_and_office(
    signed_in, programme, django_assert_max_num_queries
):
    from datetime import date

    from network.models import Membership

    person = UserFactory(full_name="Jörg Ünal", roles=[Role.MEMBER, Role.SITE])
    office = OrganisationFactory(name="Ausländerbehörde Beispielstadt")
    Membership.objects.create(user=person, organisation=office, starts_on=date(2016, 2, 29))
    client = signed_in(Role.ADMIN)

    with django_assert_max_num_queries(12):
        text = client.get(reverse("programme:person", args=[person.pk])).content.decode()

    assert "Netzwerkmitglied" in text
    assert "Ausländerbehörde Beispielstadt, seit 29.02.2016" in text
    assert "Konto deaktivieren" in text


def test_the_office_sees_a_person_without_the_buttons_of_the_administration(signed_in, programme):
    person = UserFactory(roles=[Role.SITE])

    text = signed_in(Role.OFFICE).get(reverse("programme:person", args=[person.pk]))

    assert "Konto deaktivieren" not in text.content.decode()
    assert "Rolle geben" not in text.content.decode()


def test_the_administration_gives_and_ends_a_role(signed_in, programme):
    person = UserFactory()
    client = signed_in(Role.ADMIN)

    given = client.post(reverse("programme:grant_role", args=[person.pk]), {"role": "finance"})
    grant = RoleGrant.objects.get(user=person)
    ended = client.post(reverse("programme:end_role", args=[person.pk, grant.pk]), follow=True)

    grant.refresh_from_db()
    assert given["Location"] == reverse("programme:person", args=[person.pk])
    assert grant.ended_at is not None
    assert "überall abgemeldet" in ended.content.decode()


def test_a_role_is_ended_only_at_its_own_person(signed_in, programme):
    person, other = UserFactory(roles=[Role.SITE]), UserFactory()
    grant = person.role_grants.get()

    response = signed_in(Role.ADMIN).post(reverse("programme:end_role", args=[other.pk, grant.pk]))

    assert response.status_code == 404


def test_an_account_is_closed_and_opened_again(signed_in, programme):
    person = UserFactory(roles=[Role.SITE])
    client, theirs = signed_in(Role.ADMIN), signed_in(user=person)
    assert theirs.get(reverse("dashboard:start")).status_code == 200

    client.post(reverse("programme:deactivate", args=[person.pk]))
    after = theirs.get(reverse("dashboard:start"))
    client.post(reverse("programme:reactivate", args=[person.pk]))

    person.refresh_from_db()
    assert after.status_code == 302
    assert person.is_active


@pytest.mark.parametrize(
    "name", ["grant_role", "end_role", "deactivate", "reactivate", "invite_again", "person"]
)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.SITE, Role.FINANCE, Role.AUDITOR])
def test_nobody_else_touches_people(signed_in, programme, name, role):
    person = UserFactory(roles=[Role.SITE])
    args = [person.pk, person.role_grants.get().pk] if name == "end_role" else [person.pk]

    response = signed_in(role).post(reverse(f"programme:{name}", args=args))

    assert response.status_code == 404
