"""The own office at a glance, and one search that respects what was released to whom."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from network.enums import Audience
from programme import tokens
from programme.enums import Role
from tests.factories.documents import SiteDocumentFactory
from tests.factories.network import (
    CertificateFactory,
    InvitationFactory,
    MaterialFactory,
    MembershipFactory,
    OrganisationFactory,
    RegistrationFactory,
)
from tests.factories.programme import FieldOfActionFactory, UserFactory
from tests.factories.sites import AdoptionFactory, MeasureFactory, PracticeCardFactory, SiteFactory

pytestmark = pytest.mark.django_db
OFFICE = reverse("sites:my_office")
KNOWLEDGE = reverse("sites:knowledge")


@pytest.fixture
def member(programme):
    return UserFactory(roles=[Role.MEMBER])


@pytest.fixture
def fulda(member):
    seed, digest = tokens.issue("calendar")
    office = OrganisationFactory(name="Ausländerbehörde Fulda", feed_seed=seed, feed_digest=digest)
    MembershipFactory(user=member, organisation=office)
    return office


def found(client, **asked):
    return [hit.title for hit in client.get(KNOWLEDGE, asked).context["hits"]]


def certificate(person):
    file = ContentFile(b"%PDF-1.7", name="bescheinigung.pdf")
    return CertificateFactory(registration=person, file=file)


def test_a_member_sees_what_belongs_to_the_own_office(signed_in, member, fulda, programme):
    invitation = InvitationFactory(organisation=fulda, meeting__programme=programme)
    person = RegistrationFactory(invitation=invitation, full_name="Jörg Weiß")
    own = certificate(person)
    RegistrationFactory(full_name="Fremde Person")
    MaterialFactory(audience=Audience.OFFICES, title="Folien für Ämter", meeting=invitation.meeting)
    MaterialFactory(audience=Audience.TEAM, title="Geheim", meeting=invitation.meeting)
    AdoptionFactory(organisation=fulda, card__network=True, card__title="Kurzschalter")

    page = signed_in(user=member).get(OFFICE).content.decode()

    for text in (fulda.name, "Jörg Weiß", own.number, "Folien für Ämter", "Kurzschalter", ".ics"):
        assert text in page
    for text in ("Fremde Person", "Geheim"):
        assert text not in page


def test_without_an_office_or_after_it_the_page_says_whom_to_ask(signed_in, member, fulda):
    fulda.memberships.update(ends_on=date(2020, 1, 1))

    page = signed_in(user=member).get(OFFICE).content.decode()

    assert "Ihr Konto gehört noch zu keiner Stelle" in page
    assert fulda.name not in page


def test_only_certificates_of_the_own_office_open(signed_in, member, fulda):
    own = certificate(RegistrationFactory(invitation__organisation=fulda))
    foreign = certificate(RegistrationFactory())
    client = signed_in(user=member)

    answers = [
        client.get(reverse("network:office_certificate", args=[c.pk])) for c in (own, foreign)
    ]

    assert [answer.status_code for answer in answers] == [200, 404]
    answers[0].close()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_own_office_costs_the_same_for_any_amount(
    signed_in, member, fulda, programme, amount, django_assert_num_queries
):
    for _ in range(amount):
        invitation = InvitationFactory(organisation=fulda, meeting__programme=programme)
        certificate(RegistrationFactory(invitation=invitation))
        MaterialFactory(audience=Audience.OFFICES, meeting=invitation.meeting)
        AdoptionFactory(organisation=fulda, card__public=True)
    client = signed_in(user=member)

    with django_assert_num_queries(10):
        client.get(OFFICE)


def test_one_box_finds_parts_of_words_and_umlauts_either_way(signed_in, member, fulda, programme):
    MaterialFactory(audience=Audience.OFFICES, title="Vortrag: Schlüsselübergabe")
    MaterialFactory(audience=Audience.PUBLIC, title="Tagesordnung", description="Schluesselfragen")
    PracticeCardFactory(network=True, site__programme=programme, title="Wegweisung")
    client = signed_in(user=member)

    assert found(client, suche="SCHLUESSEL") == ["Vortrag: Schlüsselübergabe", "Tagesordnung"]
    assert found(client, suche="schlüssel tages") == ["Tagesordnung"]
    assert found(client, suche="weisung") == ["Wegweisung"]
    assert found(client, suche="xyz") == []
    assert len(found(client)) == 3


def test_the_search_shows_only_what_opens(signed_in, member, fulda, programme):
    for audience in Audience:
        MaterialFactory(audience=audience, title=audience.value)
    MaterialFactory(audience=Audience.PUBLIC, title="später", release_on=date(2100, 1, 1))
    PracticeCardFactory(site__programme=programme, title="Entwurf")
    stranger = UserFactory(roles=[Role.MEMBER])

    assert set(found(signed_in(user=member))) == {"offices", "public"}
    assert set(found(signed_in(user=stranger))) == {"public"}
    assert set(found(signed_in(Role.OFFICE))) == {value.value for value in Audience}


@pytest.mark.parametrize("amount", [1, 3])
def test_the_search_costs_the_same_for_any_amount(
    signed_in, member, fulda, programme, amount, django_assert_num_queries
):
    for _ in range(amount):
        MaterialFactory(audience=Audience.OFFICES)
        PracticeCardFactory(public=True, site__programme=programme)
        SiteDocumentFactory(audience="offices", site__programme=programme)
        MeasureFactory(site__programme=programme)
    client = signed_in(user=member)

    with django_assert_num_queries(8):
        page = client.get(KNOWLEDGE)

    assert len(page.context["hits"]) == 4 * amount


def test_a_field_narrows_to_cards_and_measures_a_kind_to_its_kind(
    signed_in, member, fulda, programme
):
    area = FieldOfActionFactory(key="sprache", title="Sprache und Verständlichkeit")
    site = SiteFactory(programme=programme, name="Gießen")
    told = MeasureFactory(site=site, field_of_action=area, title="Merkblatt gekürzt")
    PracticeCardFactory(site=site, measure=told, field_of_action=area, public=True, title="Kurz")
    MeasureFactory(site=site, field_of_action=area, title="Schilder übersetzt")
    MeasureFactory(site=site, field_of_action=area, title="intern", is_public=False)
    MeasureFactory(site=site, title="anderes Feld")
    SiteDocumentFactory(site=site, kind="template", audience="offices", title="Vorlage Merkblatt")
    SiteDocumentFactory(site=site, audience="site", title="nur intern")
    client = signed_in(user=member)

    assert found(client, handlungsfeld="sprache") == ["Kurz", "Schilder übersetzt"]
    assert found(client, handlungsfeld="sprache", art="massnahme") == ["Schilder übersetzt"]
    assert found(client, art="unterlage") == ["Vorlage Merkblatt"]
    assert found(client, suche="merkblatt") == ["Vorlage Merkblatt"]
    assert found(client, handlungsfeld="\x00", art="nichts") == [
        "Kurz", "Schilder übersetzt", "anderes Feld", "Vorlage Merkblatt",
    ]  # fmt: skip
