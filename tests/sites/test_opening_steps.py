"""Measures from the time before steps: each gets the step it stands on, once."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from sites.enums import MeasureStatus
from sites.models import MeasureUpdate
from tests.factories.programme import UserFactory
from tests.factories.sites import MeasureFactory, MeasureUpdateFactory

pytestmark = pytest.mark.django_db


def open_measures():
    import_module("sites.migrations.0007_opening_steps").open_measures_without_steps(apps, None)


def test_a_measure_without_steps_gets_one_with_its_state_on_its_day_in_hessen():
    MeasureFactory(
        status=MeasureStatus.DONE,
        created_by=UserFactory(),
        updated_at=datetime(2016, 6, 30, 22, 30, tzinfo=UTC),
    )

    open_measures()
    open_measures()

    columns = ("status", "reason", "hours", "happened_on", "by")
    assert list(MeasureUpdate.objects.values_list(*columns)) == [
        (MeasureStatus.DONE, "", None, date(2016, 7, 1), None)
    ]


def test_measures_with_steps_and_those_from_published_sources_are_left_alone():
    step = MeasureUpdateFactory()
    MeasureFactory(source_note="Jahresbericht 2016, S. 12")

    open_measures()

    assert list(MeasureUpdate.objects.all()) == [step]
