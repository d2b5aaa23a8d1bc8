"""Contacts, profile and assignments of a site."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from sites import permissions
from sites.models import Communication, SiteAssignment
from sites.rules.communications import CommunicationDraft
from sites.services import assignments, communications
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    CommunicationFactory,
    IndicatorFactory,
    IndicatorReleaseFactory,
    IndicatorValueFactory,
)

pytestmark = pytest.mark.django_db
LEAP = date(2016, 2, 29)
LIST, ADD, PROFILE, PUBLIC = (
    reverse(f"sites:{name}", args=["giessen"])
    for name in ("communications", "add_communication", "edit_profile", "site")
)


def filled(**changes):
    values = {
        "form_key": str(uuid4()),
        "happened_on": "2016-02-29",
        "kind": "phone",
        "partner": "Amtsleitung",
        "topic": "Termin der Auftaktsitzung",
        "text": "Größerer Raum gebucht.",
        "due_on": "2016-03-15",
    }
    return values | changes


def draft(**changes):
    values = {"happened_on": LEAP, "kind": "phone", "partner": "Amtsleitung", "topic": "Termin"}
    return CommunicationDraft(**(values | changes))


def test_a_contact_is_noted_for_the_side_that_writes(signed_in, site, staff, coach):
    people = (staff, coach, UserFactory(roles=[Role.OFFICE]))

    for user in people:
        assert signed_in(user=user).post(ADD, filled()).status_code == 302

    rows = Communication.objects.order_by("pk")
    assert [row.side for row in rows] == ["site", "coach", ""]
    assert signed_in(user=UserFactory(roles=[Role.AUDITOR])).get(ADD).status_code == 404


def test_a_day_outside_the_run_time_is_asked_back_and_kept_with_its_reason(signed_in, site, coach):
    client = signed_in(user=coach)

    asked = client.post(ADD, filled(happened_on="2015-09-30"))
    done = client.post(ADD, filled(happened_on="2015-09-30", outside_reason="Vorgespräch"))

    assert asked.status_code == 422
    assert "außerhalb der Laufzeit" in asked.content.decode()
    assert "Größerer Raum gebucht." in asked.content.decode()
    assert done.status_code == 302
    assert Communication.objects.get().outside_reason == "Vorgespräch"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened_on": date(2999, 1, 1)}, "happened_on"),
        ({"due_on": date(2016, 2, 28)}, "due_on"),
        ({"done_on": LEAP}, "due_on"),
        ({"due_on": LEAP, "done_on": date(2999, 1, 1)}, "done_on"),
        ({"due_on": LEAP, "done_on": date(2016, 2, 28)}, "done_on"),
        ({"happened_on": date(2015, 9, 30)}, "outside_reason"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(site, staff, changes, field):
    with pytest.raises(RuleBroken) as refused:
        communications.add(site=site, draft=draft(**changes), side="site", by=staff)

    assert refused.value.field == field


def test_only_the_writer_and_the_team_change_an_entry(signed_in, site, staff, coach):
    entry = CommunicationFactory(site=site, by=coach, due_on=LEAP)
    url = reverse("sites:edit_communication", args=["giessen", entry.pk])
    people = (coach, UserFactory(roles=[Role.OFFICE]), staff, UserFactory(roles=[Role.AUDITOR]))

    answers = [signed_in(user=user).get(url).status_code for user in people]
    coach_page = signed_in(user=coach).get(LIST).content.decode()
    staff_page = signed_in(user=staff).get(LIST).content.decode()

    assert answers == [200, 200, 404, 404]
    assert (url in coach_page, url in staff_page) == (True, False)


def test_a_clash_shows_both_versions(signed_in, site, coach):
    entry = CommunicationFactory(site=site, by=coach, topic="Erste Fassung")
    url = reverse("sites:edit_communication", args=["giessen", entry.pk])
    client, old = signed_in(user=coach), datetime(2016, 1, 1, tzinfo=UTC).isoformat()

    clash = client.post(url, filled(seen_at=old))
    seen = clash.context["form"]["seen_at"].value()
    again = client.post(url, filled(seen_at=seen))
    same = client.post(url, filled(seen_at=old))

    assert (clash.status_code, again.status_code, same.status_code) == (422, 302, 302)
    assert "Zwei Fassungen" in clash.content.decode()
    assert "Erste Fassung" in clash.content.decode()


def test_a_follow_up_stands_on_the_start_page_of_its_writer_until_done(
    signed_in, site, staff, coach
):
    entry = CommunicationFactory(site=site, by=coach, topic="Protokoll nachreichen", due_on=LEAP)
    client, start = signed_in(user=coach), reverse("dashboard:start")
    settle = reverse("sites:settle_communication", args=["giessen", entry.pk])

    before = client.get(start).content.decode()
    other = signed_in(user=staff).get(start).content.decode()
    for _ in range(2):
        client.post(settle)
    after = client.get(start).content.decode()

    seen = ["Wiedervorlage: Protokoll nachreichen" in page for page in (before, other, after)]
    assert seen == [True, False, False]
    entry.refresh_from_db()
    assert entry.done_on == clock.today()


def test_a_follow_up_at_a_site_one_no_longer_looks_after_is_asked_of_nobody(signed_in, site, coach):
    CommunicationFactory(site=site, by=coach, topic="Protokoll nachreichen", due_on=LEAP)
    SiteAssignment.objects.filter(user=coach).update(ends_on=clock.today() - timedelta(days=1))

    page = signed_in(user=coach).get(reverse("dashboard:start")).content.decode()

    assert "Protokoll nachreichen" not in page


def test_without_a_follow_up_there_is_nothing_to_settle(site, coach):
    entry = CommunicationFactory(site=site, by=coach)

    assert communications.settle(entry=entry, by=coach).done_on is None


@pytest.mark.parametrize("amount", [1, 3])
def test_contacts_cost_the_same_for_any_amount(
    signed_in, site, staff, amount, django_assert_num_queries
):
    for _ in range(amount):
        CommunicationFactory(site=site, due_on=LEAP)
    client = signed_in(user=staff)

    with django_assert_num_queries(8):
        page = client.get(LIST)

    assert len(page.context["entries"]) == amount


def test_contacts_are_narrowed_by_kind_and_open_follow_up(signed_in, site):
    CommunicationFactory(site=site, topic="offen", due_on=LEAP)
    CommunicationFactory(site=site, topic="erledigt", due_on=LEAP, done_on=LEAP, kind="email")
    client = signed_in(Role.AUDITOR)

    def topics(**asked):
        return {row.topic for row in client.get(LIST, asked).context["entries"]}

    assert topics() == {"offen", "erledigt"}
    assert topics(stand="offen") == {"offen"}
    assert topics(art="email") == {"erledigt"}
    assert topics(art="email", stand="offen") == set()


def test_a_coach_loses_the_site_the_day_after_and_the_history_stays(site, coach, signed_in):
    row = SiteAssignment.objects.get(user=coach)
    today = clock.today()

    assignments.end_on(assignment=row, last_day=today, by=UserFactory())
    with_rights = permissions.may_log_coaching(coach, site)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        without = permissions.may_log_coaching(coach, site)
        with pytest.raises(RuleBroken) as over:
            assignments.end_on(assignment=row, last_day=clock.today(), by=coach)

    assert (with_rights, without) == (True, False)
    assert "beendet" in over.value.message
    assert SiteAssignment.objects.get(user=coach).ends_on == today


def test_an_end_may_be_moved_while_it_lies_ahead_but_not_before_the_beginning(site, coach):
    row, by = SiteAssignment.objects.get(user=coach), UserFactory()
    later = clock.today() + timedelta(days=30)

    assignments.end_on(assignment=row, last_day=later, by=by)
    moved = assignments.end_on(assignment=row, last_day=clock.today(), by=by)
    same = assignments.end_on(assignment=row, last_day=clock.today(), by=by)

    assert (moved.ends_on, same.ends_on) == (clock.today(), clock.today())
    with pytest.raises(RuleBroken) as refused:
        assignments.end_on(assignment=row, last_day=date(2014, 1, 1), by=by)
    assert refused.value.field == "last_day"


def test_the_team_assigns_and_ends_on_the_page_of_the_file(signed_in, site):
    client = signed_in(Role.OFFICE)
    person = UserFactory(roles=[Role.COACH], full_name="Carla Rinaldi")
    add = reverse("sites:add_assignment", args=["giessen"])
    form = {"who": f"coach:{person.pk}", "starts_on": "2016-02-29", "form_key": str(uuid4())}

    done = client.post(add, form)
    again = client.post(add, form | {"form_key": str(uuid4())})
    early = client.post(add, form | {"starts_on": "1916-02-29", "form_key": str(uuid4())})
    row = SiteAssignment.objects.get(user=person)
    end = reverse("sites:end_assignment", args=["giessen", row.pk])
    ended = client.post(end, {"last_day": "2016-12-31", "form_key": str(uuid4())})
    page = client.get(reverse("sites:site_file", args=["giessen"])).content.decode()

    assert [answer.status_code for answer in (done, again, early, ended)] == [302, 422, 422, 302]
    assert "29. Februar 2016 bis 31. Dezember 2016" in page


def test_the_profile_reaches_the_public_page_and_clashes_show_both(signed_in, client, site, staff):
    own = signed_in(user=staff)
    form = {
        "tasks": "Aufenthaltstitel erteilen",
        "head": "Amtsleitung",
        "languages": "Deutsch, Türkisch",
        "opening_hours": "Montag 8 bis 12 Uhr\r\nDienstag geschlossen",
        "website": "www.example.org",
        "seen_at": "",
        "form_key": str(uuid4()),
    }

    done = own.post(PROFILE, form)
    clash = own.post(PROFILE, form | {"head": "Fachdienst", "form_key": str(uuid4())})
    wrong = own.post(PROFILE, form | {"website": "ftp://x.de", "form_key": str(uuid4())})
    page = client.get(PUBLIC).content.decode()

    assert [answer.status_code for answer in (done, clash, wrong)] == [302, 422, 422]
    assert "Zwei Fassungen" in clash.content.decode()
    for text in ("Türkisch", "Montag 8 bis 12 Uhr<br>Dienstag", "https://www.example.org"):
        assert text in page


def test_released_staff_figures_stand_in_the_profile(client, site):
    row = IndicatorFactory(key="staff_fte", name="Personal", unit="Stellen")
    IndicatorValueFactory(site=site, indicator=row, value=20)
    IndicatorValueFactory(site=site, indicator=row, value=24, phase="end")
    hidden = client.get(PUBLIC).content.decode()
    IndicatorReleaseFactory(site=site, indicator=row)

    page = client.get(PUBLIC).content.decode()

    assert "24 Stellen" not in hidden
    assert "zuletzt 24 Stellen" in page
