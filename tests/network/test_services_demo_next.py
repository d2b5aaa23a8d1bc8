"""The made-up meeting that comes next shows free seats, a full half and somebody who waits."""

import pytest

from network.models import Meeting, Organisation, Registration
from network.queries.registrations import free_by_mode
from network.services import demo_next, master_data
from programme import clock
from tests.factories.network import ContactFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


def test_the_next_meeting_has_free_seats_on_site_and_a_queue_online(programme):
    master_data.load(programme=programme)
    by = UserFactory()
    network = list(Organisation.objects.state_network(clock.today()))
    for office in network:
        ContactFactory(organisation=office)

    demo_next.load(programme=programme, network=network, by=by)

    meeting = Meeting.objects.get(slug=demo_next.SLUG)
    free = free_by_mode(meeting)
    waiting = Registration.objects.waiting().filter(meeting=meeting)
    assert free == {"on_site": 7, "online": 0}
    assert [row.mode for row in waiting] == ["online"]
