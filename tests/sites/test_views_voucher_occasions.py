"""A voucher names the meeting or the site it was paid for, and leads there."""

import pytest

from network.models import Meeting
from programme.enums import Role
from programme.models import Voucher
from programme.queries.occasion_choices import OccasionChoice, occasion_choices
from tests.factories.funding import funded_plan, recorded_voucher
from tests.factories.network import MeetingFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.sites import SiteFactory
from tests.programme.voucher_forms import ADD, typed


@pytest.fixture
def plan(programme):
    return funded_plan(programme=programme)


def test_every_floor_names_its_occasions_of_this_programme_only(programme):
    meeting = MeetingFactory(
        programme=programme, title="Fachtag", starts_at=None, date_label="2016"
    )
    site = SiteFactory(programme=programme, name="Beispielstadt")
    SiteFactory(programme=ProgrammeFactory(), name="Anderswo")

    assert occasion_choices(programme=programme) == [
        OccasionChoice(
            f"network.meeting:{meeting.pk}",
            "Fachtag (2016)",
            "Treffen",
            f"/netzwerk/treffen/{meeting.slug}/",
        ),
        OccasionChoice(
            f"sites.site:{site.pk}", "Beispielstadt", "Standorte", f"/standorte/{site.slug}/"
        ),
    ]


def test_a_voucher_keeps_the_name_of_its_meeting_even_when_that_is_gone(plan, signed_in):
    meeting = MeetingFactory(programme=plan.programme, title="Fachtag Größe")
    finance = signed_in(Role.FINANCE)
    key = f"network.meeting:{meeting.pk}"

    finance.post(ADD, typed(plan, occasion_key=key))
    linked = finance.get("/intern/foerderung/belege/1/").content.decode()
    Meeting.objects.all().delete()
    named = finance.get("/intern/foerderung/belege/1/").content.decode()
    edit = finance.get("/intern/foerderung/belege/1/aendern/").context["form"]
    again = finance.post(
        "/intern/foerderung/belege/1/aendern/",
        typed(plan, occasion_key=key, seen_version=1, remark="geprüft"),
    )

    voucher = Voucher.objects.get()
    assert f'href="/netzwerk/treffen/{meeting.slug}/"' in linked
    assert "Fachtag Größe" in named
    assert edit["occasion_key"].value() == key
    assert again.status_code == 302
    assert (voucher.occasion_key, voucher.occasion_title[:13]) == (key, "Fachtag Größe")


def test_an_occasion_that_was_never_there_is_refused(plan, signed_in):
    response = signed_in(Role.FINANCE).post(ADD, typed(plan, occasion_key="network.meeting:999"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["occasion_key"]


def test_the_form_costs_the_same_for_any_amount_of_occasions(
    plan, signed_in, django_assert_num_queries
):
    finance = signed_in(Role.FINANCE)
    recorded_voucher(plan=plan)
    MeetingFactory.create_batch(3, programme=plan.programme)

    with django_assert_num_queries(8):
        finance.get(ADD)
