"""The member's list: own office only, membership of today, way to the answer page."""

import re
from datetime import date

import pytest
from django.urls import reverse

from network.enums import Answer, MeetingStatus
from programme import clock, tokens
from programme.enums import Role
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    RegistrationFactory,
)
from tests.factories.programme import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
LIST = reverse("network:my_invitations")


@pytest.fixture
def member():
    return UserFactory(roles=[Role.MEMBER])


@pytest.fixture
def office(member):
    office = OrganisationFactory(short_name="Fulda")
    MembershipFactory(user=member, organisation=office)
    return office


def test_a_member_sees_the_invitations_of_the_own_office(signed_in, member, office):
    mine = InvitationFactory(organisation=office, answer=Answer.COMING)
    RegistrationFactory(invitation=mine)
    InvitationFactory(meeting__title="Fremdes Treffen", meeting__slug="fremd")

    page = re.sub(r"\s+", " ", signed_in(user=member).get(LIST).content.decode())

    assert mine.meeting.title in page
    assert "1 Person" in page
    assert "Fremdes Treffen" not in page


def test_a_member_sees_who_of_the_office_reads_along(signed_in, member, office):
    InvitationFactory(organisation=office)
    ContactFactory(organisation=office, name="Käthe Kurz", gets_copies=True)
    ContactFactory(organisation=office, name="Jörg Weiß")
    ContactFactory(name="Fremde Person", gets_copies=True)

    page = re.sub(r"\s+", " ", signed_in(user=member).get(LIST).content.decode())

    assert page.count("Anmeldungen in Kopie</span>") == 1
    assert page.index("Käthe Kurz") < page.index("Anmeldungen in Kopie") < page.index("Jörg Weiß")
    assert "Fremde Person" not in page


def test_who_left_the_office_sees_nothing(signed_in, member):
    invitation = InvitationFactory()
    MembershipFactory(user=member, organisation=invitation.organisation, ends_on=date(2020, 2, 29))

    response = signed_in(user=member).get(LIST)

    assert "Noch keine Einladung" in response.content.decode()


def test_the_last_day_of_a_membership_still_counts(signed_in, member):
    invitation = InvitationFactory()
    MembershipFactory(user=member, organisation=invitation.organisation, ends_on=clock.today())

    assert list(signed_in(user=member).get(LIST).context["invitations"]) == [invitation]


def test_the_list_leads_to_the_answer_page(signed_in, member, office):
    invitation = InvitationFactory(organisation=office)
    client = signed_in(user=member)
    there = reverse("network:my_invitation", args=[invitation.pk])
    assert there in client.get(LIST).content.decode()

    response = client.get(there)

    token = tokens.token("invitation", invitation.token_seed)
    assert response["Location"] == reverse("network:invitation", args=[token])
    assert client.post(there).status_code == 405


def test_a_foreign_office_looks_like_a_missing_one(signed_in, member, office):
    foreign = InvitationFactory()
    client = signed_in(user=member)

    for pk in (foreign.pk, 999999):
        there = reverse("network:my_invitation", args=[pk])
        assert client.get(there).status_code == 404


def test_cancelled_and_past_meetings_are_listed_without_a_way_to_answer(signed_in, member, office):
    InvitationFactory(organisation=office, meeting__status=MeetingStatus.CANCELLED)
    InvitationFactory(
        organisation=office,
        meeting__status=MeetingStatus.HELD,
        meeting__starts_at=None,
        meeting__ends_at=None,
        meeting__date_label="Juni 2017",
    )

    page = signed_in(user=member).get(LIST).content.decode()

    assert "abgesagt" in page
    assert "Juni 2017" in page
    assert "Antworten" not in page


def test_only_members_have_the_list(client, signed_in):
    assert client.get(LIST).status_code == 302
    assert signed_in(Role.FINANCE).get(LIST).status_code == 403


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(
    signed_in, member, office, amount, django_assert_num_queries
):
    for _ in range(amount):
        RegistrationFactory(invitation=InvitationFactory(organisation=office))
    client = signed_in(user=member)

    with django_assert_num_queries(6):
        response = client.get(LIST)

    assert [row.people for row in response.context["invitations"]] == [1] * amount
