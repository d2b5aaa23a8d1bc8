"""The list of registrations: what its head counts, and that no page sorts or reads everybody."""

import pytest
from django.db import connection

from network.enums import MeetingMode, RegistrationStatus, WorkshopPlace
from network.models import Registration
from network.queries.participants import ACTIVE, Chosen, Figure, figures, participants
from tests.factories.network import MeetingFactory, RegistrationFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory.create(mode=MeetingMode.HYBRID, seats=1, online_seats=5)


def register(meeting, workshop, **more):
    RegistrationFactory.create(
        meeting=meeting, invitation__meeting=meeting, workshop=workshop, **more
    )


def test_one_count_tells_seats_and_workshops_without_who_cancelled(meeting):
    workshop = WorkshopFactory.create(meeting=meeting, title="Termine", seats=2)
    here = {"workshop_place": WorkshopPlace.CONFIRMED}
    register(meeting, workshop, **here)
    register(meeting, workshop, **here, status=RegistrationStatus.CANCELLED)
    register(meeting, workshop, workshop_place=WorkshopPlace.WAITING)
    register(meeting, None, mode="online", status=RegistrationStatus.WAITING)
    register(MeetingFactory.create(), None)

    found = figures(meeting=meeting)

    assert found.modes == (Figure("vor Ort", 1, 2, 0), Figure("online", 5, 0, 1))
    assert found.workshops == (Figure("Termine", 2, 1, 1),)
    assert found.options == ((workshop.pk, "Termine"),)
    assert (found.everybody, found.count(Chosen(state=ACTIVE))) == (4, 3)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sorts a few rows by hand")
def test_a_page_by_name_is_read_from_an_index_and_not_sorted(meeting):
    rows = participants(meeting=meeting, chosen=Chosen(state=ACTIVE))

    plan = rows.values_list("pk", flat=True)[:25].explain()

    assert "people_by_name" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole")
def test_the_count_of_the_figures_is_read_from_an_index_alone(
    meeting, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2) as caught:
        figures(meeting=meeting)

    (count,) = (query["sql"] for query in caught if "COUNT" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {count}")
        plan = [row[-1] for row in cursor.fetchall()]
    table = Registration._meta.db_table
    assert plan == [f"SEARCH {table} USING COVERING INDEX head_count (meeting_id=?)"]
