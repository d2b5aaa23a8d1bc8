"""The board counts offices, not persons, and the map says what the table says."""

from collections import Counter
from datetime import date

import pytest

from network.enums import Answer, RegistrationStatus
from network.models import Organisation
from network.queries.board import board
from network.services import master_data
from programme import clock
from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
DAY = date(2016, 9, 16)


@pytest.fixture
def meeting(programme):
    master_data.load(programme=programme)
    return MeetingFactory(programme=programme, seats=40)


def invited(meeting, slug, **columns):
    office = Organisation.objects.get(slug=slug)
    return InvitationFactory(meeting=meeting, organisation=office, **columns)


def states(found):
    return {row.organisation.slug: (row.state, row.text) for row in found.rows}


def test_every_state_has_its_words(meeting):
    invited(meeting, "fulda")
    coming = invited(meeting, "giessen", answer=Answer.COMING)
    RegistrationFactory(invitation=coming)
    late = invited(meeting, "hanau", answer=Answer.COMING, seats_override=3)
    RegistrationFactory(invitation=late, status=RegistrationStatus.WAITING, queued_at=clock.now())
    RegistrationFactory(invitation=late, status=RegistrationStatus.CANCELLED)
    invited(meeting, "marburg", answer=Answer.DECLINED, decline_reason="Umzug")
    invited(meeting, "wetzlar", answer=Answer.REPRESENTED, represented_by="den Lahn-Dill-Kreis")
    invited(meeting, "darmstadt", withdrawn_at=clock.now())

    found = board(meeting=meeting, day=DAY)

    assert {
        slug: text for slug, (state, text) in states(found).items() if state != "not_invited"
    } == {
        "fulda": "offen",
        "giessen": "kommt: 1 von 2 angemeldet",
        "hanau": "nur auf der Warteliste: 0 von 3 angemeldet, 1 auf der Warteliste",
        "marburg": "kommt nicht: Umzug",
        "wetzlar": "lässt sich vertreten: durch den Lahn-Dill-Kreis",
    }
    assert (found.invited, found.answered, found.confirmed) == (5, 4, 1)
    assert [row.organisation.slug for row in found.missing] == ["fulda"]
    tones = {row.organisation.slug: row.tone for row in found.rows if row.invitation}
    assert (tones["hanau"], tones["giessen"]) == ("waiting", "coming")
    assert len(found.rows) == 39
    assert found.waiting == 1


def test_the_map_says_what_the_table_says(meeting):
    invited(meeting, "kassel", answer=Answer.DECLINED, decline_reason="Sturm")
    invited(meeting, "fulda", answer=Answer.COMING)

    found = board(meeting=meeting, day=DAY)

    texts = {row.organisation.slug: row.text for row in found.rows}
    tiles = found.tile_map.tiles
    assert len(tiles) == 33
    assert {tile.url.removeprefix("#"): tile.text for tile in tiles}.items() <= texts.items()
    assert Counter(tile.tone for tile in tiles) == {"declined": 2, "coming": 1, "neutral": 30}
    kassel = [tile.text for tile in tiles if "Kassel" in tile.name]
    assert kassel == ["kommt nicht: Sturm"] * 2


def test_a_guest_that_was_invited_stands_in_the_table(meeting):
    invited(meeting, "bamf")

    found = board(meeting=meeting, day=DAY)

    assert [name for name, _ in found.groups][-1] == "Gäste"
    assert len(found.rows) == 40


@pytest.mark.parametrize("amount", [1, 3])
def test_the_board_costs_the_same_for_any_amount(meeting, amount, django_assert_num_queries):
    for slug in ["fulda", "giessen", "hanau"][:amount]:
        RegistrationFactory(invitation=invited(meeting, slug, answer=Answer.COMING))

    with django_assert_num_queries(4):
        found = board(meeting=meeting, day=DAY)
        assert len([row.text for row in found.rows if row.confirmed]) == amount


def test_27_answers_of_40_leave_13_open(meeting):
    for number, office in enumerate(Organisation.objects.all()):
        InvitationFactory(
            meeting=meeting,
            organisation=office,
            answer=Answer.DECLINED if number < 27 else Answer.OPEN,
        )

    found = board(meeting=meeting, day=DAY)

    assert (found.invited, found.answered, len(found.missing)) == (40, 27, 13)


@pytest.mark.parametrize(
    ("seats", "says"),
    [
        (1, "von 1 Platz, 1 mehr als vorgesehen"),
        (2, "von 2 Plätzen"),
        (None, "Plätze unbegrenzt"),
    ],
)
def test_the_board_shows_a_surplus_after_the_seats_were_lowered(seats, says):
    meeting = MeetingFactory(seats=seats)
    RegistrationFactory.create_batch(2, invitation__meeting=meeting)

    assert board(meeting=meeting, day=date(2026, 1, 2)).seats_text == says
