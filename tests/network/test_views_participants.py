"""The people of a meeting as the programme team sees them: list, search, files."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from network.enums import RegistrationStatus
from programme import clock
from tests.factories.network import (
    MeetingFactory,
    WorkshopFactory,
)
from tests.network.participants import names, page, person, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, seats=10)


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    office, meeting, django_assert_num_queries
):
    workshop = WorkshopFactory(meeting=meeting)
    person(meeting, "Öznur Groß", workshop=workshop)
    with django_assert_num_queries(8):
        office.get(page("registrations", meeting))

    for number in range(2):
        waiting(meeting, f"W {number}", workshop=WorkshopFactory(meeting=meeting))
    with django_assert_num_queries(8):
        response = office.get(page("registrations", meeting))

    assert len(names(response)) == 3


def test_the_list_is_by_name_and_leaves_out_who_cancelled(office, meeting):
    for name in ("Zoe A", "anna B", "Berta C"):
        person(meeting, name)
    person(meeting, "Weg D", status=RegistrationStatus.CANCELLED, cancelled_at=clock.now())
    person(MeetingFactory(), "Fremd E")

    assert names(office.get(page("registrations", meeting))) == ["anna B", "Berta C", "Zoe A"]
    assert names(office.get(page("registrations", meeting) + "?state=cancelled")) == ["Weg D"]
    assert len(names(office.get(page("registrations", meeting) + "?state=all"))) == 4


@pytest.mark.parametrize(
    "typed", ["öznur", "OEZNUR gross", "ÖZNUR", "Groß giessen", "example.org%20oeznur", "GIEßEN"]
)
def test_the_search_finds_names_however_umlauts_are_typed(office, meeting, typed):
    person(meeting, "Öznur Groß", office="Gießen", email="oeznur@example.org")
    person(meeting, "Jörg Weiß", office="Fulda", email="joerg@example.com")

    response = office.get(page("registrations", meeting) + f"?search={typed}")

    assert names(response) == ["Öznur Groß"]


@pytest.mark.parametrize("typed", ["%", "_", "'", "\\", "x" * 200, "\x00"])
def test_strange_searches_find_nothing_and_break_nothing(office, meeting, typed):
    person(meeting, "Öznur Groß")

    response = office.get(page("registrations", meeting), {"search": typed, "state": "x"})

    assert response.status_code == 200


def test_the_list_is_narrowed_by_way_and_workshop(office, meeting):
    meeting.mode, meeting.online_seats = "hybrid", 5
    meeting.save()
    workshop = WorkshopFactory(meeting=meeting, title="Termine")
    person(meeting, "Anna A", mode="online")
    person(meeting, "Berta B", workshop=workshop, workshop_place="confirmed")
    person(
        meeting,
        "Carla C",
        workshop=workshop,
        workshop_place="waiting",
        workshop_queued_at=clock.now(),
    )
    address = page("registrations", meeting)

    assert names(office.get(f"{address}?mode=online")) == ["Anna A"]
    assert names(office.get(f"{address}?workshop={workshop.pk}")) == ["Berta B", "Carla C"]
    assert names(office.get(f"{address}?workshop=wartet")) == ["Carla C"]
    assert names(office.get(f"{address}?workshop=999&mode=x")) == ["Anna A", "Berta B", "Carla C"]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("", ["Anna A", "Berta B"]),
        ("active", ["Anna A", "Berta B"]),
        ("confirmed", ["Anna A"]),
        ("waiting", ["Berta B"]),
        ("cancelled", ["Carla C"]),
        ("all", ["Anna A", "Berta B", "Carla C"]),
    ],
)
def test_the_list_shows_who_comes_or_waits_unless_asked_otherwise(office, meeting, state, found):
    person(meeting, "Anna A")
    waiting(meeting, "Berta B")
    person(meeting, "Carla C", status=RegistrationStatus.CANCELLED, cancelled_at=clock.now())

    response = office.get(page("registrations", meeting), {"state": state})

    assert sorted(names(response)) == found


def test_who_waits_stands_in_the_order_of_the_queue(office, meeting):
    for name in ("Zoe A", "Anna B"):
        waiting(meeting, name)

    response = office.get(page("registrations", meeting) + "?state=waiting")

    assert names(response) == ["Zoe A", "Anna B"]


def test_twentyfive_people_stand_on_a_page(office, meeting):
    for number in range(26):
        person(meeting, f"P {number:02d}")

    first = office.get(page("registrations", meeting))
    second = office.get(page("registrations", meeting) + "?seite=2")

    assert (len(names(first)), names(second)) == (25, ["P 25"])
    assert office.get(page("registrations", meeting) + "?seite=99").status_code == 404


def test_a_surplus_is_seen(office, meeting):
    meeting.seats = 1
    meeting.save()
    person(meeting, "A B")
    person(meeting, "C D")

    text = office.get(page("registrations", meeting)).text

    assert "1 mehr angemeldet als Plätze da sind" in text
    assert "1 über der Grenze" in text


def test_nothing_is_offered_any_more_once_the_meeting_is_over(office, meeting):
    registered = person(meeting, "A B")
    offered = office.get(page("registrations", meeting)).text
    with time_machine.travel(meeting.ends_at + timedelta(hours=1), tick=False):
        over = office.get(page("registrations", meeting)).text

    cancel = reverse("network:cancel_participant", args=[meeting.slug, registered.pk])
    assert [cancel in text for text in (offered, over)] == [True, False]
    assert ["Person anmelden" in text for text in (offered, over)] == [True, False]


def test_an_empty_list_says_what_will_stand_there(office, meeting):
    assert "Noch niemand angemeldet" in office.get(page("registrations", meeting)).text


def test_the_files_hold_the_narrowed_list_and_no_formula(office, meeting):
    person(meeting, "=HYPERLINK(1)", office="Gießen", function="+49")
    person(meeting, "Öznur Groß", office="Fulda")

    plain = office.get(page("registrations_csv", meeting) + "?search=gie")
    rows = list(csv.reader(io.StringIO(plain.content.decode("utf-8-sig")), delimiter=";"))
    book = openpyxl.load_workbook(
        io.BytesIO(office.get(page("registrations_xlsx", meeting)).content)
    )
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]

    assert rows[0][:3] == ["Organisation", "Name", "Funktion"]
    assert [row[:3] for row in rows[1:]] == [["Gießen", "'=HYPERLINK(1)", "'+49"]]
    assert "anmeldungen-" in plain["Content-Disposition"]
    assert [row[1] for row in cells] == ["Name", "=HYPERLINK(1)", "Öznur Groß"]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}
