"""The history of a site on one page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from programme.enums import Role
from sites.enums import SiteStatus
from tests.factories.applications import ApplicationFactory
from tests.factories.documents import DocumentVersionFactory, SiteAgreementFactory
from tests.factories.sites import (
    CoachingDayFactory,
    CommunicationFactory,
    IndicatorValueFactory,
    MeasureFactory,
    SitePhaseFactory,
)

pytestmark = pytest.mark.django_db
LEAP = date(2016, 2, 29)
HISTORY = reverse("sites:history", args=["giessen"])


def everything(site, by):
    """One event of every kind."""
    ApplicationFactory(
        organisation=site.organisation,
        call__programme=site.programme,
        handed_in=True,
        decided_at=datetime(2016, 1, 15, 9, tzinfo=UTC),
        status="selected",
    )
    SiteAgreementFactory(site=site)
    SitePhaseFactory(site=site, actual_from=LEAP, actual_to=date(2016, 3, 1))
    CoachingDayFactory(site=site)
    CommunicationFactory(site=site, by=by)
    MeasureFactory(site=site).updates.create(status="running", happened_on=LEAP, by=by)
    DocumentVersionFactory(document__site=site, document__title="Protokoll")
    DocumentVersionFactory(document__site=site, document__audience="team")
    IndicatorValueFactory(site=site)


def test_the_history_tells_everything_in_order_with_pages_that_open(signed_in, site, staff):
    everything(site, staff)
    site.status, site.started_on = SiteStatus.COMPLETED, date(2016, 2, 1)
    site.selected_on, site.completed_on = date(2016, 1, 20), date(2017, 6, 28)
    site.save()
    client = signed_in(user=staff)

    page = client.get(HISTORY)

    entries = [entry for month in page.context["months"] for entry in month.entries]
    days = [entry.day for entry in entries]
    assert days == sorted(days)
    assert len(entries) == 14
    assert page.context["months"][0].title == "November 2015"
    assert {client.get(entry.url).status_code for entry in entries} == {200}
    assert sum("Protokoll" in entry.sentence for entry in entries) == 1
    newest = client.get(HISTORY, {"folge": "neu"}).context["months"]
    assert newest[-1].title == "November 2015"


def test_events_of_one_day_follow_each_other_as_they_happened(signed_in, site, staff):
    day = date(2015, 12, 1)
    call = ApplicationFactory(
        organisation=site.organisation,
        call__programme=site.programme,
        handed_in=True,
    ).call
    call.applications.update(handed_in_at=datetime(2015, 12, 1, 10, tzinfo=UTC))
    call.opened_on = day
    call.save()
    site.status, site.withdrawn_on = SiteStatus.WITHDRAWN, day
    site.selected_on = site.started_on = day
    site.save()

    page = signed_in(user=staff).get(HISTORY)

    (month,) = page.context["months"]
    places = [entry.url for entry in month.entries]
    assert len(places) == 5
    assert places[0] == reverse("sites:call", args=[call.slug])
    assert month.entries[-1].sentence == "Der Standort scheidet aus."


def test_the_history_is_narrowed_by_kind_and_the_team_sees_all(signed_in, site, staff):
    everything(site, staff)

    def number(client, **asked):
        return client.get(HISTORY, asked).context["page_obj"].paginator.count

    office = signed_in(Role.OFFICE)
    assert [number(office), number(signed_in(user=staff))] == [12, 11]
    assert number(office, art="unterlagen") == 2
    assert number(office, art="phasen") == 2
    assert number(office, art="\x00") == 12


@pytest.mark.parametrize("amount", [1, 3])
def test_the_history_costs_the_same_for_any_amount(
    signed_in, site, staff, amount, django_assert_num_queries
):
    for _ in range(amount):
        CommunicationFactory(site=site)
        CoachingDayFactory(site=site)
        DocumentVersionFactory(document__site=site)
    client = signed_in(user=staff)

    with django_assert_num_queries(8):
        client.get(HISTORY)
