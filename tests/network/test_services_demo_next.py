"""The made-up meetings to come: one with free seats, one booked out."""

from datetime import timedelta

import pytest

from network.models import Meeting, Organisation, Registration
from network.queries.registrations import free_by_mode
from network.services import demo_full, demo_next, master_data
from programme import clock
from tests.factories.network import ContactFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(programme):
    master_data.load(programme=programme)
    found = list(Organisation.objects.state_network(clock.today()))
    for office in found:
        ContactFactory(organisation=office)
    return found


def test_the_next_meeting_has_free_seats_in_both_halves(programme, network):
    demo_next.load(programme=programme, network=network, by=UserFactory())

    meeting = Meeting.objects.get(slug=demo_next.SLUG)
    assert free_by_mode(meeting) == {"on_site": 7, "online": 6}
    assert not Registration.objects.waiting().filter(meeting=meeting).exists()


def test_the_meeting_after_it_is_booked_out_and_one_person_waits(programme, network):
    for _ in range(2):
        demo_full.load(programme=programme, by=UserFactory())

    meeting = Meeting.objects.get(slug=demo_full.SLUG)
    waiting = Registration.objects.waiting().filter(meeting=meeting)
    assert free_by_mode(meeting) == {"on_site": 0}
    assert [row.invitation.organisation.slug for row in waiting] == ["ruesselsheim"]
    assert meeting.invitations.count() == 8
    assert meeting.starts_at > clock.now() + timedelta(weeks=8)
