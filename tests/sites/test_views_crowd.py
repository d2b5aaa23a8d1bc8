"""The pages of a site with 3 and with 3,000 measures: same number of queries, pages stay short."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.enums import Role
from programme.models import User
from tests.factories.crowds import crowd
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
KB = 1024
# What a page may weigh in KB with 3,000 measures; pages of indicators hold 23 charts with tables.
STAFF = {
    "workspace_site": 40,
    "goals": 60,
    "monthly_update": 90,
    "history": 30,
    "indicators": 160,
    "documents": 40,
    "communications": 40,
    "next_steps": 40,
    "contribution": 90,
    "write_contribution": 90,
    "site": 200,
}
OFFICE = {
    "workspace": 20,
    "compare": 120,
    "missing_values": 20,
    "progress": 20,
    "contributions": 20,
}
PUBLIC = {"sites": 20, "balance": 60, "public_compare": 120}
OF_ONE_SITE = set(STAFF)


def address(name: str) -> str:
    return reverse(f"sites:{name}", args=["giessen"] if name in OF_ONE_SITE else [])


def measured(client, pages) -> dict[str, tuple[int, int]]:
    """Return queries and KB of each page."""
    found = {}
    for name in pages:
        with CaptureQueriesContext(connection) as caught:
            response = client.get(address(name))
        assert response.status_code == 200, name
        found[name] = len(caught), len(response.content) // KB
    return found


def pages_with(measures: int, *, client, site, staff: User, coach: User, signed_in):
    crowd(site=site, by=coach, measures=measures)
    office = UserFactory.create(roles=[Role.OFFICE])
    return (
        measured(signed_in(user=staff), STAFF)
        | measured(signed_in(user=office), OFFICE)
        | measured(client, PUBLIC)
    )


def test_pages_of_sites_cost_the_same_with_3_and_with_3000_measures(
    client, site, staff, coach, signed_in
):
    people = {"client": client, "site": site, "staff": staff, "coach": coach}
    few = pages_with(3, **people, signed_in=signed_in)

    many = pages_with(3000, **people, signed_in=signed_in)

    assert {name: queries for name, (queries, _) in many.items()} == {
        name: queries for name, (queries, _) in few.items()
    }
    most = STAFF | OFFICE | PUBLIC
    assert {name: size for name, (_, size) in many.items() if size > most[name]} == {}


def test_long_lists_of_a_site_are_paged_and_lead_to_the_rest(site, staff, coach, signed_in):
    crowd(site=site, by=coach, measures=3000)
    client = signed_in(user=staff)

    overview = client.get(address("workspace_site"))
    steps = client.get(address("next_steps"), {"seite": "24"})
    part = client.get(address("contribution"))
    public = client.get(address("site"))

    assert len(overview.context["page"].coaching_days) == 10
    budget = overview.context["page"].budget
    assert (budget.used, overview.context["site"].open_steps) == (300, 600)
    assert "Alle 300 Begleittage" in overview.content.decode()
    assert steps.context["page_obj"].paginator.num_pages == 24
    assert len(steps.context["open_steps"]) == 25
    assert len(part.context["figures"].measures) == 40
    assert "2.960 weitere Maßnahmen" in part.content.decode()
    assert "90 weitere Unterlagen" in public.content.decode()
    assert "90 weitere Ziele" in public.content.decode()
