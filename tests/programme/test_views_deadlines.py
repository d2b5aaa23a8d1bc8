"""The clock of the funding as page, file and private calendar."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from programme import clock
from programme.enums import Role
from programme.exports.deadlines import feed_code
from programme.models import NoticeLink
from tests.factories.drawdowns import load_numbers, received_drawdown
from tests.factories.programme import NoticeLinkFactory, UserFactory

PAGE = "/intern/foerderung/fristen/"
MIDSUMMER = "2016-07-15T09:00:00+02:00"


@pytest.fixture
def funded(plan):
    load_numbers(programme=plan.programme)
    return plan


def drawn(plan, amount):
    received_drawdown(plan=plan, on=date(2016, 7, 10), requested_eur=Decimal(amount))


@pytest.mark.parametrize(
    ("amount", "state", "word"),
    [
        ("148399.00", "free", "unter der Vorwarnung"),
        ("148400.00", "close", "Vorwarnung erreicht"),
        ("169599.00", "close", "Vorwarnung erreicht"),
        ("169600.00", "reached", "Obergrenze erreicht"),
    ],
)
def test_the_gauge_turns_at_70_and_80_per_cent_and_says_so(funded, signed_in, amount, state, word):
    drawn(funded, amount)

    response = signed_in(Role.OFFICE).get(PAGE, {"stand": "2016-07-15"})

    assert response.context["found"].gauge.state == state
    assert word in response.content.decode()


def test_all_dates_stand_in_one_table_with_rule_and_state(funded, signed_in):
    drawn(funded, "21200.00")

    response = signed_in(Role.AUDITOR).get(PAGE, {"stand": "2016-07-15"})

    assert [(row.key, told) for row, _, told in response.context["found"].rows] == [
        ("yearly:2015", "seit 76 Tagen überfällig"),
        ("use:Land Hessen", "in 55 Tagen fällig"),
        ("request:2", "in 166 Tagen"),
        ("use:AMIF", "in 178 Tagen fällig"),
        ("yearly:2016", "in 289 Tagen fällig"),
        ("end", "in 350 Tagen"),
        ("final:AMIF", "in 412 Tagen fällig"),
        ("final:Land Hessen", "in 534 Tagen fällig"),
    ]
    assert response.context["next_sentence"] == (
        "Als Nächstes: Zwischennachweis für das Haushaltsjahr 2015 (Land Hessen), "
        "seit 76 Tagen überfällig."
    )


def test_the_page_speaks_of_today_and_with_demo_data_of_the_run_time(funded, signed_in):
    client = signed_in(Role.FINANCE)

    today = client.get(PAGE).context["found"].as_of
    funded.programme.demo_loaded_at = clock.now()
    funded.programme.save()
    demo = client.get(PAGE).context["found"].as_of
    unreadable = client.get(PAGE, {"stand": "gestern"})

    assert (today, demo) == (clock.today(), date(2017, 6, 30))
    assert unreadable.status_code == 200


@time_machine.travel(MIDSUMMER, tick=False)
def test_the_file_is_a_calendar_with_one_entry_a_date(funded, signed_in):
    drawn(funded, "21200.00")

    response = signed_in(Role.FINANCE).get("/intern/foerderung/fristen.ics")

    file = Calendar.from_ical(response.content)
    events = {str(event["uid"]).split("@")[0]: event for event in file.walk("VEVENT")}
    final = events["foerderung-final:AMIF"]
    assert len(events) == 8
    assert (final["dtstart"].dt, str(final["summary"])) == (
        date(2017, 8, 31),
        "Abschlussverwendungsnachweis (AMIF)",
    )
    assert len(final.walk("VALARM")) == 1


def test_a_person_subscribes_with_an_address_of_their_own(funded, signed_in, client):
    person = UserFactory(roles=[Role.FINANCE])
    inside = signed_in(user=person)

    before = inside.get(PAGE)
    inside.post(reverse("programme:subscribe_deadlines"))
    address = inside.get(PAGE).context["feed_url"]
    feed = client.get(address)
    again = client.get(address, headers={"If-None-Match": feed["ETag"]})

    assert before.context["feed_url"] == ""
    assert (feed.status_code, again.status_code) == (200, 304)
    assert feed["X-Robots-Tag"] == "noindex"
    assert b"BEGIN:VCALENDAR" in feed.content


def test_a_foreign_code_a_lost_role_and_a_new_link_lead_nowhere(funded, signed_in, client):
    member = NoticeLinkFactory(user=UserFactory(roles=[Role.MEMBER]))
    person = UserFactory(roles=[Role.FINANCE])
    link = NoticeLinkFactory(user=person)

    def answer(row, code):
        return client.get(reverse("programme:deadline_feed", args=[row.pk, code])).status_code

    good = answer(link, feed_code(link))
    wrong = answer(link, feed_code(member))
    no_right = answer(member, feed_code(member))
    signed_in(user=person).post(reverse("programme:renew_notice_link"))
    renewed = answer(NoticeLink.objects.get(user=person), feed_code(link))

    assert (good, wrong, no_right, renewed) == (200, 404, 404, 404)


@pytest.mark.parametrize("amount", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_drawdowns(
    funded, signed_in, django_assert_num_queries, amount
):
    for month in range(amount):
        received_drawdown(
            plan=funded,
            on=date(2016, 7, 30),
            requested_on=date(2016, 2 + month, 1),
            requested_eur=Decimal("2120.00"),
        )
    client = signed_in(Role.AUDITOR)

    with django_assert_num_queries(8):
        client.get(PAGE, {"stand": "2016-08-01"})


@time_machine.travel("2017-08-03T09:00:00+02:00", tick=False)
def test_the_start_page_of_finance_and_team_shows_the_next_date_once(
    funded, signed_in, django_assert_max_num_queries
):
    client = signed_in(Role.OFFICE, Role.FINANCE)

    with django_assert_max_num_queries(15):
        start = client.get(reverse("dashboard:start")).context["start"]

    found = [task for part in start.parts for task in part.tasks if "Frist" in task.title]
    assert [(task.amount, task.title) for task in found] == [
        (1, "Frist: Zwischennachweis für das Haushaltsjahr 2015 (Land Hessen)")
    ]
    assert found[0].hint == (
        "seit 460 Tagen überfällig; vorausgezahlt aus AMIF: 0 %, unter der Vorwarnung"
    )
