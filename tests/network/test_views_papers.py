"""Members read what was released to the offices, of all meetings, as long as they belong."""

from datetime import date

import pytest
from django.urls import reverse

from network.enums import Audience, MeetingStatus
from programme import clock
from programme.enums import Role
from tests.factories.network import (
    MaterialFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesItemFactory,
)
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("network:papers")


@pytest.fixture
def client_of_member(signed_in):
    member = UserFactory(roles=[Role.MEMBER])
    MembershipFactory(user=member)
    return signed_in(user=member)


def meeting(programme, audience=Audience.OFFICES, **kwargs):
    row = MeetingFactory(
        programme=programme,
        status=MeetingStatus.HELD,
        minutes_audience=audience,
        minutes_released_at=clock.now(),
        **kwargs,
    )
    MinutesItemFactory(meeting=row, text="Größere Wartebereiche")
    return row


def test_members_see_what_is_released_to_the_offices(client_of_member, programme):
    shown = meeting(programme)
    hidden = meeting(programme, Audience.PARTICIPANTS)
    with_file = MeetingFactory(programme=programme)
    MaterialFactory(meeting=with_file, audience=Audience.PUBLIC, title="Merkblatt")

    page = client_of_member.get(PAGE).content.decode()

    assert shown.title in page
    assert "Merkblatt" in page
    assert hidden.title not in page


def test_the_list_says_where_minutes_are_among_the_papers(client_of_member, programme):
    meeting(programme, title="Mit Niederschrift")
    MaterialFactory(
        meeting=meeting(programme, Audience.PARTICIPANTS, title="Nur mit Datei"),
        audience=Audience.OFFICES,
    )

    listed = client_of_member.get(PAGE).context["meetings"]

    assert {row.title: row.has_minutes for row in listed} == {
        "Mit Niederschrift": True,
        "Nur mit Datei": False,
    }


def test_one_meeting_shows_minutes_and_others_are_not_found(client_of_member, programme):
    shown, hidden = meeting(programme), meeting(programme, Audience.TEAM)

    page = client_of_member.get(reverse("network:meeting_papers", args=[shown.slug]))
    missing = client_of_member.get(reverse("network:meeting_papers", args=[hidden.slug]))

    assert "Größere Wartebereiche" in page.content.decode()
    assert missing.status_code == 404


def test_who_left_the_office_finds_nothing(signed_in, programme):
    row, member = meeting(programme), UserFactory(roles=[Role.MEMBER])
    MembershipFactory(user=member, ends_on=date(2020, 2, 29))
    client = signed_in(user=member)

    assert row.title not in client.get(PAGE).content.decode()
    address = reverse("network:meeting_papers", args=[row.slug])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("wartebereiche", True),
        ("GRÖSSERE WARTEbereiche", True),
        ("groessere", True),
        ("aemter blatt", True),
        ("Merkblatt", True),
        ("Geheim", False),
        ("Merkblatt Geheim", False),
        ("\x00'; --", False),
    ],
)
def test_the_search_looks_only_into_what_may_be_read(client_of_member, programme, words, found):
    row = meeting(programme, topic="Empfang")
    MaterialFactory(meeting=row, audience=Audience.OFFICES, title="Merkblatt Ämter")
    MaterialFactory(meeting=row, audience=Audience.TEAM, title="Geheim")

    assert (row.title in client_of_member.get(PAGE, {"suche": words}).content.decode()) == found


def test_the_list_costs_the_same_for_one_and_three(
    client_of_member, programme, django_assert_max_num_queries
):
    meeting(programme)
    client_of_member.get(PAGE)
    with django_assert_max_num_queries(8) as one:
        client_of_member.get(PAGE)
    for _ in range(2):
        MaterialFactory(meeting=meeting(programme), audience=Audience.OFFICES)
    with django_assert_max_num_queries(8) as three:
        client_of_member.get(PAGE)

    assert len(one) == len(three)
