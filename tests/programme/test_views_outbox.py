"""The outbox on screen: list, letter, attachment, send again."""

import pytest
from django.urls import reverse

from programme.enums import MailStatus, Role
from programme.models import AuditEntry
from tests.factories.programme import (
    MailAttachmentFactory,
    OutgoingMailFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
PARTS = ("mail", "mail_html")


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(signed_in, django_assert_num_queries, amount):
    ProgrammeFactory(is_current=True)
    client = signed_in(Role.OFFICE)
    for mail in OutgoingMailFactory.create_batch(amount):
        MailAttachmentFactory(mail=mail)

    with django_assert_num_queries(7):  # session, person, roles, count, mails, failed, programme
        response = client.get(reverse("programme:outbox"))

    assert [mail.attachment_count for mail in response.context["object_list"]] == [1] * amount


def test_the_list_finds_by_recipient_subject_and_state(signed_in, programme):
    client = signed_in(Role.ADMIN)
    wanted = OutgoingMailFactory(failed=True, recipient="fulda@example.org")
    OutgoingMailFactory(recipient="fulda@example.org")
    OutgoingMailFactory(failed=True, recipient="kassel@example.org")

    response = client.get(reverse("programme:outbox"), {"suche": "FULDA", "stand": "failed"})

    assert list(response.context["object_list"]) == [wanted]
    assert "2 E-Mails nicht zugestellt" in response.content.decode()


@pytest.mark.parametrize("number", ["2", "0", "-1", "99999999999999999999", "x", "9" * 5000])
def test_an_impossible_page_number_is_a_missing_page(signed_in, programme, number):
    OutgoingMailFactory()

    response = signed_in(Role.OFFICE).get(reverse("programme:outbox"), {"seite": number})

    assert response.status_code == 404


def test_a_wrong_filter_shows_everything(signed_in, programme):
    OutgoingMailFactory()

    response = signed_in(Role.OFFICE).get(
        reverse("programme:outbox"), {"stand": "gibt-es-nicht", "suche": "x\x00"}
    )

    assert response.status_code == 200


def test_a_letter_shows_links_into_the_portal_only(signed_in, programme):
    mail = OutgoingMailFactory(
        text_body="Öffnen Sie https://portal.example.org/einladung/abc/.\n"
        "Nicht https://portal.example.org.boese.example/x und <script>alert(1)</script>\n"
    )

    response = signed_in(Role.OFFICE).get(reverse("programme:mail", args=[mail.pk]))

    text = response.content.decode()
    assert '<a class="kern-link" href="/einladung/abc/">' in text
    assert 'href="https://portal.example.org.boese' not in text
    assert "<script>alert(1)" not in text
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_the_detail_page_costs_few_queries(signed_in, programme, django_assert_max_num_queries):
    mail = OutgoingMailFactory()
    MailAttachmentFactory.create_batch(3, mail=mail)
    client = signed_in(Role.OFFICE)

    with django_assert_max_num_queries(7):
        client.get(reverse("programme:mail", args=[mail.pk]))


def test_the_designed_version_can_run_and_load_nothing(signed_in, programme):
    mail = OutgoingMailFactory(html_body="<script>alert(1)</script><p>Guten Tag</p>")

    response = signed_in(Role.OFFICE).get(reverse("programme:mail_html", args=[mail.pk]))

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_an_attachment_is_a_download_with_its_name(signed_in, programme):
    file = MailAttachmentFactory(name="Übersicht.ics", content=b"\x00\x01")

    response = signed_in(Role.OFFICE).get(
        reverse("programme:mail_file", args=[file.mail.pk, file.pk])
    )

    assert response.content == b"\x00\x01"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


def test_an_attachment_of_another_mail_is_missing(signed_in, programme):
    file, other = MailAttachmentFactory(), OutgoingMailFactory()

    response = signed_in(Role.OFFICE).get(reverse("programme:mail_file", args=[other.pk, file.pk]))

    assert response.status_code == 404


def test_a_failed_mail_is_sent_again_once(signed_in, programme):
    mail = OutgoingMailFactory(failed=True)
    client = signed_in(Role.OFFICE)
    url = reverse("programme:send_again", args=[mail.pk])

    first, second = client.post(url, follow=True), client.post(url, follow=True)

    mail.refresh_from_db()
    assert mail.status == MailStatus.WAITING
    assert "gleich noch einmal gesendet" in first.content.decode()
    assert "Nur E-Mails, die nicht zugestellt wurden" in second.content.decode()
    assert AuditEntry.objects.filter(verb="mail.sent_again").count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SITE, Role.COACH, Role.FINANCE, Role.AUDITOR])
def test_nobody_else_reads_mails(signed_in, programme, role):
    file = MailAttachmentFactory()
    client = signed_in(role)

    answers = [
        client.get(reverse("programme:outbox")).status_code,
        client.get(reverse("programme:mail", args=[file.mail.pk])).status_code,
        client.get(reverse("programme:mail_html", args=[file.mail.pk])).status_code,
        client.get(reverse("programme:mail_file", args=[file.mail.pk, file.pk])).status_code,
        client.post(reverse("programme:send_again", args=[file.mail.pk])).status_code,
    ]

    assert answers == [403, 404, 404, 404, 404]


SERVER = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}


@pytest.mark.parametrize(
    "letter",
    [
        "programme/account_invitation",
        "programme/password_reset",
        "programme/address_confirmation",
        "network/survey_asked",
    ],
)
def test_nobody_reads_a_key_that_only_its_recipient_may_have(
    signed_in, programme, settings, letter
):
    settings.DELIVERY_EMAIL = SERVER
    key = f"{settings.BASE_URL}/konto/password/reset/key/b-geheim-123/"
    mail = OutgoingMailFactory(
        letter=letter,
        text_body=f"Guten Tag,\n\nIhr Link: {key}\n",
        html_body=f'<p><a href="{key}">Link</a> oder {key}</p>',
    )
    client = signed_in(Role.OFFICE)

    pages = [client.get(reverse(f"programme:{name}", args=[mail.pk])) for name in PARTS]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("geheim" not in page.content.decode() for page in pages)
    assert all("(Link nur für die empfangende Person)" in page.content.decode() for page in pages)


def test_without_a_mail_server_the_outbox_is_the_letter_box(signed_in, programme, settings):
    settings.DELIVERY_EMAIL = {}
    path = "/konto/password/reset/key/b-geheim-123/"
    mail = OutgoingMailFactory(
        letter="programme/account_invitation", text_body=f"{settings.BASE_URL}{path}"
    )

    page = signed_in(Role.ADMIN).get(reverse("programme:mail", args=[mail.pk]))

    assert f'href="{path}"' in page.content.decode()
