"""The next meeting is made from an earlier one in five fields."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from network.enums import MeetingMode, MeetingStatus
from network.models import Invitation, Meeting, Needs, Registration, Survey
from network.rules.survey import SCALE, Question, asked, stored
from programme import clock
from tests.factories.network import (
    InvitationFactory,
    MaterialFactory,
    MeetingFactory,
    MinutesItemFactory,
    NeedsFactory,
    RegistrationFactory,
    ReminderFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
QUESTION = Question("q1", "War die Anreise gut zu schaffen?", SCALE)


@pytest.fixture
def last(programme):
    """The last meeting, hybrid, with workshop, agenda, reminders, people and what came after."""
    start = (clock.now() - timedelta(days=30)).replace(hour=9, minute=0, second=0, microsecond=0)
    meeting = MeetingFactory(
        programme=programme,
        title="2. Landesnetzwerktreffen",
        slug="zweites",
        status=MeetingStatus.HELD,
        mode=MeetingMode.HYBRID,
        online_seats=20,
        online_url="https://konferenz.example.org/alt",
        starts_at=start,
        ends_at=start + timedelta(hours=5),
        reply_until=start - timedelta(days=21),
        change_until=start - timedelta(days=2),
        balance_question="Wie gelingt beides?",
        street="Luisenplatz 2",
        postcode="64283",
    )
    begin = meeting.starts_at.astimezone(tz=None)
    meeting.agenda.create(position=1, title="Begrüßung", begins=begin.time())
    WorkshopFactory(meeting=meeting, title="Recht", begins=time(13, 0), seats=8, room="Raum 1")
    ReminderFactory(meeting=meeting, days_before=7, is_on=False, sent_at=clock.now(), recipients=3)
    guest = RegistrationFactory(invitation=InvitationFactory(meeting=meeting), meeting=meeting)
    NeedsFactory(registration=guest)
    MinutesItemFactory(meeting=meeting)
    MaterialFactory(meeting=meeting)
    Survey.objects.create(
        meeting=meeting,
        questions=stored([QUESTION]),
        sent_at=clock.now(),
        closes_on=clock.today(),
    )
    return meeting


def test_what_is_proposed_is_accepted_as_it_stands(office, last):
    address = reverse("network:clone_meeting", args=[last.slug])
    form = office.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}

    answer = office.post(
        address,
        {name: getattr(value, "isoformat", lambda v=value: v)() for name, value in typed.items()},
    )

    made = Meeting.objects.exclude(pk=last.pk).get()
    assert len(form.fields) == 5
    assert answer["Location"] == reverse("network:board", args=["3-landesnetzwerktreffen"])
    assert (made.title, made.status) == ("3. Landesnetzwerktreffen", MeetingStatus.DRAFT)
    same = ("kind", "mode", "seats", "online_seats", "seats_per_office", "balance_question")
    place = ("venue", "street", "postcode", "city")
    for name in same + place:
        assert getattr(made, name) == getattr(last, name)
    assert made.online_url == ""
    days = clock.day_of(made.starts_at) - clock.day_of(last.starts_at)
    for name in ("reply_until", "change_until"):
        moved = clock.day_of(getattr(made, name)) - clock.day_of(getattr(last, name))
        assert moved == days, name


def test_workshops_agenda_and_reminders_come_along_and_people_never(office, last):
    day = clock.today() + timedelta(days=100)
    data = {
        "day": day.isoformat(),
        "begins": "08:00",
        "ends": "12:00",
        "venue": "Rathaus, Fulda",
        "reply_until": (day - timedelta(days=10)).isoformat(),
    }
    office.post(reverse("network:clone_meeting", args=[last.slug]), data)

    made = Meeting.objects.exclude(pk=last.pk).get()
    workshop, reminder, item = made.workshops.get(), made.reminders.get(), made.agenda.get()
    assert (workshop.title, workshop.seats, workshop.room) == ("Recht", 8, "")
    assert item.begins == time(8, 0)
    assert (reminder.days_before, reminder.is_on) == (7, False)
    assert (reminder.sent_at, reminder.recipients) == (None, None)
    assert (made.venue, made.city, made.street) == ("Rathaus", "Fulda", "")
    for model in (Invitation, Registration):
        assert not model.objects.filter(meeting=made).exists()
    assert Needs.objects.count() == 1
    assert not made.minutes.exists()
    assert not made.material.exists()
    assert asked(made.survey.questions) == (QUESTION,)
    assert (made.survey.sent_at, made.survey.closes_on) == (None, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": "2020-02-29", "reply_until": "2020-01-31"}, "day"),
        ({"day": "31.02.2027"}, "day"),
        ({"ends": "07:00"}, "ends"),
        ({"venue": ""}, "venue"),
        ({"venue": "Saal " * 60 + ", Fulda"}, "venue"),
        ({"reply_until": ""}, "reply_until"),
        ({"reply_until": "2099-01-01"}, "reply_until"),
    ],
)
def test_wrong_input_is_named_at_its_field_and_kept(office, last, changes, field):
    day = clock.today() + timedelta(days=100)
    data = {
        "day": day.isoformat(),
        "begins": "08:00",
        "ends": "12:00",
        "venue": "Rathaus, Fulda",
        "reply_until": (day - timedelta(days=10)).isoformat(),
    } | changes

    page = office.post(reverse("network:clone_meeting", args=[last.slug]), data)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert page.context["form"][field].value() == data[field]
    assert Meeting.objects.count() == 1


def test_an_undated_meeting_of_the_chronicle_can_be_the_model(office, programme):
    meeting = MeetingFactory(
        programme=programme,
        title="Abschlussveranstaltung",
        starts_at=None,
        ends_at=None,
        reply_until=None,
        date_label="Juni 2017",
        seats=None,
    )

    form = office.get(reverse("network:clone_meeting", args=[meeting.slug])).context["form"]

    assert form["begins"].value() == time(10)
    assert form["reply_until"].value() == form["day"].value() - timedelta(days=14)


def test_a_missing_meeting_is_not_found(office, programme):
    assert office.get(reverse("network:clone_meeting", args=["keins"])).status_code == 404
