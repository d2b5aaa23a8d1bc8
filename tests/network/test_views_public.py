"""The network for everybody: complete, cheap, and without drafts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from network.enums import Audience, MeetingStatus, MinutesKind
from network.models import AgendaItem
from network.services import master_data
from programme import clock
from tests import atom
from tests.factories.network import MeetingFactory, MinutesItemFactory
from tests.factories.programme import LegalNoticeFactory

pytestmark = pytest.mark.django_db


def test_the_network_lists_all_offices_on_map_and_in_words(
    client, programme, django_assert_num_queries
):
    master_data.load(programme=programme)

    with django_assert_num_queries(4):
        page = client.get(reverse("network:network"))

    text = page.content.decode()
    assert len(page.context["tile_map"].tiles) == 33
    assert (page.context["office_count"], page.context["invited_count"]) == (32, 39)
    assert "Rüsselsheim am Main (Sonderstatusstadt)" in text
    assert "Hessischer Städtetag" in text
    assert "BAMF" not in text


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_of_meetings_costs_the_same_for_any_amount(
    client, programme, amount, django_assert_num_queries
):
    meetings = MeetingFactory.create_batch(amount, programme=programme)

    with django_assert_num_queries(2):
        page = client.get(reverse("network:meetings"))

    assert page.context["upcoming"] == meetings
    assert page.context["past"] == []


def test_history_is_told_backwards_and_undated_meetings_have_their_place(client, programme):
    master_data.load(programme=programme)

    page = client.get(reverse("network:meetings"))

    assert [meeting.slug for meeting in page.context["past"]] == [
        "abschlussveranstaltung",
        "2-landesnetzwerktreffen",
        "1-landesnetzwerktreffen",
    ]
    assert "2016, vor September" in page.content.decode()


def test_a_draft_does_not_exist_for_the_public(client, programme):
    draft = MeetingFactory(programme=programme, status=MeetingStatus.DRAFT)

    answers = [
        client.get(reverse(name, args=[draft.slug])).status_code
        for name in ("network:meeting", "network:meeting_calendar")
    ]

    assert answers == [404, 404]
    assert draft.title not in client.get(reverse("network:meetings")).content.decode()
    assert draft.title not in client.get(reverse("network:meetings_calendar")).content.decode()
    assert draft.title not in client.get(reverse("network:meetings_feed")).content.decode()


def test_a_meeting_shows_when_where_what_and_the_guiding_question(
    client, programme, django_assert_num_queries
):
    meeting = MeetingFactory(
        programme=programme, balance_question="Was gehört zusammen?", topic="Größe & Maß"
    )
    for position in (1, 2, 3):
        AgendaItem.objects.create(meeting=meeting, position=position, title=f"Punkt {position}")

    with django_assert_num_queries(4):
        page = client.get(reverse("network:meeting", args=[meeting.slug]))

    text = page.content.decode()
    for words in (
        "Montag, 1. März 2100, 10:00 bis 16:00 Uhr",
        "Regierungspräsidium Darmstadt",
        "Was gehört zusammen?",
        "Größe &amp; Maß",
        "Punkt 3",
        "In den Kalender übernehmen",
        programme.funding_notice,
    ):
        assert words in text


def test_a_cancelled_meeting_says_so_and_why(client, programme):
    meeting = MeetingFactory(
        programme=programme, status=MeetingStatus.CANCELLED, cancel_reason="Sturm <am> Main"
    )

    text = client.get(reverse("network:meeting", args=[meeting.slug])).content.decode()

    assert "Dieses Treffen ist abgesagt" in text
    assert "Sturm &lt;am&gt; Main" in text
    assert "In den Kalender übernehmen" not in text
    assert "Antwort bis" not in text


def test_what_is_not_documented_is_not_shown(client, programme):
    master_data.load(programme=programme)

    first = client.get("/netzwerk/treffen/1-landesnetzwerktreffen/").content.decode()
    closing = client.get("/netzwerk/treffen/abschlussveranstaltung/").content.decode()

    assert "nicht dokumentiert" in first
    assert "In den Kalender" not in first + closing
    assert client.get("/netzwerk/treffen/abschlussveranstaltung.ics").status_code == 404


def test_the_subscription_holds_every_dated_public_meeting(client, programme):
    MeetingFactory(programme=programme, title="Größe")
    MeetingFactory(programme=programme, starts_at=None, ends_at=None, date_label="Juni 2017")

    answer = client.get(reverse("network:meetings_calendar"))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Größe"]


def test_the_feed_names_meetings_and_when_they_changed(client, programme):
    meeting = MeetingFactory(
        programme=programme, title="Größe", changed_at=datetime(2026, 1, 2, tzinfo=UTC)
    )

    answer = client.get(reverse("network:meetings_feed"))

    text = answer.content.decode()
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "<title>Größe</title>" in text
    assert f"/netzwerk/treffen/{meeting.slug}/" in text
    assert "2026-01-02T00:00:00+00:00" in text


def test_each_entry_of_the_feed_has_what_atom_wants_and_the_provider_as_author(client, programme):
    LegalNoticeFactory(programme=programme)
    MeetingFactory.create_batch(2, programme=programme)

    content = client.get(reverse("network:meetings_feed")).content

    assert atom.missing(content) == []
    assert atom.author(content) == "Hessisches Ministerium für Soziales und Integration"


def test_before_there_is_a_legal_notice_the_owner_is_the_author_of_the_feed(client, programme):
    MeetingFactory(programme=programme)

    content = client.get(reverse("network:meetings_feed")).content

    assert atom.missing(content) == []
    assert atom.author(content) == programme.owner_name


def test_the_feed_says_when_and_where_and_holds_no_markup(client, programme):
    start = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)
    MeetingFactory(
        programme=programme,
        title="Absage",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        city="Gießen",
        topic="<img src=x> & mehr",
        status=MeetingStatus.CANCELLED,
    )

    text = client.get(reverse("network:meetings_feed")).content.decode()

    assert "<title>Abgesagt: Absage</title>" in text
    assert "6. Mai 2026, 10:00 Uhr · Gießen · &amp;lt;img src=x&amp;gt; &amp;amp; mehr" in text


def test_line_ends_that_come_from_word_do_not_break_the_feed(client, programme):
    MeetingFactory(programme=programme, title="Termine\x0bonline", topic="Größe\x1f und mehr")

    answer = client.get(reverse("network:meetings_feed"))

    assert answer.status_code == 200
    assert "<title>Termine online</title>" in answer.content.decode()
    assert "Größe und mehr" in answer.content.decode()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (MeetingStatus.PUBLISHED, "sobald er festgelegt ist"),
        (MeetingStatus.HELD, "nichts Weiteres"),
        (MeetingStatus.CANCELLED, "kein Ablauf"),
    ],
)
def test_a_meeting_without_details_says_why_there_are_none(client, programme, status, says):
    meeting = MeetingFactory(
        programme=programme, status=status, description="", balance_question=""
    )

    page = client.get(reverse("network:meeting", args=[meeting.slug]))

    assert says in page.content.decode()


def test_when_and_where_come_before_the_text(client, programme):
    meeting = MeetingFactory(programme=programme, description="Lange Schlangen am Morgen.")

    text = client.get(reverse("network:meeting", args=[meeting.slug])).content.decode()

    assert text.index("Angaben zum Treffen") < text.index("Lange Schlangen")


def test_released_minutes_cost_no_further_query(client, programme, django_assert_num_queries):
    meeting = MeetingFactory(
        programme=programme,
        status=MeetingStatus.DOCUMENTED,
        minutes_released_at=clock.now(),
        minutes_audience=Audience.PUBLIC,
    )
    item = meeting.agenda.create(position=1, title="Begrüßung")
    MinutesItemFactory(meeting=meeting, position=2, text="Zweitens")
    MinutesItemFactory(
        meeting=meeting,
        agenda_item=item,
        kind=MinutesKind.DECISION,
        text="Merkblätter für Söhne & Töchter",
        due_on=date(2028, 2, 29),
        position=1,
    )

    with django_assert_num_queries(4):
        page = client.get(reverse("network:meeting", args=[meeting.slug]))

    first, rest = page.context["released"].minutes
    assert (first.title, rest.title) == ("Begrüßung", "Weitere Ergebnisse")
    assert [(row.text, row.due_on) for row in first.rows] == [
        ("Merkblätter für Söhne & Töchter", date(2028, 2, 29))
    ]
    assert [row.text for row in rest.rows] == ["Zweitens"]
