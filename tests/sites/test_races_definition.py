"""A definition changes while somebody enters a value: the value carries the one that stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from programme.enums import Role
from programme.errors import RuleBroken
from sites.models import IndicatorValue
from sites.rules.indicator_values import ValueDraft
from sites.services import indicator_definitions, indicators
from sites.services.indicator_definitions import IndicatorDraft
from tests.factories.programme import ProgrammeFactory, UserFactory
from tests.factories.sites import IndicatorFactory, SiteFactory

pytestmark = pytest.mark.django_db(transaction=True)
VALUE = ValueDraft(
    value=Decimal("45.5"),
    measured_on=date(2016, 2, 29),
    method="count",
    source="Strichliste am Empfang",
)


@pytest.fixture
def site(db):
    return SiteFactory(programme=ProgrammeFactory(is_current=True))


def while_uncommitted(first, second):
    """Do the second thing while the first is written but not yet in force; return its refusal."""
    written = Event()

    def begin():
        try:
            with transaction.atomic():
                first()
                written.set()
                sleep(0.4)
        finally:
            connection.close()

    def follow():
        written.wait(10)
        try:
            second()
        except RuleBroken as broken:
            return broken.message
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pool.submit(begin)
        return pool.submit(follow).result(20)


def redefined(indicator, by, **changes):
    draft = IndicatorDraft(**vars(IndicatorDraft.of(indicator)) | changes)
    return lambda: indicator_definitions.redefine(indicator=indicator, draft=draft, by=by)


def entered(site, indicator, by):
    return lambda: indicators.enter(
        site=site, phase="baseline", drafts={indicator.pk: VALUE}, seen=None, by=by
    )


def test_a_value_entered_while_the_definition_changes_carries_the_new_version(site):
    indicator, team = IndicatorFactory(), UserFactory(roles=[Role.OFFICE])

    told = while_uncommitted(
        redefined(indicator, team, definition="Mittelwert statt Median."),
        entered(site, indicator, team),
    )

    indicator.refresh_from_db()
    assert told == "done"
    assert (indicator.version, IndicatorValue.objects.get().definition_version) == (2, 2)


def test_the_kind_does_not_change_under_a_value_that_is_being_entered(site):
    indicator, team = IndicatorFactory(kind="number"), UserFactory(roles=[Role.OFFICE])

    told = while_uncommitted(
        entered(site, indicator, team), redefined(indicator, team, kind="scale")
    )

    indicator.refresh_from_db()
    assert "gibt es schon Werte" in told
    assert (indicator.kind, indicator.version) == ("number", 1)
