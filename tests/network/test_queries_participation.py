"""Who takes part over all meetings: counted by office, honest about how."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from network.enums import Answer, MeetingStatus, RegistrationStatus
from network.queries.participation import missed_in_a_row, participation
from programme import clock
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    PublicBodyFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


def held(programme, number, *, status=MeetingStatus.HELD):
    """The meeting with this number, one a month."""
    start = FIRST + timedelta(days=30 * number)
    return MeetingFactory(
        programme=programme,
        starts_at=start,
        ends_at=start + timedelta(hours=5),
        reply_until=start - timedelta(days=14),
        status=status,
    )


def comes(meeting, office, *, arrived=False):
    """The office registered somebody, who perhaps also came."""
    invitation = InvitationFactory(meeting=meeting, organisation=office, answer=Answer.COMING)
    return RegistrationFactory(
        invitation=invitation, meeting=meeting, arrived_at=meeting.starts_at if arrived else None
    )


def row(office, *, day=None):
    rows = participation(day=day or clock.today()).rows
    return next(each for each in rows if each.organisation == office)


@pytest.fixture
def office():
    return PublicBodyFactory(office__short_name="Gießen").office


def test_registrations_count_as_long_as_nobody_was_checked_in(programme, office):
    comes(held(programme, 1), office)

    assert (row(office).attended, row(office).text) == (1, "bei 1 von 1 Treffen dabei")


def test_who_did_not_turn_up_was_not_there_once_there_are_check_ins(programme, office):
    meeting = held(programme, 1)
    comes(meeting, office)
    comes(meeting, PublicBodyFactory().office, arrived=True)

    assert (row(office).attended, row(office).silent) == (0, 1)


def test_each_answer_is_counted_in_its_place(programme, office):
    for number, answer in enumerate((Answer.DECLINED, Answer.REPRESENTED, Answer.OPEN)):
        InvitationFactory(meeting=held(programme, number), organisation=office, answer=answer)
    comes(held(programme, 3, status=MeetingStatus.DOCUMENTED), office)

    found = row(office)

    assert (found.invited, found.attended) == (4, 1)
    assert (found.represented, found.declined, found.silent) == (1, 1, 1)
    assert found.text == "bei 1 von 4 Treffen dabei, 1 Mal vertreten"


def test_meetings_to_come_cancelled_ones_and_withdrawn_invitations_do_not_count(programme, office):
    for status in (MeetingStatus.PUBLISHED, MeetingStatus.CANCELLED):
        comes(held(programme, 1, status=status), office)
    InvitationFactory(meeting=held(programme, 2), organisation=office, withdrawn_at=clock.now())

    assert row(office).text == "noch zu keinem Treffen eingeladen"


def test_who_waited_or_cancelled_was_not_there(programme, office):
    meeting = held(programme, 1)
    guest = comes(meeting, office)
    guest.status = RegistrationStatus.CANCELLED
    guest.save()

    assert row(office).attended == 0


def test_missing_in_a_row_ends_with_taking_part_or_being_represented(programme, office):
    other, third = PublicBodyFactory().office, PublicBodyFactory().office
    meetings = [held(programme, number) for number in range(4)]
    comes(meetings[0], office)
    comes(meetings[1], other)
    for meeting in meetings[1:]:
        InvitationFactory(meeting=meeting, organisation=office, answer=Answer.DECLINED)
    InvitationFactory(meeting=meetings[2], organisation=other, answer=Answer.REPRESENTED)
    InvitationFactory(meeting=meetings[3], organisation=other)
    InvitationFactory(meeting=meetings[3], organisation=third)

    missed = missed_in_a_row(day=clock.today())
    before = missed_in_a_row(day=clock.day_of(meetings[2].starts_at))

    assert (missed[office.pk], missed[other.pk], missed[third.pk]) == (3, 1, 1)
    assert (before[office.pk], before[other.pk]) == (2, 0)
    assert third.pk not in before


@pytest.mark.parametrize("amount", [1, 3])
def test_the_public_page_names_offices_and_no_person(
    client, programme, amount, django_assert_num_queries
):
    names = []
    for number in range(amount):
        guest = comes(held(programme, number), PublicBodyFactory().office, arrived=True)
        names.append(guest.full_name)
    client.get(reverse("network:network"))

    with django_assert_num_queries(4):
        page = client.get(reverse("network:participation"))

    text = page.content.decode()
    assert f"{amount} von {amount} Ausländerbehörden" in text
    assert not any(name in text for name in names)


def test_the_public_page_says_by_what_each_meeting_was_counted(client, programme, office):
    comes(held(programme, 1), office)
    comes(held(programme, 2), office, arrived=True)

    page = client.get(reverse("network:participation")).content.decode()

    assert (page.count("(Anmeldung)"), page.count("(Einlass)")) == (1, 1)


def test_before_the_first_meeting_the_page_says_what_will_stand_there(client, programme):
    PublicBodyFactory()

    text = client.get(reverse("network:participation")).content.decode()

    assert "Noch nichts zu zählen" in text
