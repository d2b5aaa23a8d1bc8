"""Goals, the course of measures and the month, from the desk of a site."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import Role
from sites.enums import GoalStatus, MeasureStatus, SiteStatus
from sites.models import Goal, Measure, MeasureUpdate
from tests.factories.programme import FieldOfActionFactory
from tests.factories.sites import (
    GoalFactory,
    LegalNormFactory,
    MeasureFactory,
    MeasureUpdateFactory,
)

pytestmark = pytest.mark.django_db
GOALS = reverse("sites:goals", args=["giessen"])
ADD_GOAL = reverse("sites:add_goal", args=["giessen"])
ADD_MEASURE = reverse("sites:add_measure", args=["giessen"])
MONTH = reverse("sites:monthly_update", args=["giessen"])


def goal_form(**changes):
    return {
        "form_key": str(uuid4()),
        "field_of_action": FieldOfActionFactory().pk,
        "title": "Kürzere Wege",
        "is_public": "on",
    } | changes


def address(name, *args):
    return reverse(f"sites:{name}", args=["giessen", *args])


@pytest.mark.parametrize("amount", [1, 3])
def test_goals_cost_the_same_for_any_amount(
    signed_in, site, staff, amount, django_assert_num_queries
):
    for goal in GoalFactory.create_batch(amount, site=site):
        MeasureUpdateFactory(measure=MeasureFactory(site=site, goal=goal))
        MeasureFactory(site=site)
    client = signed_in(user=staff)

    with django_assert_num_queries(9):
        response = client.get(GOALS)

    assert len(response.context["page"].entries) == amount + 1


def test_measures_stand_beneath_their_goal_and_those_without_a_goal_last(signed_in, site, staff):
    loose = MeasureFactory(site=site)
    goal, bare = GoalFactory.create_batch(2, site=site)
    serving = MeasureFactory(site=site, goal=goal)

    entries = signed_in(user=staff).get(GOALS).context["page"].entries

    assert [(entry.goal, entry.measures) for entry in entries] == [
        (goal, (serving,)),
        (bare, ()),
        (None, (loose,)),
    ]


def test_a_hundred_measures_are_shown_page_by_page(signed_in, site, staff):
    MeasureFactory.create_batch(30, site=site, goal=GoalFactory(site=site))
    client = signed_in(user=staff)

    shown = [client.get(GOALS, {"seite": page}).context["page"].entries for page in ("1", "2")]

    assert [len(entries[0].measures) for entries in shown] == [25, 5]


def test_staff_add_a_goal_and_say_what_became_of_it(signed_in, site, staff):
    client = signed_in(user=staff)
    assert client.post(ADD_GOAL, goal_form())["Location"] == GOALS
    goal = Goal.objects.get()
    url = address("edit_goal", goal.pk)
    seen_at = client.get(url).context["form"]["seen_at"].value()
    form = goal_form(status=GoalStatus.PARTLY, seen_at=seen_at)

    asked = client.post(url, form)
    saved = client.post(url, form | {"status_note": "Die Anzeige fehlt noch."})

    assert asked.status_code == 422
    assert "status_note" in asked.context["form"].errors
    assert saved.status_code == 302
    goal.refresh_from_db()
    assert (goal.status, goal.status_note) == (GoalStatus.PARTLY, "Die Anzeige fehlt noch.")


def test_two_people_who_save_a_goal_at_once_see_both_versions(signed_in, site, staff):
    goal = GoalFactory(site=site)
    client, url = signed_in(user=staff), address("edit_goal", goal.pk)
    seen_at = client.get(url).context["form"]["seen_at"].value()
    form = goal_form(status="open", seen_at=seen_at)
    client.post(url, form | {"title": "Fassung A"})

    clash = client.post(url, form | {"title": "Fassung B", "form_key": str(uuid4())})

    assert clash.status_code == 422
    page = clash.content.decode()
    assert "Fassung A" in page
    assert "Fassung B" in page
    assert Goal.objects.get().title == "Fassung A"


def test_a_withdrawn_site_takes_no_goals(signed_in, site):
    site.status = SiteStatus.WITHDRAWN
    site.save()
    client = signed_in(Role.OFFICE)

    assert "Hier kann nichts eingetragen werden" in client.get(ADD_GOAL).content.decode()
    assert client.post(ADD_GOAL, goal_form()).status_code == 422
    assert not Goal.objects.exists()


def test_a_foreign_goal_or_measure_looks_like_a_missing_one(signed_in, programme, site, staff):
    foreign = MeasureFactory(site__programme=programme)
    goal = GoalFactory(site=foreign.site)
    client = signed_in(user=staff)

    for url in (
        address("edit_goal", goal.pk),
        address("measure", foreign.pk),
        address("step_measure", foreign.pk),
        reverse("sites:measure", args=[foreign.site.slug, foreign.pk]),
        reverse("sites:goals", args=[foreign.site.slug]),
        reverse("sites:monthly_update", args=[foreign.site.slug]),
    ):
        assert client.get(url).status_code == 404


def test_a_measure_names_its_goal_and_the_legal_bases_of_the_run_time(signed_in, site, staff):
    goal = GoalFactory(site=site)
    held = LegalNormFactory(norm="§ 44a AufenthG")
    later = LegalNormFactory(norm="§ 81a AufenthG", in_force_from=date(2020, 3, 1))
    client = signed_in(user=staff)
    form = {
        "form_key": str(uuid4()),
        "field_of_action": FieldOfActionFactory().pk,
        "goal": goal.pk,
        "title": "Merkblatt zum Kurs",
        "effect": "Von 120 Vorsprachen endeten 40 am Servicepunkt.",
        "effect_n": "120",
        "status": "running",
        "balance": "0",
    }

    page = client.get(ADD_MEASURE).content.decode()
    refused = client.post(ADD_MEASURE, form | {"norms": [later.pk]})
    without_n = client.post(ADD_MEASURE, form | {"effect_n": ""})
    saved = client.post(ADD_MEASURE, form | {"norms": [held.pk]})

    assert "§ 44a AufenthG" in page
    assert "§ 81a AufenthG" not in page
    assert "norms" in refused.context["form"].errors
    assert "effect_n" in without_n.context["form"].errors
    assert saved.status_code == 302
    measure = Measure.objects.get()
    assert (measure.goal, measure.effect_n, list(measure.norms.all())) == (goal, 120, [held])
    assert list(measure.updates.values_list("status", "by")) == [("running", staff.pk)]


def test_the_state_of_a_measure_is_not_part_of_its_form(signed_in, site, staff):
    measure = MeasureFactory(site=site, balance=0)
    client, url = signed_in(user=staff), address("edit_measure", measure.pk)
    page = client.get(url)

    client.post(
        url,
        {
            "form_key": str(uuid4()),
            "field_of_action": measure.field_of_action_id,
            "title": "Neu",
            "status": "done",
            "balance": "0",
            "seen_at": page.context["form"]["seen_at"].value(),
        },
    )

    assert "status" not in page.context["form"].fields
    measure.refresh_from_db()
    assert (measure.title, measure.status) == ("Neu", MeasureStatus.RUNNING)


@pytest.mark.parametrize("amount", [1, 3])
def test_one_measure_shows_its_steps_at_a_fixed_cost(
    signed_in, site, staff, amount, django_assert_max_num_queries
):
    measure = MeasureFactory(site=site)
    for _ in range(amount):
        MeasureUpdateFactory(measure=measure, hours=Decimal("12.5"), reason="Neue Schilder")
    client = signed_in(user=staff)

    with django_assert_max_num_queries(9):
        page = client.get(address("measure", measure.pk)).content.decode()

    assert {1: "12,5 Stunden", 3: "37,5 Stunden"}[amount] in page
    assert "31. März 2016" in page


def test_a_step_needs_its_reason_and_keeps_what_was_typed(signed_in, site, staff):
    measure = MeasureFactory(site=site)
    client, url = signed_in(user=staff), address("step_measure", measure.pk)
    form = {
        "form_key": str(uuid4()),
        "status": "done",
        "hours": "2,5",
        "happened_on": "2017-02-28",
        "seen": client.get(url).context["form"]["seen"].value(),
    }

    asked = client.post(url, form)
    nonsense = client.post(url, form | {"hours": "2,55", "reason": "Fertig"})
    saved = client.post(url, form | {"reason": "Fertig"})
    again = client.post(url, form | {"reason": "Fertig"})

    assert "reason" in asked.context["form"].errors
    assert 'value="2,5"' in asked.content.decode()
    assert "hours" in nonsense.context["form"].errors
    assert [saved.status_code, again.status_code] == [302, 302]
    assert list(MeasureUpdate.objects.values_list("status", "hours", "reason")) == [
        ("done", Decimal("2.5"), "Fertig")
    ]


def test_auditors_read_goals_and_measures_and_change_nothing(signed_in, site):
    measure = MeasureFactory(site=site)
    client = signed_in(Role.AUDITOR)

    assert client.get(GOALS).status_code == 200
    assert client.get(address("measure", measure.pk)).status_code == 200
    assert client.post(MONTH, {}).status_code == 404
    assert client.post(address("step_measure", measure.pk), {}).status_code == 404


@pytest.mark.parametrize("amount", [1, 30])
def test_the_overview_stays_short_however_many_measures_there_are(
    signed_in, site, staff, amount, django_assert_num_queries
):
    for measure in MeasureFactory.create_batch(amount, site=site, due_on=date(2017, 1, 31)):
        MeasureUpdateFactory(measure=measure)
    client = signed_in(user=staff)

    with django_assert_num_queries(10):
        response = client.get(reverse("sites:workspace_site", args=["giessen"]))

    numbers = response.context["numbers"]
    assert (numbers.open, numbers.overdue, numbers.without_news) == (amount,) * 3
    assert len(response.context["page"].next_measures) == min(amount, 10)
    page = response.content.decode()
    assert page.count("kern-btn--primary") == 1
    assert "Monatsstand eintragen" in page


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (SiteStatus.ACTIVE, ["läuft", "geplant", "umgesetzt"]),
        (
            SiteStatus.COMPLETED,
            [
                "am Ende der Begleitung in Arbeit",
                "am Ende der Begleitung noch geplant",
                "umgesetzt",
            ],
        ),
    ],
)
def test_nothing_runs_any_more_once_the_coaching_is_over(
    signed_in, site, staff, status, told, django_assert_max_num_queries
):
    for state in (MeasureStatus.RUNNING, MeasureStatus.PLANNED, MeasureStatus.DONE):
        MeasureFactory(site=site, status=state)
    site.status = status
    site.save()

    client = signed_in(user=staff)

    with django_assert_max_num_queries(9):
        page = client.get(GOALS)

    (entry,) = page.context["page"].entries
    assert [measure.told_status for measure in entry.measures] == told
    assert all(words in page.content.decode() for words in told)
