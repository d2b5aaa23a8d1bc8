"""Bodies change by new rows; what was stays."""

from datetime import date
from decimal import Decimal

import pytest

from network.enums import PublicBodyKind
from network.models import Organisation, PublicBody
from network.rules.public_bodies import BodyDetails, Standing
from network.services import master_data, public_bodies
from programme.errors import RuleBroken
from tests.factories.network import OrganisationFactory
from tests.factories.programme import UserFactory

INDEPENDENT = PublicBodyKind.INDEPENDENT_CITY
SPECIAL = PublicBodyKind.SPECIAL_STATUS_CITY
STATUS_2026 = Standing(kind=INDEPENDENT, name="Hanau", short_name="HU", key="06415000")


@pytest.fixture
def hanau(programme):
    """Hanau as it stood before 2026, beside the whole network."""
    master_data.load(programme=programme)
    PublicBody.objects.get(key="06415000").delete()
    PublicBody.objects.filter(key="06435014").update(valid_to=None)
    return PublicBody.objects.get(key="06435014")


def change(body, standing=STATUS_2026, office=None, from_day=date(2026, 1, 1)):
    return public_bodies.change_standing(
        body=body,
        standing=standing,
        office=office or body.office,
        from_day=from_day,
        by=UserFactory(),
    )


def test_hanau_becomes_independent_and_its_past_stays(hanau):
    change(hanau)

    rows = PublicBody.objects.filter(name="Hanau").order_by("valid_from")
    assert [(row.kind, row.district, row.valid_to) for row in rows] == [
        (SPECIAL, "Main-Kinzig-Kreis", date(2025, 12, 31)),
        (INDEPENDENT, "", None),
    ]
    assert len({(row.tile_column, row.tile_row, row.latitude) for row in rows}) == 1
    assert [
        PublicBody.objects.on(day).count() for day in (date(2025, 12, 31), date(2026, 1, 1))
    ] == [
        33,
        33,
    ]


def test_loading_the_programme_keeps_the_change(hanau, programme):
    change(hanau, from_day=date(2026, 2, 1))

    master_data.load(programme=programme)

    hanau.refresh_from_db()
    assert hanau.valid_to == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("standing", "from_day", "field"),
    [
        (STATUS_2026, date(2000, 1, 1), "from_day"),
        (Standing(INDEPENDENT, "Hanau", "HU", "6415"), date(2026, 1, 1), "key"),
        (Standing(INDEPENDENT, "Hanau", "HU", "06611000"), date(2026, 1, 1), "key"),
        (Standing(SPECIAL, "Hanau", "HU", "06415000"), date(2026, 1, 1), "district"),
        (Standing(INDEPENDENT, "Hanau", "HU", "06415000", "MKK"), date(2026, 1, 1), "district"),
    ],
)
def test_what_would_rewrite_history_or_cannot_be_is_refused(hanau, standing, from_day, field):
    with pytest.raises(RuleBroken) as broken:
        change(hanau, standing, from_day=from_day)

    assert broken.value.field == field
    assert PublicBody.objects.filter(name="Hanau").count() == 1


def test_a_row_that_has_ended_is_not_changed_again(hanau):
    change(hanau)
    hanau.refresh_from_db()

    with pytest.raises(RuleBroken):
        change(hanau, from_day=date(2027, 1, 1))
    with pytest.raises(RuleBroken):
        public_bodies.end(body=hanau, last_day=date(2027, 1, 1), by=UserFactory())


def test_two_bodies_share_one_office_and_part_again(hanau):
    kassel = Organisation.objects.get(slug="kassel")
    district = PublicBody.objects.get(name="Landkreis Kassel")
    own = OrganisationFactory(short_name="Landkreis Kassel", slug="landkreis-kassel")
    stays = Standing(PublicBodyKind.DISTRICT, "Landkreis Kassel", "LK KS", "06633")

    change(district, stays, office=own, from_day=date(2028, 2, 29))

    def names(office, day):
        return set(PublicBody.objects.on(day).filter(office=office).values_list("name", flat=True))

    assert names(kassel, date(2028, 2, 28)) == {"Kassel", "Landkreis Kassel"}
    assert names(kassel, date(2028, 2, 29)) == {"Kassel"}
    assert names(own, date(2028, 2, 29)) == {"Landkreis Kassel"}


def test_only_an_office_that_exists_gets_a_body(hanau):
    ministry = Organisation.objects.get(slug="innenministerium")
    gone = OrganisationFactory(valid_to=date(2020, 1, 1))

    for office in (ministry, gone):
        with pytest.raises(RuleBroken) as broken:
            change(hanau, office=office)
        assert broken.value.field == "office"


def test_a_new_body_finds_its_key_and_its_tile_free(hanau):
    details = BodyDetails(
        kind=PublicBodyKind.DISTRICT,
        name="Kreis Größe",
        short_name="GRÖ",
        key="06499",
        region="darmstadt",
        seat="Größe",
        latitude=Decimal("50.1"),
        longitude=Decimal("8.9"),
        tile_column=hanau.tile_column,
        tile_row=hanau.tile_row,
    )

    with pytest.raises(RuleBroken) as broken:
        public_bodies.add(
            office=hanau.office, details=details, valid_from=date(2026, 1, 1), by=UserFactory()
        )
    public_bodies.end(body=hanau, last_day=date(2025, 12, 31), by=UserFactory())
    public_bodies.add(
        office=hanau.office, details=details, valid_from=date(2026, 1, 1), by=UserFactory()
    )

    assert broken.value.field == "tile_column"
    assert PublicBody.objects.on(date(2026, 1, 1)).count() == 33
