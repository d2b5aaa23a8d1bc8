"""Forms of a site that takes no entries: the reason and no form, by whatever way one gets there."""

from datetime import date

import pytest
from django.urls import reverse

from programme.enums import Role
from sites.enums import SiteStatus
from tests.factories.sites import IndicatorValueFactory, MeasureFactory

pytestmark = pytest.mark.django_db
GONE = (
    "Gießen ist am 29.02.2016 ausgeschieden. Grund: Umbau der Verwaltung. Was bis dahin "
    "eingetragen wurde, bleibt lesbar; Neues kommt nicht hinzu."
)
OF_SITE = [
    ("add_goal", ()),
    ("add_measure", ()),
    ("monthly_update", ()),
    ("add_indicator", ()),
    ("import_indicators", ()),
    ("enter_indicators", ("ausgangswert",)),
    ("add_document", ()),
]
OF_MEASURE = ["step_measure"]
OF_VALUE = ["edit_readings", "edit_groups", "add_evidence"]


def sends_something(answer):
    return 'method="post" novalidate' in answer.content.decode()


def leave(site):
    site.status, site.withdrawn_on = SiteStatus.WITHDRAWN, date(2016, 2, 29)
    site.withdrawn_reason = "Umbau der Verwaltung."
    site.save()


@pytest.fixture
def addresses(site):
    measure = MeasureFactory(site=site)
    value = IndicatorValueFactory(site=site)
    return [
        *(reverse(f"sites:{name}", args=["giessen", *rest]) for name, rest in OF_SITE),
        *(reverse(f"sites:{name}", args=["giessen", measure.pk]) for name in OF_MEASURE),
        *(reverse(f"sites:{name}", args=["giessen", value.pk]) for name in OF_VALUE),
    ]


def test_a_form_stands_there_while_the_site_takes_entries(signed_in, staff, addresses):
    client = signed_in(user=staff)

    answers = [client.get(address) for address in addresses]

    assert {(answer.status_code, sends_something(answer)) for answer in answers} == {(200, True)}


def test_a_withdrawn_site_gives_the_reason_and_no_form(signed_in, site, staff, addresses):
    leave(site)
    client = signed_in(user=staff)

    answers = [client.get(address) for address in addresses]

    assert {(answer.status_code, sends_something(answer)) for answer in answers} == {(200, False)}
    assert [
        address
        for address, page in zip(addresses, answers, strict=True)
        if GONE not in page.content.decode()
    ] == []


def test_coach_and_team_see_the_reason_as_well(signed_in, site, coach):
    leave(site)
    pages = [
        (signed_in(user=coach), reverse("sites:log_coaching_day", args=["giessen"])),
        (signed_in(user=coach), reverse("sites:nudge_indicators", args=["giessen"])),
        (signed_in(user=coach), reverse("sites:comment_contribution", args=["giessen", "rat"])),
        (signed_in(Role.OFFICE), reverse("sites:coaching_budget", args=["giessen"])),
    ]

    answers = [client.get(address) for client, address in pages]

    assert [(sends_something(page), GONE in page.content.decode()) for page in answers] == [
        (False, True)
    ] * 4


def test_a_site_that_only_applied_says_from_when_on_it_takes_entries(signed_in, site):
    site.status = SiteStatus.APPLIED
    site.save()

    page = signed_in(Role.OFFICE).get(reverse("sites:add_measure", args=["giessen"]))

    assert not sends_something(page)
    assert "Eintragen können Sie hier ab der Auswahl." in page.content.decode()


@pytest.mark.parametrize(
    ("status", "closed"),
    [
        (SiteStatus.SELECTED, ["complete_site"]),
        (SiteStatus.ACTIVE, ["begin_site"]),
        (SiteStatus.COMPLETED, ["begin_site", "complete_site", "withdraw_site"]),
        (SiteStatus.WITHDRAWN, ["begin_site", "complete_site", "withdraw_site"]),
    ],
)
def test_a_step_the_site_cannot_take_gives_the_reason_and_no_form(signed_in, site, status, closed):
    site.status = status
    site.save()
    client = signed_in(Role.OFFICE)
    steps = ["begin_site", "complete_site", "withdraw_site"]

    pages = {step: client.get(reverse(f"sites:{step}", args=["giessen"])) for step in steps}

    assert [step for step, page in pages.items() if not sends_something(page)] == closed
    for step in closed:
        told = f"Gießen hat den Stand „{site.get_status_display()}“ und kann nicht den Stand"
        assert told in pages[step].content.decode()


def test_a_final_status_says_that_it_is_final(signed_in, site):
    site.status = SiteStatus.COMPLETED
    site.save()

    page = signed_in(Role.OFFICE).get(reverse("sites:withdraw_site", args=["giessen"]))

    assert (
        "Gießen hat den Stand „abgeschlossen“ und kann nicht den Stand „ausgeschieden“ bekommen. "
        "Dieser Stand ist endgültig."
    ) in page.content.decode()
