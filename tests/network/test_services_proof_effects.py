"""What the meetings hand in for the proof of use."""

from datetime import UTC, date, datetime

import pytest

from network.enums import MeetingStatus, OrganisationKind
from network.services.proof_effects import offices, people
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    OrganisationFactory,
    RegistrationFactory,
)

LAST_DAY = date(2017, 6, 30)
SPRING = datetime(2017, 3, 1, 9, tzinfo=UTC)
OFFICE = OrganisationKind.IMMIGRATION_OFFICE


def came(programme, organisation, *, count=1, starts_at=SPRING, status=MeetingStatus.HELD):
    meeting = MeetingFactory(programme=programme, status=status, starts_at=starts_at)
    invitation = InvitationFactory(meeting=meeting, organisation=organisation)
    RegistrationFactory.create_batch(count, meeting=meeting, invitation=invitation)


@pytest.mark.django_db
def test_offices_count_once_and_their_people_at_every_meeting(programme):
    first, second = OrganisationFactory.create_batch(2, kind=OFFICE)
    came(programme, first, count=2)
    came(programme, first)
    came(programme, second)
    came(programme, OrganisationFactory(kind=OrganisationKind.MUNICIPAL_ASSOCIATION))

    found = (
        offices(programme=programme, until=LAST_DAY),
        people(programme=programme, until=LAST_DAY),
    )

    assert found == (2, 4)


@pytest.mark.django_db
def test_meetings_after_the_last_day_or_not_held_do_not_count(programme):
    office = OrganisationFactory(kind=OFFICE)
    came(programme, office, starts_at=datetime(2017, 6, 30, 22, 30, tzinfo=UTC))
    came(programme, office, status=MeetingStatus.CANCELLED)

    assert people(programme=programme, until=LAST_DAY) == 0
