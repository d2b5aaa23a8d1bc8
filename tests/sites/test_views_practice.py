"""Practice cards: who reads which, who tries them, who tells what."""

import pytest
from django.urls import reverse

from network.enums import Audience
from programme import tokens
from programme.enums import Role
from sites.enums import AdoptionState, MeasureStatus
from sites.models import Adoption, PracticeCard
from tests.factories.network import MembershipFactory, OrganisationFactory
from tests.factories.programme import FieldOfActionFactory, UserFactory
from tests.factories.sites import (
    AdoptionFactory,
    MeasureFactory,
    MeasureUpdateFactory,
    PracticeCardFactory,
    SiteAssignmentFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("sites:practice_cards")


@pytest.fixture
def site(programme):
    return SiteFactory(programme=programme)


@pytest.fixture
def member():
    return UserFactory(roles=[Role.MEMBER])


@pytest.fixture
def fulda(member):
    office = OrganisationFactory(slug="fulda", short_name="Fulda")
    MembershipFactory(user=member, organisation=office)
    return office


def card_url(card):
    return reverse("sites:practice_card", args=[card.slug])


def answer_url(adoption):
    token = tokens.token("adoption", adoption.token_seed)
    return reverse("sites:adoption_answer", args=[token])


def test_the_public_reads_public_cards_and_members_those_of_the_network(client, signed_in, site):
    public = PracticeCardFactory(site=site, public=True, title="Öffentlich")
    network = PracticeCardFactory(site=site, network=True, title="Nur Netz")
    draft = PracticeCardFactory(site=site, title="Entwurf")

    def reads(who):
        listed = {card.title for card in who.get(LIST).context["cards"]}
        opened = {
            c.title for c in (public, network, draft) if who.get(card_url(c)).status_code == 200
        }
        assert listed == opened
        return listed

    assert reads(client) == {"Öffentlich"}
    assert reads(signed_in(Role.AUDITOR)) == {"Öffentlich"}
    for role in (Role.MEMBER, Role.OFFICE, Role.SITE):
        assert reads(signed_in(role)) == {"Öffentlich", "Nur Netz"}


def test_cards_are_narrowed_by_field_and_weight_and_nonsense_is_ignored(client, site):
    field = FieldOfActionFactory(key="netz")
    order = MeasureFactory(site=site, balance=-2)
    PracticeCardFactory(site=site, public=True, title="A", measure=order)
    PracticeCardFactory(site=site, public=True, title="B", field_of_action=field)

    def found(**asked):
        return [card.title for card in client.get(LIST, asked).context["cards"]]

    assert found(handlungsfeld="netz") == ["B"]
    assert found(gewicht="ordnung") == ["A"]
    assert found(gewicht="integration") == []
    assert len(found(handlungsfeld="x", gewicht="\x00")) == 2


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_and_a_card_cost_the_same_for_any_amount(
    client, site, amount, django_assert_num_queries
):
    for _ in range(amount):
        card = PracticeCardFactory(site=site, public=True)
        AdoptionFactory(card=card)

    with django_assert_num_queries(4):
        client.get(LIST)
    with django_assert_num_queries(3):
        client.get(card_url(card))


def test_a_member_tries_a_card_once_and_takes_it_back(signed_in, member, fulda, site):
    card, client = PracticeCardFactory(site=site, network=True), signed_in(user=member)
    begin, stop = (reverse(f"sites:{n}", args=[card.slug]) for n in ("try_card", "give_up_card"))

    assert "Wir probieren das" in client.get(card_url(card)).content.decode()
    client.post(begin, {"organisation": "fulda"})
    again = client.post(begin, {"organisation": "fulda"}, follow=True)
    page = client.get(card_url(card)).content.decode()
    tried = Adoption.objects.count()
    client.post(stop, {"organisation": "fulda"})

    assert "probiert diesen Baustein schon" in again.content.decode()
    assert "Doch nicht" in page
    assert (tried, Adoption.objects.count()) == (1, 0)


def test_nobody_speaks_for_a_foreign_office(signed_in, member, fulda, site):
    card, client = PracticeCardFactory(site=site, public=True), signed_in(user=member)
    foreign = AdoptionFactory(card=card)
    asked = {"organisation": foreign.organisation.slug}

    for name in ("try_card", "give_up_card"):
        assert client.post(reverse(f"sites:{name}", args=[card.slug]), asked).status_code == 404
    assert Adoption.objects.get() == foreign


def test_an_unreadable_card_is_not_tried(signed_in, member, fulda, site):
    draft = PracticeCardFactory(site=site)

    answer = signed_in(user=member).post(reverse("sites:try_card", args=[draft.slug]))

    assert answer.status_code == 404


def test_an_office_tells_by_link_and_opening_it_changes_nothing(client, programme):
    adoption = AdoptionFactory(card__network=True, card__steps="Größe messen\n\nFertig")
    data = {"state": "adopted", "figure": "1.234,5", "figure_unit": "Fälle je Tag", "note": "Gut"}

    page = client.get(answer_url(adoption))
    before = Adoption.objects.get().answered_at
    done = client.post(answer_url(adoption), data, follow=True)

    row = Adoption.objects.get()
    assert before is None
    assert "Größe messen" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    assert (row.state, str(row.figure), row.note) == (AdoptionState.ADOPTED, "1234.5", "Gut")
    assert "Vielen Dank" in done.content.decode()
    assert "Sie probieren diesen Praxisbaustein aus." in page.content.decode()
    assert "Sie probieren diesen Praxisbaustein aus." not in done.content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "state"),
        ({"state": "geklaut"}, "state"),
        ({"state": "adopted"}, "figure"),
        ({"state": "adopted", "figure": "viel"}, "figure"),
        ({"state": "adopted", "figure": "3"}, "figure_unit"),
        ({"state": "trying", "note": "x" * 301}, "note"),
    ],
)
def test_wrong_feedback_is_named_at_its_field(client, programme, data, field):
    adoption = AdoptionFactory()

    page = client.post(answer_url(adoption), data)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert Adoption.objects.get().answered_at is None


