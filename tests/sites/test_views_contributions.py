"""Pages of a site's part of the report: figures beside the text, both versions on a clash."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from programme import clock
from programme.enums import Role
from sites.models import Contribution
from sites.services import contribution_comments
from tests.factories.contributions import (
    TEXTS,
    ContributionCommentFactory,
    ContributionFactory,
    ContributionVersionFactory,
)
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    IndicatorFactory,
    IndicatorValueFactory,
    MeasureFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
SIGN = "Diese Fassung freigeben"


@pytest.fixture
def team():
    return UserFactory(roles=[Role.OFFICE])


def at(page, *args):
    return reverse(f"sites:{page}", args=["giessen", *args])


def typed(seen_at="", **texts):
    return TEXTS | {"form_key": str(uuid4()), "seen_at": seen_at} | texts


def test_the_writer_sees_the_own_figures_beside_each_part(signed_in, site, staff):
    indicator = IndicatorFactory(name="Wartezeit")
    for phase, value in (("baseline", 45), ("end", 20)):
        IndicatorValueFactory(site=site, indicator=indicator, phase=phase, value=Decimal(value))
    MeasureFactory(site=site, title="Größere Schilder", effect="Weniger Fragen", effect_n=120)
    MeasureFactory(site=site, title="Sprechtag", effect="Gut besucht", effect_n=4)

    told = signed_in(user=staff).get(at("write_contribution")).content.decode()

    assert "Wartezeit</strong>: 45 Minuten" in told
    assert "Größere Schilder: Weniger Fragen (n = 120)" in told.replace("\u00a0", " ")
    assert "Sprechtag: Gut besucht (n kleiner als 5)</li>" in told.replace("\u00a0", " ")
    assert "<svg" in told


def test_a_clash_shows_both_versions_and_keeps_what_was_typed(signed_in, site, staff):
    row = ContributionFactory(site=site, written=True)
    client = signed_in(user=staff)
    seen_at = row.updated_at.isoformat()
    client.post(at("write_contribution"), typed(seen_at, result="Die Größe zählt."))

    response = client.post(at("write_contribution"), typed(seen_at, result="Späte Fassung"))
    told = response.content.decode()

    assert response.status_code == 422
    assert "Die Größe zählt." in told
    assert "Späte Fassung</textarea>" in told
    assert Contribution.objects.get().result == "Die Größe zählt."


def test_what_is_typed_is_kept_and_a_clash_is_told(signed_in, site, staff):
    client = signed_in(user=staff)

    kept = client.post(at("keep_contribution"), typed())
    stale = client.post(at("keep_contribution"), typed(result="Andere Größe"))
    too_long = client.post(
        at("keep_contribution"), typed(kept.json()["seen_at"], result="ä" * 6001)
    )

    assert [kept.status_code, stale.status_code, too_long.status_code] == [200, 409, 422]
    assert Contribution.objects.get().result == TEXTS["result"]


def test_a_gap_is_named_when_handing_in_and_the_rest_stays(signed_in, site, staff):
    response = signed_in(user=staff).post(
        at("write_contribution"), typed(lessons="") | {"step": "hand_in"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["lessons"]
    assert TEXTS["result"] in response.content.decode()


def test_from_handing_in_to_the_public_page(signed_in, site, staff, team):
    signed_in(user=staff).post(at("write_contribution"), typed() | {"step": "hand_in"})
    client = signed_in(user=team)
    read = client.get(at("sign_contribution")).content.decode()

    client.post(at("sign_contribution"), {"form_key": str(uuid4()), "version": 1})
    public = client.get(reverse("sites:site", args=["giessen"])).content.decode()

    assert "Sie lesen Fassung 1" in read
    assert "Wir haben Termine nach Anliegen vergeben." in public
    assert TEXTS["lessons"] in public


def test_with_open_comments_the_page_shows_them_instead_of_the_button(signed_in, site, team):
    row = ContributionFactory(site=site, written=True, state="handed_in", version=1)
    ContributionVersionFactory(contribution=row)
    comment = ContributionCommentFactory(contribution=row, text="Bitte mit Zahl.")
    client = signed_in(user=team)

    shown = client.get(at("sign_contribution")).content.decode()
    refused = client.post(at("sign_contribution"), {"form_key": str(uuid4()), "version": 1})
    contribution_comments.settle(comment=comment, by=team)
    offered = client.get(at("sign_contribution")).content.decode()

    assert refused.status_code == 422
    for read in (shown, refused.content.decode()):
        assert "Es ist noch eine Anmerkung offen." in read
        assert "Bitte mit Zahl." in read
        assert at("return_contribution") in read
        assert SIGN not in read
    assert SIGN in offered


def test_who_handed_in_is_told_that_somebody_else_signs(signed_in, site, team):
    row = ContributionFactory(site=site, written=True, state="handed_in", version=1)
    ContributionVersionFactory(contribution=row, handed_in_by=team)

    read = signed_in(user=team).get(at("sign_contribution")).content.decode()

    assert "Freigeben muss jemand anderes als die Person, die abgegeben hat." in read
    assert SIGN not in read


def test_a_part_or_version_that_does_not_exist_is_missing(signed_in, site, team):
    ContributionFactory(site=site, written=True)
    client = signed_in(user=team)

    assert client.get(at("comment_contribution", "anhang")).status_code == 404
    assert client.get(at("contribution_version", 7)).status_code == 404


def test_two_versions_show_what_changed(signed_in, site, team):
    row = ContributionFactory(site=site, written=True, state="handed_in", version=2)
    ContributionVersionFactory(contribution=row)
    ContributionVersionFactory(
        contribution=row, number=2, texts=TEXTS | {"result": "Die Wartezeit sank stark."}
    )

    told = signed_in(user=team).get(at("contribution_version", 2)).content.decode()

    assert "stark.</ins>" in told
    assert told.count("Unverändert seit Fassung 1.") == 3


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(
    signed_in, programme, team, amount, django_assert_num_queries
):
    for site in SiteFactory.create_batch(amount, programme=programme):
        row = ContributionFactory(site=site, due_on=clock.today() - timedelta(days=1))
        ContributionCommentFactory.create_batch(2, contribution=row)
    client = signed_in(user=team)

    with django_assert_num_queries(6):
        response = client.get(reverse("sites:contributions"))

    assert [(row.open_comments, row.is_late) for row in response.context["rows"]] == [
        (2, True)
    ] * amount


@pytest.mark.parametrize("amount", [1, 3])
@pytest.mark.parametrize(("address", "most"), [("contribution", 12), ("write_contribution", 12)])
def test_the_page_costs_the_same_for_any_amount(
    signed_in, site, staff, amount, address, most, django_assert_max_num_queries
):
    row = ContributionFactory(site=site, written=True)
    ContributionCommentFactory.create_batch(amount, contribution=row)
    MeasureFactory.create_batch(amount, site=site)
    client = signed_in(user=staff)

    with django_assert_max_num_queries(most):
        response = client.get(at(address))

    assert response.status_code == 200
