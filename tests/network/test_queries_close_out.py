"""Head counts come live from the check-ins; the page says what is still open."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from network.enums import AttendanceMode, Audience, MeetingStatus
from network.models import Meeting
from network.queries.close_out import head_count, open_points
from network.queries.participation import participation
from network.queries.report import network_figures
from network.services import check_in
from programme import clock
from programme.enums import Role
from tests.factories.network import (
    InvitationFactory,
    MaterialFactory,
    MeetingFactory,
    MinutesItemFactory,
    RegistrationFactory,
    SurveyFactory,
)
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
ARRIVED = datetime(2016, 9, 8, 7, 40, tzinfo=UTC)


@pytest.fixture
def meeting(programme):
    return MeetingFactory(
        programme=programme,
        status=MeetingStatus.HELD,
        starts_at=datetime(2016, 9, 8, 8, 0, tzinfo=UTC),
        ends_at=datetime(2016, 9, 8, 14, 0, tzinfo=UTC),
        reply_until=datetime(2016, 8, 20, 14, 0, tzinfo=UTC),
    )


def guests(meeting, amount, **kwargs):
    invitation = InvitationFactory(meeting=meeting, answer="coming")
    return [RegistrationFactory(invitation=invitation, **kwargs) for _ in range(amount)]


def test_who_arrived_counts_by_mode_and_office(meeting):
    guests(meeting, 2, arrived_at=ARRIVED)
    guests(meeting, 1, arrived_at=ARRIVED, mode=AttendanceMode.ONLINE)
    guests(meeting, 1)
    guests(meeting, 1, status="cancelled")

    count = head_count(meeting)

    assert (count.on_site, count.online, count.offices, count.invited) == (2, 1, 2, 4)
    assert count.is_checked_in


def test_the_list_at_the_door_says_nothing_about_who_was_online(meeting):
    guests(meeting, 1, arrived_at=ARRIVED)
    guests(meeting, 1)
    online = guests(meeting, 2, mode=AttendanceMode.ONLINE)
    by_seats = head_count(meeting)

    online[0].arrived_at = ARRIVED
    online[0].save()
    by_hand = head_count(meeting)

    assert (by_seats.on_site, by_seats.online, by_seats.offices) == (1, 2, 2)
    assert (by_hand.on_site, by_hand.online, by_hand.offices) == (1, 1, 2)
    assert (by_seats.is_online_open, by_hand.is_online_open) == (True, False)
    assert "Online ist niemand" in " ".join(point.text for point in open_points(meeting, by_seats))
    assert network_figures(meeting.programme).meetings[0].online == 1


def test_without_check_ins_seats_count(meeting):
    guests(meeting, 2)
    guests(meeting, 1, status="waiting")

    count = head_count(meeting)

    assert (count.people, count.offices, count.is_checked_in) == (2, 1, False)


def test_one_corrected_check_in_changes_every_total(meeting):
    office = UserFactory(roles=[Role.OFFICE])
    came, late = guests(meeting, 2)
    came.arrived_at = ARRIVED
    came.save()
    before = network_figures(meeting.programme)

    check_in.correct(registration=late, kind="arrived", note="stand auf der Liste", by=office)
    after = network_figures(meeting.programme)

    assert (before.participants, after.participants) == (1, 2)
    assert (before.meetings[0].on_site, after.meetings[0].on_site) == (1, 2)
    assert head_count(meeting).people == 2
    assert after.organisations_taking_part == 1


def test_an_office_that_only_registered_was_not_there(meeting):
    guests(meeting, 1, arrived_at=ARRIVED)
    guests(meeting, 1)

    figures = network_figures(meeting.programme)

    assert (figures.participants, figures.organisations_taking_part) == (1, 1)
    assert figures.meetings[0].reached == 1
    assert participation(day=clock.today()).meetings == (meeting,)


def test_what_is_open_is_listed_until_it_is_done(meeting):
    guests(meeting, 1)
    MaterialFactory(meeting=meeting)

    def told():
        row = Meeting.objects.get(pk=meeting.pk)
        return [point.page for point in open_points(row, head_count(row))]

    first = told()
    MinutesItemFactory(meeting=meeting)
    second = told()
    Meeting.objects.update(minutes_released_at=clock.now())
    meeting.material.update(audience=Audience.PUBLIC)
    SurveyFactory(meeting=meeting, sent_at=clock.now())
    meeting.registrations.update(arrived_at=ARRIVED)

    assert first == [
        "network:check_in",
        "network:minutes",
        "network:materials",
        "network:survey",
    ]
    assert second[1] == "network:release_minutes"
    assert told() == []


def test_closing_is_one_press_and_happens_once(signed_in, meeting):
    office = signed_in(Role.OFFICE)
    guests(meeting, 1)
    page = reverse("network:close_out", args=[meeting.slug])

    listed = office.get(page).content.decode()
    office.post(page, {"form_key": uuid4()})
    again = office.post(page, {"form_key": uuid4()})

    meeting.refresh_from_db()
    assert "Die Niederschrift ist noch leer." in listed
    assert meeting.status == MeetingStatus.DOCUMENTED
    assert again.status_code == 302
    after = office.get(page).content.decode()
    assert "ist abgeschlossen. Es zählt im Bericht und in der Beteiligung." in after


def test_a_meeting_after_the_programme_is_not_said_to_be_in_the_report(signed_in, programme):
    since = clock.now() - timedelta(days=3)
    meeting = MeetingFactory(programme=programme, status=MeetingStatus.HELD, starts_at=since)
    office = signed_in(Role.OFFICE)
    page = reverse("network:close_out", args=[meeting.slug])

    office.post(page, {"form_key": uuid4()})
    after = office.get(page).content.decode()

    assert "ist abgeschlossen. Es zählt in der Beteiligung." in after
    assert "der Bericht erzählt nur bis zum Ende des Programms am 30. Juni 2017" in after


def test_a_meeting_to_come_is_not_closed(signed_in, programme):
    meeting = MeetingFactory(programme=programme)
    page = reverse("network:close_out", args=[meeting.slug])

    response = signed_in(Role.OFFICE).post(page, {"form_key": uuid4()})

    assert response.status_code == 422
    assert "stattgefunden" in response.content.decode()
