"""The programme team plans a meeting, invites and reads the answers."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from network.enums import Answer, MeetingStatus
from network.models import Meeting
from network.services import master_data
from programme import clock
from programme.models import OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


def typed(**changes):
    """What is in the form after filling in the needed fields."""
    day = clock.today() + timedelta(days=60)
    return {
        "title": "3. Landesnetzwerktreffen",
        "kind": "network_meeting",
        "day": day.isoformat(),
        "begins": "10:00",
        "ends": "16:00",
        "mode": "on_site",
        "venue": "Stadtschloss Fulda",
        "seats": "40",
        "seats_per_office": "2",
    } | changes


def errors(page):
    return {name: list(found) for name, found in page.context["form"].errors.items()}


def test_the_form_proposes_title_times_and_seats(office, programme):
    master_data.load(programme=programme)

    form = office.get(reverse("network:create_meeting")).context["form"]

    assert form["title"].value() == "3. Landesnetzwerktreffen"
    assert [form[name].value() for name in ("seats", "seats_per_office")] == [60, 2]


def test_a_draft_leads_to_inviting(office, programme):
    answer = office.post(reverse("network:create_meeting"), typed(agenda="10:00 Anfang"))

    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("network:invite", args=["3-landesnetzwerktreffen"])
    assert meeting.status == MeetingStatus.DRAFT
    day = clock.today() + timedelta(days=46)
    assert meeting.reply_until.astimezone(meeting.starts_at.tzinfo).date() == day
    assert meeting.agenda.get().title == "Anfang"


def test_the_same_form_sent_twice_makes_one_meeting(office, programme):
    data = typed(form_key="5ae7b9b4-2f0f-4d5d-9c1c-2b8f8f0f9a11")

    first = office.post(reverse("network:create_meeting"), data)
    second = office.post(reverse("network:create_meeting"), data)

    assert first["Location"] == second["Location"]
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"ends": "09:00"}, {"ends"}),
        ({"day": "2020-02-29"}, {"day"}),
        ({"day": "0001-01-01"}, {"day"}),
        ({"day": "9999-12-31"}, {"day"}),
        ({"day": "30.02.2027"}, {"day"}),
        ({"seats": "0"}, {"seats"}),
        ({"seats": "99999999999"}, {"seats"}),
        ({"seats_per_office": "41"}, {"seats_per_office"}),
        ({"venue": ""}, {"venue"}),
        ({"postcode": "3603"}, {"postcode"}),
        ({"host": "99999999999999999999"}, {"host"}),
        ({"agenda": "26:00 Nacht"}, {"agenda"}),
        ({"title": "", "begins": ""}, {"title", "begins"}),
        ({"title": "Null\x00"}, {"title"}),
        ({"reply_until": (clock.today() - timedelta(days=1)).isoformat()}, {"reply_until"}),
        ({"reply_until": "2099-01-01"}, {"reply_until"}),
    ],
)
def test_wrong_input_is_named_at_its_field_and_kept(office, programme, changes, fields):
    page = office.post(reverse("network:create_meeting"), typed(**changes))

    assert page.status_code == 422
    assert set(errors(page)) == fields
    assert page.context["form"]["mode"].value() == "on_site"
    assert not Meeting.objects.exists()


def test_a_past_meeting_can_be_entered_on_purpose(office, programme):
    data = typed(day="2020-02-28", is_looking_back="on")

    assert office.post(reverse("network:create_meeting"), data).status_code == 302


def test_changing_shows_what_was_there_and_leads_to_the_new_address(office, programme):
    office.post(reverse("network:create_meeting"), typed(agenda="10:00 Anfang | Stadt Gießen"))
    address = reverse("network:edit_meeting", args=["3-landesnetzwerktreffen"])

    form = office.get(address).context["form"]
    changes = {"title": "Neuer Titel", "venue": "Rathaus", "seen_at": form["seen_at"].value()}
    answer = office.post(address, typed(**changes))

    assert form["begins"].value().strftime("%H:%M") == "10:00"
    assert form["agenda"].value() == "10:00 Anfang | Stadt Gießen"
    assert answer["Location"] == reverse("network:board", args=["neuer-titel"])
    assert Meeting.objects.get().title == "Neuer Titel"


def test_two_tabs_see_both_versions_and_saving_again_is_deliberate(office, programme):
    deadline = (clock.today() + timedelta(days=30)).isoformat()
    office.post(reverse("network:create_meeting"), typed(reply_until=deadline))
    address = reverse("network:edit_meeting", args=["3-landesnetzwerktreffen"])
    seen_at = office.get(address).context["form"]["seen_at"].value()
    office.post(address, typed(begins="09:00", reply_until=deadline, seen_at=seen_at))

    mine = typed(city="Marburg", reply_until=deadline)
    second = office.post(address, mine | {"seen_at": seen_at})

    assert second.status_code == 422
    assert second.context["differences"] == [
        ("Beginn", "09:00", "10:00"),
        ("Stadt", "–", "Marburg"),
    ]
    assert "Zwei Fassungen" in second.content.decode()
    now_seen = second.context["form"]["seen_at"].value()
    assert office.post(address, mine | {"seen_at": now_seen}).status_code == 302
    assert Meeting.objects.get().city == "Marburg"


@pytest.mark.parametrize("seen_at", ["", "gestern", "9999-99-99", "2017-02-30T10:00"])
def test_a_version_nobody_has_seen_is_no_version(office, programme, seen_at):
    office.post(reverse("network:create_meeting"), typed())
    address = reverse("network:edit_meeting", args=["3-landesnetzwerktreffen"])

    assert office.post(address, typed(topic="Neu", seen_at=seen_at)).status_code == 422
    assert Meeting.objects.get().topic == ""


def test_everything_that_is_wrong_is_said_at_once(office, programme):
    wrong = {"title": "", "ends": "09:00", "postcode": "12", "agenda": "99:99 Los", "seats": "0"}

    page = office.post(reverse("network:create_meeting"), typed(**wrong))

    assert set(errors(page)) == {"title", "ends", "postcode", "agenda", "seats"}


def test_who_left_the_deadline_out_is_asked_for_one_when_time_is_short(office, programme):
    day = clock.today() + timedelta(days=10)

    page = office.post(reverse("network:create_meeting"), typed(day=day.isoformat()))

    (message,) = errors(page)["reply_until"]
    assert message.startswith("Bis zum Treffen sind es keine zwei Wochen mehr.")


def test_what_can_wait_is_folded_until_there_is_something_in_it(office, programme):
    create = reverse("network:create_meeting")

    assert '<details class="folded">' in office.get(create).content.decode()
    assert '<details class="folded" open>' in office.post(create, {}).content.decode()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_workspace_costs_the_same_for_any_amount(
    office, programme, amount, django_assert_num_queries
):
    for meeting in MeetingFactory.create_batch(amount, programme=programme):
        invitation = InvitationFactory(meeting=meeting, answer=Answer.COMING)
        RegistrationFactory.create_batch(2, invitation=invitation)

    with django_assert_num_queries(6):
        page = office.get(reverse("network:workspace"))

    counts = [
        (meeting.invited, meeting.answered, meeting.confirmed, meeting.waiting)
        for meeting in page.context["meetings"]
    ]
    assert counts == [(1, 1, 2, 0)] * amount


@pytest.mark.parametrize("amount", [1, 3])
def test_the_board_costs_the_same_for_any_amount(
    office, programme, amount, django_assert_num_queries
):
    master_data.load(programme=programme)
    meeting = MeetingFactory(programme=programme)
    for _ in range(amount):
        RegistrationFactory(invitation__meeting=meeting, invitation__answer=Answer.COMING)

    with django_assert_num_queries(12):
        page = office.get(reverse("network:board", args=[meeting.slug]))

    assert page.context["board"].confirmed == amount


@pytest.mark.parametrize(
    ("status", "says", "silent"),
    [
        (MeetingStatus.PUBLISHED, "Platz vergeben", "hatten einen Platz"),
        (MeetingStatus.HELD, "hatten einen Platz", "vergeben"),
    ],
)
def test_the_board_of_a_meeting_that_was_held_speaks_of_the_past(
    office, programme, status, says, silent
):
    meeting = MeetingFactory(programme=programme, status=status)
    RegistrationFactory(invitation__meeting=meeting, invitation__answer=Answer.COMING)

    text = office.get(reverse("network:board", args=[meeting.slug])).content.decode()
    people = office.get(reverse("network:registrations", args=[meeting.slug])).content.decode()

    assert says in text
    assert silent not in text
    assert "vergeben" not in people


def test_the_board_of_a_cancelled_meeting_waits_for_no_answer(office, programme):
    meeting = MeetingFactory(programme=programme, status=MeetingStatus.CANCELLED)
    InvitationFactory(meeting=meeting)

    text = office.get(reverse("network:board", args=[meeting.slug])).content.decode()

    assert "ohne Antwort geblieben" in text
    assert "Antworten fehlen noch" not in text


@pytest.mark.parametrize("address", ["http://meet.example.org", "javascript:alert(1)", "quatsch "])
def test_an_address_that_is_not_safe_is_named_once(office, programme, address):
    page = office.post(reverse("network:create_meeting"), typed(mode="hybrid", online_url=address))

    message = "Bitte geben Sie eine vollständige Adresse an, die mit https:// beginnt."
    assert errors(page) == {"online_url": [message]}


def test_the_pages_of_a_meeting_stand_in_four_rows_by_purpose(office, programme):
    meeting = MeetingFactory(programme=programme)

    text = office.get(reverse("network:board", args=[meeting.slug])).content.decode()

    purposes = re.findall(r'class="meeting-pages__purpose"[^>]*>([^<]+)<', text)
    assert purposes == ["Teilnahme", "Einladung", "Ergebnis", "Das Treffen"]


def test_publishing_cancelling_and_resending_by_hand(office, programme):
    meeting = MeetingFactory(programme=programme, status=MeetingStatus.DRAFT)
    contact = ContactFactory()
    InvitationFactory(meeting=meeting, organisation=contact.organisation)

    office.post(reverse("network:publish_meeting", args=[meeting.slug]))
    office.post(
        reverse("network:resend_invitation", args=[meeting.slug, contact.organisation.slug])
    )
    page = office.post(
        reverse("network:cancel_meeting", args=[meeting.slug]), {"reason": "Sturm"}, follow=True
    )

    assert "Das Treffen ist abgesagt." in page.content.decode()
    assert list(OutgoingMail.objects.order_by("pk").values_list("letter", flat=True)) == [
        "network/invitation",
        "network/invitation_cancelled",
    ]


def test_an_invitation_of_another_meeting_is_not_found(office, programme):
    invitation = InvitationFactory(meeting__programme=programme)
    other = MeetingFactory(programme=programme)
    address = reverse("network:resend_invitation", args=[other.slug, invitation.organisation.slug])

    assert office.post(address).status_code == 404
