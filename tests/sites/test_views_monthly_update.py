"""The month from the desk of a site: what moved becomes steps, nothing overwritten."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from sites.enums import MeasureStatus
from sites.models import MeasureUpdate
from sites.rules.measure_steps import StepDraft
from sites.services import measure_steps
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    MeasureFactory,
    MeasureUpdateFactory,
)
from tests.pages import summary_of

pytestmark = pytest.mark.django_db
GOALS = reverse("sites:goals", args=["giessen"])
MONTH = reverse("sites:monthly_update", args=["giessen"])


def month_form(client, **changes):
    """Return what the page sends if nothing is touched, with some changes."""
    form = client.get(MONTH).context["form"]
    return {field.html_name: field.value() or "" for field in form} | {
        "form_key": str(uuid4()),
        **changes,
    }


@pytest.mark.parametrize("amount", [1, 3])
def test_the_month_costs_the_same_for_any_amount(
    signed_in, site, staff, amount, django_assert_max_num_queries
):
    for measure in MeasureFactory.create_batch(amount, site=site):
        MeasureUpdateFactory(measure=measure)
    client = signed_in(user=staff)

    with django_assert_max_num_queries(8):
        response = client.get(MONTH)

    assert len(response.context["form"].rows) == amount


def test_untouched_lines_of_the_month_make_no_step(signed_in, site, staff):
    first, second = MeasureFactory.create_batch(2, site=site)
    MeasureFactory(site=site, status=MeasureStatus.DONE)
    client = signed_in(user=staff)
    changes = {f"reason_{second.pk}": "Zwei Termine", f"hours_{second.pk}": "1,5"}
    form = month_form(client, **changes)

    answers = [client.post(MONTH, form) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [GOALS, GOALS]
    assert list(MeasureUpdate.objects.values_list("measure", "reason", "hours")) == [
        (second.pk, "Zwei Termine", Decimal("1.5"))
    ]
    assert not first.updates.exists()


def test_every_line_of_the_month_that_breaks_a_rule_is_named(signed_in, site, staff):
    first = MeasureFactory(site=site, title="Wegweiser")
    second = MeasureFactory(site=site, title="Rückruf")
    client = signed_in(user=staff)
    changes = {
        f"status_{first.pk}": "done",
        f"hours_{second.pk}": "-1",
        f"reason_{second.pk}": "Doppelt",
    }

    response = client.post(MONTH, month_form(client, **changes))

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {f"reason_{first.pk}", f"hours_{second.pk}"}
    assert [line.split(" – ")[0] for line in summary_of(response.content.decode())] == [
        "Wegweiser: Was ist neu?",
        "Rückruf: Stunden",
    ]
    assert "Doppelt" in response.content.decode()
    assert not MeasureUpdate.objects.exists()


def test_the_month_shows_both_versions_and_keeps_the_newer_state(signed_in, site, staff):
    first, second = MeasureFactory.create_batch(2, site=site)
    client = signed_in(user=staff)
    changes = {f"reason_{first.pk}": "Plakate hängen", f"reason_{second.pk}": "Termin steht"}
    form = month_form(client, **changes)
    closed = StepDraft(status="done", reason="Abgeschlossen", hours=None, seen=0)
    theirs = measure_steps.step(measure=first, draft=closed, by=UserFactory())

    clash = client.post(MONTH, form)

    assert clash.status_code == 422
    page = clash.content.decode()
    assert "umgesetzt: Abgeschlossen" in page
    assert "Plakate hängen" in page
    assert "Termin steht" in page
    assert MeasureUpdate.objects.get() == theirs
    shown = {field.html_name: field.value() or "" for field in clash.context["form"]}
    assert shown[f"status_{first.pk}"] == "done"
    saved = client.post(MONTH, shown | {"form_key": str(uuid4())})
    assert saved.status_code == 302
    assert list(first.updates.values_list("status", "reason")) == [
        ("done", "Abgeschlossen"),
        ("done", "Plakate hängen"),
    ]


def test_nonsense_in_the_month_changes_nothing(signed_in, site, staff):
    measure = MeasureFactory(site=site)
    client = signed_in(user=staff)
    form = {"form_key": str(uuid4()), "seen_²": "1", f"seen_{'9' * 30}": "1", "seen_-1": ""}

    response = client.post(MONTH, form | {f"seen_{measure.pk}": "9" * 40})

    assert response.status_code in {302, 422}
    assert not MeasureUpdate.objects.exists()


def test_a_site_without_open_measures_says_so(signed_in, site, staff):
    MeasureFactory(site=site, status=MeasureStatus.DONE)

    assert "Keine offene Maßnahme" in signed_in(user=staff).get(MONTH).content.decode()


def test_the_pages_of_the_month_hold_while_they_are_saved_one_by_one(signed_in, site, staff):
    measures = MeasureFactory.create_batch(52, site=site)
    client = signed_in(user=staff)
    closed = {f"status_{row.pk}": "done" for row in measures[:3]}
    reasons = {f"reason_{row.pk}": "Abgeschlossen" for row in measures[:3]}

    saved = client.post(MONTH, month_form(client, **closed, **reasons))
    second = client.get(saved["Location"])
    first = client.get(MONTH)

    assert saved["Location"] == f"{MONTH}?seite=2"
    assert [row.measure for row in second.context["form"].rows] == measures[50:]
    assert [row.measure for row in first.context["form"].rows] == measures[:50]


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("2,55", "mit höchstens einer Stelle nach dem Komma an, etwa 2,5."),
        ("zwei", "mit höchstens einer Stelle nach dem Komma an, etwa 2,5."),
        ("99999999", "Bitte geben Sie höchstens 9.999,9 Stunden an."),
        ("-10000", "Bitte geben Sie höchstens 9.999,9 Stunden an."),
    ],
)
def test_hours_nobody_can_mean_are_refused_once_and_stay_typed(signed_in, site, staff, hours, told):
    measure = MeasureFactory(site=site, title="Rückruf")
    client = signed_in(user=staff)

    page = client.post(MONTH, month_form(client, **{f"hours_{measure.pk}": hours}))

    (line,) = summary_of(page.content.decode())
    assert line.startswith("Rückruf: Stunden – ")
    assert line.endswith(told)
    assert f'value="{hours}"' in page.content.decode()
