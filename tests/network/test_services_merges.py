"""Two entries become one, and nothing is lost on the way."""

from datetime import date

import pytest
from django.urls import reverse

from network.models import Contact, Invitation, Membership, Organisation, PublicBody, Registration
from network.queries import merges as queries
from network.services import merges
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PublicBodyFactory,
    RegistrationFactory,
)
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return OrganisationFactory(short_name="Giessen"), OrganisationFactory(short_name="Gießen")


def test_everything_moves_and_the_source_stays_as_history(pair):
    source, target = pair
    earlier = OrganisationFactory(merged_into=source)
    ContactFactory(organisation=source, email="neu@example.org")
    ContactFactory(organisation=source, email="DA@example.org")
    ContactFactory(organisation=target, email="da@example.org", name="Bleibt")
    member = MembershipFactory(organisation=source)
    both = MembershipFactory(organisation=target).user
    MembershipFactory(organisation=source, user=both, starts_on=date(2024, 2, 29))
    body = PublicBodyFactory(office=source)
    invitation = InvitationFactory(organisation=source)
    registration = RegistrationFactory(invitation=invitation)
    hosted = MeetingFactory(host=source)
    digest = invitation.token_digest

    merges.merge(source=source, target=target, by=UserFactory())

    assert set(Contact.objects.values_list("organisation", "email", "name")) == {
        (target.pk, "neu@example.org", "Öznur Groß"),
        (target.pk, "da@example.org", "Bleibt"),
    }
    assert set(Membership.objects.values_list("organisation", "user")) == {
        (target.pk, member.user_id),
        (target.pk, both.pk),
    }
    assert Invitation.objects.get(token_digest=digest).organisation == target
    assert Registration.objects.get() == registration
    assert PublicBody.objects.get(pk=body.pk).office == target
    hosted.refresh_from_db()
    assert hosted.host == target
    assert set(Organisation.objects.filter(merged_into=target)) == {source, earlier}
    assert Organisation.objects.on(date(2026, 1, 1)).get() == target
    assert AuditEntry.objects.filter(verb="organisation.merged").count() == 2


def test_two_invitations_to_one_meeting_stand_against_it(pair):
    source, target = pair
    meeting = MeetingFactory(title="3. Landesnetzwerktreffen")
    for organisation in pair:
        InvitationFactory(meeting=meeting, organisation=organisation)

    with pytest.raises(RuleBroken) as broken:
        merges.merge(source=source, target=target, by=UserFactory())

    assert "„3. Landesnetzwerktreffen“" in broken.value.message
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()


def test_what_cannot_be_is_explained(pair):
    source, target = pair
    guest = OrganisationFactory(kind="guest")
    ended = OrganisationFactory(valid_to=date(2020, 1, 1))
    merged = OrganisationFactory(merged_into=target)
    coached = SiteFactory(organisation=OrganisationFactory(short_name="Wetzlar")).organisation

    def told(one, other):
        [sentence] = queries.merge(source=one, target=other).obstacles
        return sentence

    assert "zwei verschiedene" in told(source, source)
    assert "verschiedener Art" in told(source, guest)
    assert "besteht nicht mehr" in told(source, ended)
    assert "schon zusammengeführt" in told(source, merged)
    assert told(coached, target).startswith("An „Wetzlar“ hängt: Standort.")
    assert queries.merge(source=target, target=coached).obstacles == ()


@pytest.mark.parametrize("has_own", [True, False])
def test_a_subscribed_calendar_stays_alive(pair, has_own):
    source, target = pair
    Organisation.objects.filter(pk=source.pk).update(feed_seed="a", feed_digest="da")
    if has_own:
        Organisation.objects.filter(pk=target.pk).update(feed_seed="b", feed_digest="db")

    merges.merge(source=source, target=target, by=UserFactory())

    target.refresh_from_db()
    assert target.feed_digest == ("db" if has_own else "da")


def test_the_page_shows_what_moves_before_it_is_done(pair, signed_in, programme):
    source, target = pair
    ContactFactory(organisation=source, email="neu@example.org")
    client = signed_in(Role.OFFICE)
    address = reverse("network:merge_organisation", args=[source.slug])

    page = client.get(address, {"mit": target.slug})
    untouched = Organisation.objects.filter(merged_into__isnull=True).count()
    done = client.post(address, {"target": target.slug}, follow=True)

    assert "neu@example.org" in page.content.decode()
    assert untouched == 2
    assert done.redirect_chain[0][0] == reverse("network:organisation", args=[target.slug])
    old = client.get(reverse("network:organisation", args=[source.slug]))
    assert old["Location"] == reverse("network:organisation", args=[target.slug])


def test_nothing_is_chosen_until_somebody_chooses(pair, signed_in, programme):
    source, _ = pair
    client = signed_in(Role.OFFICE)
    address = reverse("network:merge_organisation", args=[source.slug])

    first = client.get(address).content.decode()
    unchosen = client.get(address, {"mit": ""}).content.decode()

    assert '<option value="">bitte wählen</option>' in first
    assert "Bitte wählen Sie den Eintrag, der bleibt." not in first
    assert "Bitte wählen Sie den Eintrag, der bleibt." in unchosen


def test_the_page_offers_no_button_where_something_stands_against_it(pair, signed_in, programme):
    source, target = pair
    meeting = MeetingFactory(programme=programme)
    for organisation in pair:
        InvitationFactory(meeting=meeting, organisation=organisation)
    client = signed_in(Role.OFFICE)
    address = reverse("network:merge_organisation", args=[source.slug])

    page = client.get(address, {"mit": target.slug})
    refused = client.post(address, {"target": target.slug})
    nonsense = client.post(address, {"target": "atlantis"})

    assert "Beide sind zum Treffen" in page.content.decode()
    assert 'name="target"' not in page.content.decode()
    assert (refused.status_code, nonsense.status_code) == (422, 422)
    assert "Beide sind zum Treffen" in refused.content.decode()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_preview_costs_the_same_for_any_amount(pair, amount, django_assert_num_queries):
    source, target = pair
    for _ in range(amount):
        ContactFactory(organisation=source)
        MembershipFactory(organisation=source)
        RegistrationFactory(invitation__organisation=source)

    with django_assert_num_queries(9):
        found = queries.merge(source=source, target=target)

    assert found.people == amount
