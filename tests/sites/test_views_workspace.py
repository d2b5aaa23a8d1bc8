"""The workspace: own sites only, what was typed is kept, nothing overwritten."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import Role
from sites.enums import AssignmentKind
from sites.models import CoachingDay
from sites.services import coaching_answers
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    CoachingDayFactory,
    MeasureFactory,
    NextStepFactory,
    SiteAssignmentFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


def coaching_form(**changes):
    return {
        "form_key": str(uuid4()),
        "site": "giessen",
        "held_on": "2016-02-29",
        "hours": "6,5",
        "mode": "on_site",
        "participants": "5",
        "happened": "Ist-Analyse. Abläufe aufgenommen.",
        "site_steps": "Wartezeiten zählen\n\nSchilder prüfen",
        "site_due_on": "2016-03-15",
        "coach_steps": "",
    } | changes


ADD = reverse("sites:add_measure", args=["giessen"])
LOG = reverse("sites:log_coaching_day", args=["giessen"])


@pytest.mark.parametrize("amount", [1, 3])
def test_the_own_list_costs_the_same_for_any_amount(
    signed_in, programme, amount, django_assert_num_queries
):
    user = UserFactory(roles=[Role.COACH])
    for site in SiteFactory.create_batch(amount, programme=programme):
        SiteAssignmentFactory(user=user, site=site, kind=AssignmentKind.COACH)
        MeasureFactory(site=site)
    client = signed_in(user=user)

    with django_assert_num_queries(6):
        response = client.get(reverse("sites:workspace"))

    assert [site.measure_count for site in response.context["sites"]] == [1] * amount


@pytest.mark.parametrize("amount", [1, 3])
def test_the_site_costs_the_same_for_any_amount(
    signed_in, site, coach, amount, django_assert_num_queries
):
    MeasureFactory.create_batch(amount, site=site)
    for day in CoachingDayFactory.create_batch(amount, site=site):
        NextStepFactory(coaching_day=day)
    client = signed_in(user=coach)

    with django_assert_num_queries(10):
        response = client.get(reverse("sites:workspace_site", args=["giessen"]))

    assert len(response.context["page"].coaching_days) == amount


def test_staff_and_coach_see_their_own_sites_the_team_and_auditors_all(
    signed_in, programme, site, staff, coach
):
    SiteFactory(programme=programme, name="Wiesbaden")

    def listed(client):
        return [row.name for row in client.get(reverse("sites:workspace")).context["sites"]]

    assert listed(signed_in(user=staff)) == ["Gießen"]
    assert listed(signed_in(user=coach)) == ["Gießen"]
    assert listed(signed_in(Role.OFFICE)) == ["Gießen", "Wiesbaden"]
    assert listed(signed_in(Role.AUDITOR)) == ["Gießen", "Wiesbaden"]
    assert signed_in(Role.FINANCE).get(reverse("sites:workspace")).status_code == 403


def test_an_ended_assignment_opens_nothing(signed_in, site):
    user = UserFactory(roles=[Role.COACH])
    SiteAssignmentFactory(
        user=user, site=site, kind=AssignmentKind.COACH, ends_on=date(2017, 6, 30)
    )

    assert signed_in(user=user).get(LOG).status_code == 404


def test_a_site_whose_role_was_taken_leaves_the_list_as_well(signed_in, site):
    person = UserFactory(roles=[Role.SITE])  # was a coach once
    SiteAssignmentFactory(user=person, site=site, kind=AssignmentKind.COACH)

    page = signed_in(user=person).get(reverse("sites:workspace"))

    assert page.context["sites"] == []


def test_the_coach_logs_a_day_and_the_public_page_counts_it_once_confirmed(
    signed_in, client, site, coach
):
    response = signed_in(user=coach).post(LOG, coaching_form())

    assert response.status_code == 302
    day = CoachingDay.objects.get()
    assert list(day.next_steps.values_list("side", "text", "due_on")) == [
        ("site", "Wartezeiten zählen", date(2016, 3, 15)),
        ("site", "Schilder prüfen", date(2016, 3, 15)),
    ]
    public = reverse("sites:site", args=["giessen"])
    assert "Begleittag" not in client.get(public).content.decode()
    coaching_answers.confirm(day=day, seen_at=day.changed_at, by=None)
    page = client.get(public).content.decode()
    assert "Begleittag" in page
    assert "6,5" in page


def test_neither_staff_nor_the_team_log_coaching_days(signed_in, site, staff):
    assert signed_in(user=staff).post(LOG, coaching_form()).status_code == 404
    assert signed_in(Role.OFFICE).post(LOG, coaching_form()).status_code == 404
    assert not CoachingDay.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": "25"}, "hours"),
        ({"hours": "0"}, "hours"),
        ({"participants": "-1"}, "participants"),
        ({"held_on": "2017-07-01"}, "outside_reason"),
        ({"site_steps": "x" * 301}, "site_steps"),
        ({"coach_steps": "\n".join("abcdefghi")}, "coach_steps"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(signed_in, coach, change, field):
    response = signed_in(user=coach).post(LOG, coaching_form(**change))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Ist-Analyse" in response.content.decode()
    assert not CoachingDay.objects.exists()


def test_a_person_from_outside_is_sent_to_the_login(client, site):
    response = client.get(ADD)

    assert response.status_code == 302
    assert "/konto/login/" in response["Location"]


@pytest.mark.parametrize("hours", ["-1", "0", "25", "1e9", "abc", "6,555"])
def test_hours_nobody_works_are_asked_for_in_plain_words(signed_in, site, coach, hours):
    page = signed_in(user=coach).post(LOG, coaching_form(hours=hours))

    assert set(page.context["form"].errors["hours"]) == {
        "Bitte geben Sie zwischen 0,25 und 24 Stunden an, zum Beispiel 6,5."
    }
