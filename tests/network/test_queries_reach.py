"""Who was not reached since when."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from network.enums import MeetingStatus
from network.queries.reach import unreached
from programme.enums import MailStatus, Role
from programme.models import OutgoingMail
from tests.factories.network import (
    InvitationFactory,
    InvitationLetterFactory,
    MeetingFactory,
    OrganisationFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db

LEAP_DAY = datetime(2024, 2, 29, 9, tzinfo=UTC)
LATER = datetime(2025, 6, 1, 9, tzinfo=UTC)


def held(starts_at, **columns):
    return MeetingFactory(
        starts_at=starts_at,
        ends_at=starts_at.replace(hour=15),
        status=MeetingStatus.HELD,
        **columns,
    )


def letter(organisation, status, sent_at, **columns):
    number = OutgoingMail.objects.count()
    mail = OutgoingMail.objects.create(
        message_id=f"<{number}@example.org>", recipient="a@example.org", status=status
    )
    InvitationLetterFactory(
        invitation__organisation=organisation,
        message_id=mail.message_id,
        sent_at=sent_at,
        **columns,
    )


def found():
    return {row.organisation.short_name: row for row in unreached(day=date(2026, 1, 1))}


def test_the_silent_stand_first_and_guests_do_not_count():
    OrganisationFactory(short_name="Nie")
    OrganisationFactory(kind="guest")
    InvitationFactory(organisation__short_name="Neulich", answered_at=LATER)
    InvitationFactory(organisation__short_name="Früher", answered_at=LEAP_DAY)

    assert list(found()) == ["Nie", "Früher", "Neulich"]


def test_only_what_was_delivered_counts_and_what_was_lost_is_told():
    office = OrganisationFactory(short_name="Gießen")
    letter(office, MailStatus.SENT, LEAP_DAY)
    letter(office, MailStatus.BOUNCED, LATER)
    letter(office, MailStatus.FAILED, LATER)
    letter(office, MailStatus.KEPT, LATER)
    InvitationLetterFactory(invitation__organisation__short_name="Papier", sent_at=LATER)

    assert (found()["Gießen"].letter, found()["Gießen"].lost) == (LEAP_DAY, 2)
    assert (found()["Papier"].letter, found()["Papier"].lost) == (LATER, 0)


def test_presence_is_the_check_in_where_there_was_one_and_the_seat_otherwise():
    checked, unchecked = held(LATER), held(LEAP_DAY)
    for name, meeting, arrived in (
        ("Da", checked, LATER),
        ("Nicht da", checked, None),
        ("Ohne Einlass", unchecked, None),
    ):
        RegistrationFactory(
            invitation=InvitationFactory(meeting=meeting, organisation__short_name=name),
            arrived_at=arrived,
        )
    RegistrationFactory(invitation__organisation__short_name="Künftig")

    assert {name: row.attendance for name, row in found().items()} == {
        "Nicht da": None,
        "Künftig": None,
        "Ohne Einlass": LEAP_DAY,
        "Da": LATER,
    }


@pytest.mark.parametrize("amount", [1, 3])
def test_the_page_costs_the_same_for_any_amount(
    signed_in, programme, amount, django_assert_num_queries
):
    for _ in range(amount):
        letter(OrganisationFactory(), MailStatus.SENT, LATER)
    client = signed_in(Role.OFFICE)

    with django_assert_num_queries(8):
        page = client.get(reverse("network:unreached"))

    assert len(page.context["rows"]) == amount
