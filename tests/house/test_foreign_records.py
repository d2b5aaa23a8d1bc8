"""Foreign records: whoever has the role but not the record gets what a missing one gives."""

import pytest
from django.urls import reverse

from programme.models import User
from sites.enums import AssignmentKind
from tests.factories.network import MembershipFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory
from tests.house.access_matrix import MATRIX
from tests.house.access_page import OPEN
from tests.house.addresses import ARGS
from tests.house.test_access import PAGES, client_of
from tests.house.world import World

TIED = ("site", "coach", "member")  # roles that only reach what they are assigned to
SHARED = {  # of no office and no site in particular: everybody who has the role gets them
    "network:meeting_papers",
    "network:office_material",
    "sites:compare_file",
    "sites:try_card",
}
OWN = sorted(
    name
    for name, row in MATRIX.items()
    if row.args and row.may != OPEN and set(row.may.split()) & set(TIED) and name not in SHARED
)
TWICE = {"sites:remove_site_contact"}  # a missing one counts as removed already
INSIDE = [
    name
    for name in OWN
    if {"slug", "pk"} <= set(PAGES[name].pattern.converters)
    and name.startswith("sites:")
    and name not in TWICE
]


def strangers(world):
    """People with the same roles who look after another site and another office."""
    site = SiteFactory.create(programme=world.programme)
    people: dict[str, User] = {role: UserFactory.create(roles=[role]) for role in TIED}
    SiteAssignmentFactory.create(user=people["site"], site=site, kind=AssignmentKind.STAFF)
    SiteAssignmentFactory.create(user=people["coach"], site=site, kind=AssignmentKind.COACH)
    MembershipFactory.create(user=people["member"], organisation=site.organisation)
    world.people |= people
    return site


def answers(world, row, address):
    """What each stranger who has a right role gets, without the answers that are as they should."""
    found = {}
    for role in sorted(set(row.may.split()) & set(TIED)):
        for method, answer in (("get", row.get), ("post", row.post)):
            if answer != 405:
                found[role, method] = getattr(client_of(world, role), method)(address).status_code
    return {cell: status for cell, status in found.items() if status != 404}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN)
def test_a_foreign_record_looks_like_a_missing_one(name):
    row, world = MATRIX[name], World()
    address = reverse(name, kwargs=ARGS[row.args](world))
    strangers(world)

    assert answers(world, row, address) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", INSIDE)
def test_a_foreign_record_under_the_own_site_looks_like_a_missing_one(name):
    row, world = MATRIX[name], World()
    record = ARGS[row.args](world)
    own = strangers(world)
    address = reverse(name, kwargs=record | {"slug": own.slug})

    assert answers(world, row, address) == {}
