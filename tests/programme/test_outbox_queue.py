"""Writing to the outbox: one transaction, one address, no foreign headers."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from programme import emails, outbox
from programme.errors import RuleBroken
from programme.models import MailAttachment, OutgoingMail
from tests.factories.programme import (
    BarrierReportFactory,
    LegalNoticeFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OUR_BACKEND = "programme.outbox.OutboxBackend"


def queue(**changes):
    values = {
        "letter": "programme/account_notice",
        "to": "amt@example.org",
        "context": {
            "person": UserFactory.build(),
            "sentence": "Rechte & Pflichten <neu>",
            "link": "/",
        },
    }
    return outbox.queue(**(values | changes))


def test_a_rolled_back_event_writes_no_mail(programme):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert OutgoingMail.objects.count() == 0


def test_text_stays_text_and_html_is_escaped(programme):
    mail = queue()

    assert "Rechte & Pflichten <neu>" in mail.text_body
    assert "Rechte &amp; Pflichten &lt;neu&gt;" in mail.html_body
    assert "\n\n\n" not in mail.text_body


def test_a_letter_carries_funding_notice_publisher_and_links():
    programme = ProgrammeFactory(is_current=True)
    LegalNoticeFactory(programme=programme)

    mail = queue()

    for body in (mail.text_body, mail.html_body):
        assert programme.funding_notice in body
        assert "Sonnenberger Straße 2/2a" in body
        assert "https://portal.example.org/datenschutz/" in body
    assert mail.message_id.endswith("@portal.example.org>")


@pytest.mark.parametrize(
    "address",
    [
        "amt@example.org, boese@example.com",
        "amt@example.org\nBcc: boese@example.com",
        "amt@example.org\r\nTo: boese@example.com",
        "amt@example.org;boese@example.com",
        "Amt <amt@example.org>, <boese@example.com>",
        "amt",
        "",
        f"{'a' * 250}@example.org",
        '"\x0bBcc:boese@example.com\x0b"@example.org',
        '"\x1e\x1eGewonnen"@example.org',
        '"amt\x7f"@example.org',
    ],
)
def test_a_mail_goes_to_exactly_one_address(programme, address):
    with pytest.raises(RuleBroken):
        queue(to=address)
    if address:
        with pytest.raises(RuleBroken):
            queue(reply_to=address)

    assert OutgoingMail.objects.count() == 0


def test_a_subject_is_one_line(programme):
    report = BarrierReportFactory()
    report.pk = "7\r\nBcc: boese@example.com"

    mail = emails.barrier_report(report, programme)

    assert mail.subject == "Barrieremeldung 7 Bcc: boese@example.com ist eingegangen"


def test_many_mails_ask_for_one_delivery(programme, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            queue()

    assert (
        DBTaskResult.objects.filter(task_path="programme.outbox.delivery.deliver_pending").count()
        == 1
    )


def test_mails_of_other_packages_take_the_same_way(programme, settings):
    settings.EMAIL_BACKEND = OUR_BACKEND
    message = EmailMultiAlternatives(
        "Betreff",
        "Text",
        "jemand@example.com",
        ["Jörg <joerg@example.org>", "anna@example.org"],
        cc=["berta@example.org"],
        reply_to=["antwort@example.org"],
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    message.attach("liste.csv", "a;b", "text/csv")

    message.send()

    assert list(
        OutgoingMail.objects.order_by("pk").values_list("sender", "recipient", "reply_to")
    ) == [
        ("portal@example.org", "joerg@example.org", "antwort@example.org"),
        ("portal@example.org", "anna@example.org", "antwort@example.org"),
        ("portal@example.org", "berta@example.org", "antwort@example.org"),
    ]
    assert [bytes(file.content) for file in MailAttachment.objects.all()] == [b"a;b"] * 3


def test_a_plain_message_has_no_html_version(programme, settings):
    settings.EMAIL_BACKEND = OUR_BACKEND
    EmailMessage("Betreff", "Text", None, ["anna@example.org"]).send()

    assert OutgoingMail.objects.get().html_body == ""
