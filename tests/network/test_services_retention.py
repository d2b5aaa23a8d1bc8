"""Four weeks after a meeting only the proof of attendance is left, with a receipt."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from network import emails
from network.enums import MeetingStatus
from network.models import CalendarReply, Needs, Registration
from network.services import needs, retention
from programme import clock
from programme.enums import Role, VoucherFileKind
from programme.models import DeletionReceipt, OutgoingMail, Printout, VoucherFile
from programme.services import mails, printouts
from tests.factories.network import (
    AnswerEntryFactory,
    CalendarReplyFactory,
    InvitationFactory,
    InvitationLetterFactory,
    LateRequestFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.factories.programme import UserFactory, VoucherFactory

pytestmark = pytest.mark.django_db
HOUSE = ("programme", "network", "sites", "publications")
MARK = "geheimmarke"
EMAIL = f"{MARK}@example.org"


@pytest.fixture
def meeting(programme):
    end = clock.now() - retention.KEEP - timedelta(hours=1)
    return MeetingFactory(
        programme=programme,
        status=MeetingStatus.HELD,
        starts_at=end - timedelta(hours=6),
        ends_at=end,
    )


def plant(meeting):
    """Leave the marker in every place a meeting writes people's data to."""
    invitation = InvitationFactory(meeting=meeting)
    guest = RegistrationFactory(
        invitation=invitation, full_name="Öznur Groß", email=EMAIL, function=MARK
    )
    gone = {"full_name": MARK, "email": f"x{EMAIL}", "status": "cancelled"}
    RegistrationFactory(invitation=invitation, **gone)
    AnswerEntryFactory(
        invitation=invitation,
        name=MARK,
        email=EMAIL,
        by=UserFactory(),
        before={"reason": MARK},
        undo_seed="1",
        undo_digest="2",
    )
    LateRequestFactory(invitation=invitation, name=MARK, email=EMAIL, message=MARK)
    InvitationLetterFactory(invitation=invitation, recipient=EMAIL, message_id="<1>")
    CalendarReplyFactory(invitation=invitation, attendee=EMAIL, comment=MARK, raw=MARK)
    CalendarReplyFactory(registration=guest, attendee=EMAIL, raw=MARK)
    needs.note(registration=guest, diet=["vegan"], diet_note=MARK, access=MARK)
    emails.registration_confirmed(guest)
    OutgoingMail.objects.update(status="sent", sent_at=meeting.ends_at)
    return guest


def found():
    """Return every column of every table in which the marker stands."""
    return {
        f"{model._meta.label}.{field.name}"
        for app in HOUSE
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        for value in model._base_manager.values_list(field.name, flat=True)
        if MARK
        in (
            bytes(value).decode(errors="replace")
            if isinstance(value, memoryview | bytes)
            else str(value)
        )
    }


def test_nothing_personal_is_left_but_the_proof_of_attendance(meeting):
    guest = plant(meeting)
    printout = printouts.ask(
        title="Liste", download_name="liste.pdf", back_url="/", by=UserFactory()
    )
    printouts.finish_with(pk=printout.pk, content=MARK.encode())
    Printout.objects.update(requested_at=clock.now() - timedelta(days=8))
    listed = Printout.objects.get().file.name
    assert default_storage.exists(listed)
    assert len(found()) > 8

    retention.forget_due.call()
    needs.forget_due.call()
    OutgoingMail.objects.update(sent_at=clock.now() - timedelta(days=91))
    mails.forget_delivered.call()
    printouts.forget_printouts.call()

    guest.refresh_from_db()
    assert found() == set()
    assert guest.full_name == "Öznur Groß"
    assert guest.invitation.organisation.name
    assert not default_storage.exists(listed)


def test_the_receipt_counts_what_went_and_says_what_stays(meeting):
    plant(meeting)

    retention.forget_due.call()

    receipt = DeletionReceipt.objects.get()
    assert receipt.deleted == {
        "E-Mail-Adressen von Angemeldeten": 2,
        "Funktionen von Angemeldeten": 1,
        "Namen von Personen ohne Teilnahme": 1,
        "Absender von Antworten": 1,
        "Empfänger von Schreiben": 1,
        "Anfragen nach der Frist": 1,
        "Antworten aus Kalendern": 2,
    }
    assert receipt.held == {
        "Einträge im Protokoll": retention.LOGBOOK,
        "Namen und Organisationen (1)": retention.PROOF,
    }
    assert MARK not in str(receipt.__dict__)


