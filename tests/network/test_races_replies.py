"""An answer from a calendar counts once, however many workers and people bring it at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from network.enums import RegistrationStatus, ReplySource, ReplyState
from network.models import CalendarReply, InvitationLetter
from network.rules import reply_mails
from network.services import replies
from programme.models import OutgoingMail
from tests.factories.network import RegistrationFactory
from tests.network.crowds import at_once
from tests.network.replies_corpus import content, invited, registered

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_decline_six_times_at_once_counts_once():
    person = registered()
    waiting = RegistrationFactory.create_batch(
        3, invitation__meeting=person.meeting, status=RegistrationStatus.WAITING
    )
    person.meeting.seats = 1
    person.meeting.save()
    found = reply_mails.read(content("outlook_decline"))

    taken = at_once([lambda: replies.take_in(replies=found, source=ReplySource.MAILBOX)] * 6)

    assert sorted(each[0].is_new for each in taken) == [False] * 5 + [True]
    assert CalendarReply.objects.get().state == ReplyState.APPLIED
    assert OutgoingMail.objects.filter(letter="network/registration_cancelled").count() == 1
    assert sum(type(row).objects.get(pk=row.pk).has_seat for row in waiting) == 1


def test_a_mailbox_that_accepts_several_times_at_once_is_asked_once():
    invited()
    (reply,) = reply_mails.read(content("mailbox_accept"))
    first = datetime(2026, 5, 3, tzinfo=UTC)

    def accept(number: int):
        mine = replace(reply, stamped_at=first + timedelta(minutes=number))
        return lambda: replies.take_in(replies=[mine], source=ReplySource.MAILBOX)

    at_once([accept(number) for number in range(6)])

    assert InvitationLetter.objects.count() == OutgoingMail.objects.count() == 1
    assert CalendarReply.objects.filter(state=ReplyState.ASKED).count() == 1
    assert not CalendarReply.objects.filter(state=ReplyState.PARKED).exists()
