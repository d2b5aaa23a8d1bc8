"""What the report, the home page and the map ask the sites."""

from datetime import date

import pytest

from network.enums import PublicBodyKind, Region
from network.models import PublicBody
from sites.enums import SiteStatus
from sites.queries import sites, tiles
from tests.factories.sites import CoachingDayFactory, SiteFactory

pytestmark = pytest.mark.django_db


def body_of(office, name, column):
    return PublicBody.objects.create(
        office=office,
        kind=PublicBodyKind.DISTRICT,
        name=name,
        short_name=name[:12],
        key=f"06{column:03d}",
        region=Region.GIESSEN,
        seat="Wetzlar",
        latitude="50.556",
        longitude="8.503",
        tile_column=column,
        tile_row=4,
        valid_from=date(2000, 1, 1),
    )


def test_the_map_marks_sites_and_says_it_in_words(programme):
    coached = SiteFactory(programme=programme, slug="giessen", status=SiteStatus.COMPLETED)
    left = SiteFactory(programme=programme, status=SiteStatus.WITHDRAWN)
    chosen = SiteFactory(programme=programme, slug="kassel", status=SiteStatus.SELECTED)
    body_of(chosen.organisation, "Kassel", 4)
    body_of(coached.organisation, "Gießen", 1)
    body_of(left.organisation, "Lahn-Dill", 2)
    body_of(SiteFactory(programme=programme, status="applied").organisation, "Fulda", 3)

    bodies = sites.bodies_in_run_time(programme=programme)
    entries = sites.public_sites(programme=programme, bodies=bodies)
    drawn = tiles.site_map(entries=entries, bodies=bodies)

    assert {(tile.name, tile.tone, tile.text, tile.url) for tile in drawn.tiles} == {
        ("Gießen", "site", "abgeschlossen", "/standorte/giessen/"),
        ("Kassel", "selected", "ausgewählt", "/standorte/kassel/"),
        ("Lahn-Dill", "withdrawn", "ausgeschieden", f"/standorte/{left.slug}/"),
        ("Fulda", "neutral", "kein Standort", ""),
    }
    assert [tone for tone, _ in drawn.legend] == ["site", "selected", "withdrawn", "neutral"]


def test_coaching_effort_names_the_years(programme):
    site = SiteFactory(programme=programme)
    assert sites.coaching_effort(site=site).years == ""
    CoachingDayFactory(site=site, held_on=date(2016, 2, 29))
    assert sites.coaching_effort(site=site).years == "2016"
    CoachingDayFactory(site=site, held_on=date(2017, 5, 2))

    figures = sites.coaching_effort(site=site)

    assert (figures.days, figures.hours, figures.years) == (2, 13, "2016 bis 2017")