def test_whoever_had_a_seat_and_did_not_come_is_forgotten_where_arrivals_were_noted(meeting):
    came = RegistrationFactory(invitation__meeting=meeting, arrived_at=meeting.starts_at)
    missed = RegistrationFactory(invitation__meeting=meeting)
    gone = RegistrationFactory(
        invitation__meeting=meeting, status="cancelled", arrived_at=meeting.starts_at
    )

    retention.forget_due.call()

    names = dict(Registration.objects.values_list("pk", "full_name"))
    assert names[came.pk] == came.full_name
    assert {names[missed.pk], names[gone.pk]} == {retention.NO_NAME}


def test_of_a_meeting_that_was_cancelled_no_name_stays(meeting):
    meeting.status = MeetingStatus.CANCELLED
    meeting.save()
    RegistrationFactory(invitation__meeting=meeting)

    retention.forget_due.call()

    assert Registration.objects.get().full_name == retention.NO_NAME
    assert list(DeletionReceipt.objects.get().held) == ["Einträge im Protokoll"]


def test_killed_and_repeated_it_ends_the_same_with_one_receipt(meeting):
    plant(meeting)

    def killed_at_the_end():
        with transaction.atomic():
            retention.forget_due.call()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        killed_at_the_end()
    killed = Registration.objects.filter(email=EMAIL).count(), DeletionReceipt.objects.count()
    first = retention.forget_due.call()
    second = retention.forget_due.call()

    assert killed == (1, 0)
    assert first == {meeting.slug: 9}
    assert second == {}
    assert DeletionReceipt.objects.count() == 1


def test_eight_days_after_no_need_is_left_and_the_files_of_vouchers_stay(programme, signed_in):
    end = clock.now() - timedelta(days=8)
    meeting = MeetingFactory(
        programme=programme, status="held", starts_at=end - timedelta(hours=6), ends_at=end
    )
    guest = RegistrationFactory(invitation__meeting=meeting)
    needs.note(registration=guest, diet=["vegan"], diet_note=MARK, access=MARK)
    scan = VoucherFile.objects.create(
        voucher=VoucherFactory(),
        kind=VoucherFileKind.INVOICE,
        file=ContentFile(b"%PDF-1.7", name="rechnung.pdf"),
        name="rechnung.pdf",
        content_type="application/pdf",
        size_bytes=8,
        sha256="0" * 64,
        uploaded_by=UserFactory(),
    )

    needs.forget_due.call()
    retention.forget_due.call()

    page = signed_in(Role.ADMIN).get(reverse("programme:deletions")).content.decode()
    until = clock.today() + timedelta(days=30)
    assert not Needs.objects.exists()
    assert f"Angaben zu Kost und Zugang: {meeting}" in page
    assert f"bis {until:%d.%m.%Y}" in page
    assert VoucherFile.objects.get() == scan
    assert default_storage.exists(scan.file.name)


def test_before_the_four_weeks_are_over_everything_stays(programme):
    end = clock.now() - retention.KEEP + timedelta(hours=1)
    meeting = MeetingFactory(
        programme=programme, starts_at=end - timedelta(hours=6), ends_at=end, status="held"
    )
    plant(meeting)
    before = found()

    assert retention.forget_due.call() == {}
    assert found() == before
    assert not DeletionReceipt.objects.exists()


def test_meetings_to_come_and_cancelled_ones_wait_for_their_day(programme):
    meeting = MeetingFactory(programme=programme, status=MeetingStatus.CANCELLED)
    RegistrationFactory(invitation__meeting=meeting, email=EMAIL)

    assert retention.forget_due.call() == {}
    assert Registration.objects.filter(email=EMAIL).exists()


def test_answers_of_no_meeting_go_after_ninety_days(programme):
    old = clock.now() - timedelta(days=90, hours=1)
    CalendarReplyFactory(attendee=EMAIL, received_at=old)
    kept = CalendarReplyFactory(attendee=EMAIL)

    retention.forget_due.call()
    retention.forget_due.call()

    assert list(CalendarReply.objects.all()) == [kept]
    assert DeletionReceipt.objects.get().deleted == {"Antworten aus Kalendern": 1}


def test_failed_mails_are_forgotten_too_waiting_ones_are_not(programme):
    old = clock.now() - timedelta(days=91)
    fields = {"sender": "a@example.org", "recipient": EMAIL, "give_up_at": old}
    for number, status in enumerate(("failed", "waiting", "bounced")):
        OutgoingMail.objects.create(message_id=f"<{number}>", status=status, sent_at=old, **fields)

    mails.forget_delivered.call()

    assert [mail.status for mail in OutgoingMail.objects.all()] == ["waiting"]