def test_an_unknown_link_is_not_found(client, programme):
    assert client.get(reverse("sites:adoption_answer", args=["x"])).status_code == 404


def test_staff_make_a_card_prefilled_from_the_measure(signed_in, site):
    person = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(user=person, site=site)
    measure = MeasureFactory(site=site, description="Schritt eins", effect="Kürzer")
    client = signed_in(user=person)
    address = reverse("sites:make_card", args=[site.slug, measure.pk])

    MeasureUpdateFactory.create_batch(2, measure=measure, hours="6.5")

    form = client.get(address).context["form"]
    assert (form.initial["effort_hours"], form.initial["effect_n"]) == (13, None)
    data = {name: form.initial[name] for name in ("title", "steps", "effect")}
    data |= {
        "field_of_action": measure.field_of_action_id,
        "problem": "Lange Wege",
        "effort_hours": "12,5",
        "contact": "Empfang",
        "audience": "public",
    }
    client.post(address, data)

    card = PracticeCard.objects.public().get()
    assert (card.steps, card.effect, str(card.effort_hours)) == ("Schritt eins", "Kürzer", "12.5")
    assert client.get(address)["Location"] == reverse("sites:edit_card", args=[site.slug, card.pk])
    assert (
        "Praxisbaustein bearbeiten"
        in client.get(reverse("sites:measure", args=[site.slug, measure.pk])).content.decode()
    )


def test_a_release_is_taken_back_and_a_clash_is_told(signed_in, site):
    card = PracticeCardFactory(site=site, public=True, contact="Empfang", effort_hours=3)
    client = signed_in(Role.OFFICE)
    address = reverse("sites:edit_card", args=[site.slug, card.pk])
    form = client.get(address).context["form"]
    data = {key: value for key, value in form.initial.items() if value is not None}
    data |= {"field_of_action": card.field_of_action_id, "audience": Audience.TEAM.value}

    client.post(address, data)
    clash = client.post(address, data | {"title": "Später"})
    seen = clash.context["form"].data
    client.post(address, seen)

    card.refresh_from_db()
    assert clash.status_code == 422
    assert "Jemand anderes hat" in clash.content.decode()
    assert (card.released_at, card.title) == (None, "Später")


def test_the_page_of_a_foreign_site_is_not_found(signed_in, site):
    other = PracticeCardFactory(public=True)
    person = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(user=person, site=site)

    address = reverse("sites:edit_card", args=[site.slug, other.pk])

    assert signed_in(user=person).get(address).status_code == 404


def test_a_planned_measure_offers_no_card(signed_in, site):
    measure = MeasureFactory(site=site, status=MeasureStatus.PLANNED)

    page = signed_in(Role.OFFICE).get(reverse("sites:measure", args=[site.slug, measure.pk]))

    assert "Praxisbaustein anlegen" not in page.content.decode()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_team_lists_adoptions_with_constant_queries(
    signed_in, site, amount, django_assert_num_queries
):
    for _ in range(amount):
        AdoptionFactory(
            card__site=site,
            card__network=True,
            state=AdoptionState.ADOPTED,
            figure=3,
            figure_unit="Ö",
        )
    client = signed_in(Role.OFFICE)

    with django_assert_num_queries(7):
        page = client.get(reverse("sites:adoptions"))
    nothing = client.get(reverse("sites:adoptions"), {"stand": "dropped"})

    assert len(page.context["adoptions"]) == amount
    assert "3 Ö" in page.content.decode()
    assert f'href="{card_url(Adoption.objects.all()[0].card)}"' in page.content.decode()
    assert "Kein passender Eintrag" in nothing.content.decode()


def test_the_list_of_adoptions_links_no_card_that_was_taken_back(signed_in, site):
    adoption = AdoptionFactory(card__site=site, card__title="Schilder")

    page = signed_in(Role.OFFICE).get(reverse("sites:adoptions")).content.decode()

    assert "Schilder (zurückgezogen)" in page
    assert card_url(adoption.card) not in page


@pytest.mark.parametrize("number", [0, 3])
def test_a_public_card_never_tells_a_number_of_cases_under_five(client, site, number):
    card = PracticeCardFactory(site=site, public=True, effort_hours=12, effect_n=number)

    page = client.get(card_url(card)).content.decode()

    assert "Beobachtete Fälle: n kleiner als 5" in page
    assert f"{number} Fällen" not in page
    assert "beobachtete Fälle" not in page
    assert "Ohne Zählung" not in page


def test_a_card_tells_from_five_cases_on_how_many_there_were(client, site):
    card = PracticeCardFactory(site=site, public=True, effect_n=5)

    page = client.get(card_url(card)).content.decode()

    assert "Beobachtete Fälle: n = 5" in page
    assert "beobachtete Fälle" in page


def test_a_card_keeps_the_note_of_a_measure_inside_that_is_not_public(client, site):
    inner = MeasureFactory(site=site, is_public=False, balance=1, reconciliation="Nur fürs Haus.")
    card = PracticeCardFactory(site=site, public=True, measure=inner)

    page = client.get(card_url(card)).content.decode()

    assert "Nur fürs Haus." not in page
