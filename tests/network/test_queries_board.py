"""The board counts offices, not persons, and the map says what the table says."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from network.enums import (
    Answer,
    CalendarAnswer,
    MeetingMode,
    MeetingStatus,
    RegistrationStatus,
)
from network.models import Organisation
from network.queries.board import board
from network.queries.loose_ends import loose_ends
from network.queries.reminders import recipients
from network.services import master_data
from programme import clock
from programme.enums import MailStatus
from tests.factories.network import (
    CalendarReplyFactory,
    ContactFactory,
    InvitationFactory,
    InvitationLetterFactory,
    LateRequestFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.factories.programme import OutgoingMailFactory

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


def test_the_board_of_a_past_meeting_looks_back(meeting):
    invited(meeting, "fulda")
    invited(meeting, "giessen", answer=Answer.COMING)
    invited(meeting, "marburg", answer=Answer.DECLINED)

    found = board(meeting=meeting, day=DAY, is_over=True)

    assert found.summary == [
        ("open", "ohne Antwort", 1),
        ("coming", "hatte zugesagt", 1),
        ("declined", "hatte abgesagt", 1),
    ]
    said = {row.label for row in found.rows} | {label for _, label in found.tile_map.legend}
    assert not {word for word in said if word.startswith(("offen", "kommt", "lässt"))}


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


def test_an_accept_from_a_calendar_is_an_answer_though_names_are_missing(meeting):
    invited(meeting, "fulda", calendar_answer=CalendarAnswer.ACCEPTED)
    invited(meeting, "giessen", calendar_answer=CalendarAnswer.TENTATIVE)
    invited(meeting, "hanau", calendar_answer=CalendarAnswer.DECLINED)

    found = board(meeting=meeting, day=DAY)

    assert (found.missing, [row.organisation.slug for row in found.unclear]) == ([], ["giessen"])
    assert states(found)["giessen"] == (
        "unclear",
        "im Kalender unentschieden: mit Vorbehalt zugesagt, bitte nachfragen",
    )
    assert states(found)["fulda"][0] == "promised"
    assert states(found)["hanau"][0] == "declined"


def test_a_certain_answer_that_waits_for_a_person_is_not_missing(meeting):
    certain = invited(meeting, "fulda")
    doubtful = invited(meeting, "giessen")
    for row, is_certain in ((certain, True), (doubtful, False)):
        CalendarReplyFactory(invitation=row, answer=CalendarAnswer.ACCEPTED, is_certain=is_certain)

    found = board(meeting=meeting, day=DAY)

    assert [row.organisation.slug for row in found.missing] == ["giessen"]
    (row,) = (row for row in found.rows if row.invitation == certain)
    assert (row.state, row.note) == ("promised", "Antwort im Kalender ist noch zu klären")


def test_the_missing_are_exactly_those_a_reminder_would_go_to(meeting):
    for slug in ("fulda", "giessen", "hanau"):
        invited(meeting, slug)
        ContactFactory(organisation=Organisation.objects.get(slug=slug))
    for slug, pressed in (("marburg", CalendarAnswer.ACCEPTED), ("kassel", "tentative")):
        invited(meeting, slug, calendar_answer=pressed)
        ContactFactory(organisation=Organisation.objects.get(slug=slug))
    invited(meeting, "wetzlar", answer=Answer.COMING)

    missing = {row.organisation for row in board(meeting=meeting, day=DAY).missing}
    reminded = recipients(meeting=meeting, moment=clock.now()).addressed

    assert missing == {row.organisation for row in reminded}


def test_an_office_that_missed_three_meetings_is_grey(meeting):
    fulda = Organisation.objects.get(slug="fulda")
    for month in (1, 2, 3):
        past = MeetingFactory(
            programme=meeting.programme,
            status=MeetingStatus.HELD,
            starts_at=datetime(2016, month, 1, 9, tzinfo=UTC),
            ends_at=datetime(2016, month, 1, 15, tzinfo=UTC),
        )
        InvitationFactory(meeting=past, organisation=fulda)
    invited(meeting, "fulda")

    row = next(row for row in board(meeting=meeting, day=DAY).rows if row.organisation == fulda)

    assert (row.state, row.tone) == ("absent", "office")
    assert "Treffen in Folge nicht dabei" in row.text


def test_what_waits_for_a_person_is_counted(meeting):
    office = invited(meeting, "fulda")
    mail = OutgoingMailFactory(status=MailStatus.BOUNCED)
    InvitationLetterFactory(invitation=office, message_id=mail.message_id)
    LateRequestFactory(invitation=office)
    LateRequestFactory(invitation=office, settled_at=clock.now())
    LateRequestFactory()

    found = loose_ends(meeting=meeting)

    assert (found.lost, found.parked, found.late, found.any) == (1, 0, 1, True)


def test_a_calendar_answer_waits_at_its_own_meeting_and_a_nameless_one_while_one_is_announced(
    meeting,
):
    draft = MeetingFactory(status=MeetingStatus.DRAFT)
    CalendarReplyFactory(invitation=invited(meeting, "fulda"))
    CalendarReplyFactory(invitation=InvitationFactory())
    CalendarReplyFactory(invitation=None)

    assert loose_ends(meeting=meeting).parked == 2
    assert loose_ends(meeting=draft).parked == 0


def test_a_hybrid_meeting_counts_the_seats_of_both_ways():
    meeting = MeetingFactory(mode=MeetingMode.HYBRID, seats=20, online_seats=30)

    assert board(meeting=meeting, day=DAY).seats == 50
