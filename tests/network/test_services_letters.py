"""What an office was sent is noted letter by letter."""

import pytest

from network.enums import LetterKind
from network.services import letters
from tests.factories.network import InvitationFactory
from tests.factories.programme import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_mail_is_noted_with_its_message_id():
    mail, by = OutgoingMailFactory(), UserFactory()

    row = letters.log(invitation=InvitationFactory(), kind=LetterKind.INVITATION, mail=mail, by=by)

    assert (row.recipient, row.message_id, row.by) == (mail.recipient, mail.message_id, by)


def test_a_letter_on_paper_has_no_message_id():
    row = letters.log(invitation=InvitationFactory(), kind=LetterKind.PAPER, mail=None)

    assert (row.recipient, row.message_id, row.by) == ("", "", None)
