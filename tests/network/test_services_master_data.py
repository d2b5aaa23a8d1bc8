"""The real network is complete, the same on every run, and true on every day."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from network.enums import MeetingStatus, OrganisationKind, PublicBodyKind
from network.models import Contact, Meeting, Organisation, PublicBody
from network.services import master_data
from programme import clock
from tests.factories.network import ContactFactory

DAYS = [date(2016, 6, 1), date(2025, 12, 31), date(2026, 1, 1), None]


@pytest.fixture
def network(programme):
    master_data.load(programme=programme)
    return programme


@pytest.mark.parametrize("day", DAYS)
def test_there_are_33_bodies_32_offices_and_39_invited_organisations(network, day):
    day = day or clock.today()

    counts = (
        PublicBody.objects.on(day).count(),
        Organisation.objects.on(day).offices().count(),
        Organisation.objects.state_network(day).count(),
    )

    assert counts == (33, 32, 39)


def test_kinds_of_bodies_were_21_5_7_during_the_programme_and_are_21_6_6_since_2026(network):
    def kinds(day):
        return Counter(PublicBody.objects.on(day).values_list("kind", flat=True))

    assert kinds(date(2016, 6, 1)) == {
        PublicBodyKind.DISTRICT: 21,
        PublicBodyKind.INDEPENDENT_CITY: 5,
        PublicBodyKind.SPECIAL_STATUS_CITY: 7,
    }
    assert kinds(date(2026, 1, 1)) == {
        PublicBodyKind.DISTRICT: 21,
        PublicBodyKind.INDEPENDENT_CITY: 6,
        PublicBodyKind.SPECIAL_STATUS_CITY: 6,
    }


def test_hanau_has_its_old_key_until_2025_and_its_new_one_from_2026(network):
    history = PublicBody.objects.filter(name="Hanau").order_by("valid_from")

    assert [(body.key, body.kind, body.district, body.valid_to) for body in history] == [
        ("06435014", "special_status_city", "Main-Kinzig-Kreis", date(2025, 12, 31)),
        ("06415000", "independent_city", "", None),
    ]
    assert {body.office.slug for body in history} == {"hanau"}


def test_kassel_city_and_district_share_one_office(network):
    office = Organisation.objects.get(slug="kassel")

    assert [body.name for body in office.public_bodies.all()] == ["Kassel", "Landkreis Kassel"]


@pytest.mark.parametrize("day", [date(2016, 6, 1), date(2026, 1, 1)])
def test_no_two_bodies_share_a_tile_of_the_map(network, day):
    tiles = PublicBody.objects.on(day).values_list("tile_column", "tile_row")

    assert len(set(tiles)) == 33


def test_the_map_has_north_above_south_and_west_left_of_east(network):
    tile = {body.name: body for body in PublicBody.objects.on(date(2016, 6, 1))}

    assert tile["Kassel"].tile_row < tile["Fulda"].tile_row < tile["Kreis Bergstraße"].tile_row
    assert (
        tile["Rheingau-Taunus-Kreis"].tile_column
        < tile["Frankfurt am Main"].tile_column
        < tile["Landkreis Fulda"].tile_column
    )


def test_partners_are_complete_and_the_federal_office_is_a_guest(network):
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))

    assert kinds == {
        OrganisationKind.IMMIGRATION_OFFICE: 32,
        OrganisationKind.REGIONAL_AUTHORITY: 3,
        OrganisationKind.MUNICIPAL_ASSOCIATION: 3,
        OrganisationKind.MINISTRY: 1,
        OrganisationKind.GUEST: 1,
    }
    ministry = Organisation.objects.get(kind=OrganisationKind.MINISTRY)
    assert ministry.name == "Hessisches Ministerium des Innern, für Sicherheit und Heimatschutz"
    assert "HMdIS" in ministry.note


def test_documented_meetings_state_only_what_is_documented(network):
    meetings = Meeting.objects.order_by("slug")

    assert [(m.slug, m.starts_at, m.date_label, m.city) for m in meetings] == [
        ("1-landesnetzwerktreffen", None, "2016, vor September", ""),
        ("2-landesnetzwerktreffen", datetime(2016, 9, 16, 8, 0, tzinfo=UTC), "", "Darmstadt"),
        ("abschlussveranstaltung", None, "Juni 2017", "Frankfurt am Main"),
    ]
    assert {meeting.status for meeting in meetings} == {MeetingStatus.HELD}


def test_loading_again_changes_nothing_and_keeps_contacts(network):
    ContactFactory(organisation=Organisation.objects.get(slug="fulda"))
    rows = list(Organisation.objects.values()), list(PublicBody.objects.values())

    master_data.load(programme=network)

    assert (list(Organisation.objects.values()), list(PublicBody.objects.values())) == rows
    assert Contact.objects.count() == 1
    assert Meeting.objects.count() == 3


def test_real_organisations_get_no_addresses(network):
    assert not Contact.objects.exists()


def test_loading_again_keeps_what_people_changed_and_fills_what_is_empty(network):
    Organisation.objects.filter(slug="wiesbaden").update(name="Amt für Ankommen", city="")
    Meeting.objects.filter(slug="2-landesnetzwerktreffen").update(
        status=MeetingStatus.DOCUMENTED, venue="Großer Saal"
    )

    master_data.load(programme=network)

    wiesbaden = Organisation.objects.get(slug="wiesbaden")
    meeting = Meeting.objects.get(slug="2-landesnetzwerktreffen")
    assert (wiesbaden.name, wiesbaden.city) == ("Amt für Ankommen", "Wiesbaden")
    assert (meeting.status, meeting.venue) == (MeetingStatus.DOCUMENTED, "Großer Saal")
