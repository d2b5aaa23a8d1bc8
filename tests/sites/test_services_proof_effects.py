"""What the sites hand in for the proof of use."""

from datetime import date

import pytest

from sites.enums import MeasureStatus
from sites.services.proof_effects import measures
from tests.factories.sites import MeasureFactory, MeasureUpdateFactory, SiteFactory

DONE = MeasureStatus.DONE


@pytest.mark.django_db
def test_measures_done_by_the_last_day_count(programme):
    site = SiteFactory(programme=programme)
    in_time, late, _ = MeasureFactory.create_batch(3, site=site, status=DONE)
    MeasureUpdateFactory(measure=in_time, status=DONE, happened_on=date(2016, 6, 30))
    MeasureUpdateFactory(measure=late, status=DONE, happened_on=date(2016, 7, 1))
    MeasureFactory(site=site, status=MeasureStatus.RUNNING)
    MeasureFactory(status=DONE)

    assert measures(programme=programme, until=date(2016, 6, 30)) == 2
