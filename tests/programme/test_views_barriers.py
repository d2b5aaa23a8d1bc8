"""Reports of barriers: form, letters, list with deadlines, answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from programme import clock
from programme.enums import BarrierReportStatus, Role
from programme.models import AuditEntry, BarrierReport, OutgoingMail
from programme.rules import barriers
from tests.factories.programme import BarrierReportFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
GOOD = {
    "message": "Die Karte ist nicht lesbar.",
    "page_url": "/standorte/",
    "email": "a@example.org",
}


def test_a_report_reaches_the_mailbox_and_is_confirmed(client, programme):
    response = client.post(reverse("programme:report_barrier"), GOOD, follow=True)

    report = BarrierReport.objects.get()
    assert (report.message, report.page_url, report.email) == tuple(GOOD.values())
    assert "Ihre Meldung ist eingegangen" in response.content.decode()
    mails = OutgoingMail.objects.order_by("pk").values_list("letter", "recipient", "reply_to")
    assert list(mails) == [
        ("programme/barrier_report", "kontakt@example.org", "a@example.org"),
        ("programme/barrier_report_received", "a@example.org", ""),
    ]
    assert AuditEntry.objects.get().verb == "barrier_report.received"


def test_nobody_fills_somebody_elses_mailbox_with_confirmations(client, programme):
    for number in range(5):
        form = GOOD | {
            "message": f"Meldung {number}",
            "email": ["a@example.org", "A@example.org"][number % 2],
        }
        client.post(reverse("programme:report_barrier"), form)

    assert BarrierReport.objects.count() == 5
    letters = OutgoingMail.objects.filter(letter="programme/barrier_report_received")
    assert letters.count() == 3


def test_a_flood_from_one_address_is_stopped_and_keeps_what_was_typed(client, programme):
    url = reverse("programme:report_barrier")
    for _ in range(30):
        client.post(url, GOOD)

    refused, other = client.post(url, GOOD), client.post(url, GOOD, REMOTE_ADDR="192.0.2.7")

    assert (refused.status_code, other.status_code) == (429, 302)
    assert refused["Retry-After"] == "3600"
    assert refused.context["form"]["message"].value() == GOOD["message"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("message", "", "Bitte füllen Sie dieses Feld aus."),
        ("message", "x" * 4001, "höchstens 4000 Zeichen (jetzt 4001)"),
        ("message", "a\x00", "Bitte entfernen Sie unsichtbare Steuerzeichen"),
        ("email", "x", "zum Beispiel name@beispiel.de"),
    ],
)
def test_errors_say_how_to_mend_them(client, programme, field, value, says):
    response = client.post(reverse("programme:report_barrier"), GOOD | {field: value})

    assert says in response.context["form"].errors[field][0]


def test_a_report_without_an_address_is_welcome(client, programme):
    client.post(reverse("programme:report_barrier"), GOOD | {"email": ""})

    assert [mail.recipient for mail in OutgoingMail.objects.all()] == ["kontakt@example.org"]


def test_the_same_form_sent_twice_is_one_report(client, programme):
    form = GOOD | {"form_key": str(uuid4())}

    answers = [client.post(reverse("programme:report_barrier"), form) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [reverse("programme:report_barrier")] * 2
    assert BarrierReport.objects.count() == 1
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"message": ""},
        {"message": "x" * 4001},
        {"message": "a\x00b"},
        {"email": "kein Wort"},
        {"email": "a@example.org\nBcc: b@example.com"},
        {"page_url": "x" * 401},
    ],
)
def test_bad_input_is_refused_and_kept(client, programme, change):
    response = client.post(reverse("programme:report_barrier"), GOOD | change)

    assert response.status_code == 422
    assert not BarrierReport.objects.exists()
    if "message" not in change:
        assert "Die Karte ist nicht lesbar." in response.content.decode()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(signed_in, django_assert_num_queries, amount):
    ProgrammeFactory(is_current=True)
    client = signed_in(Role.OFFICE)
    BarrierReportFactory.create_batch(amount)
    BarrierReportFactory.create_batch(amount, status=BarrierReportStatus.CLOSED)

    with django_assert_num_queries(6):  # session, person, roles, open, answered, programme
        response = client.get(reverse("programme:barrier_reports"))

    assert len(response.context["open_reports"]) == amount


def test_the_list_says_what_waits_too_long(signed_in, programme):
    now = clock.now()
    for weeks in (1, 5, 7):
        BarrierReportFactory(created_at=now - timedelta(weeks=weeks))

    text = signed_in(Role.ADMIN).get(reverse("programme:barrier_reports")).content.decode()

    assert text.index("überfällig") < text.index("wartet über vier Wochen")


@pytest.mark.parametrize(
    ("age", "judged"),
    [
        (timedelta(weeks=4), "on_time"),
        (timedelta(weeks=4, seconds=1), "warn"),
        (timedelta(weeks=6), "warn"),
        (timedelta(weeks=6, seconds=1), "overdue"),
    ],
)
def test_four_weeks_warn_and_six_are_too_long(age, judged):
    now = clock.now()

    assert barriers.waiting(created_at=now - age, now=now) == judged


def test_a_report_is_answered_once(signed_in, programme):
    report, client = BarrierReportFactory(), signed_in(Role.OFFICE)
    url = reverse("programme:close_barrier_report", args=[report.pk])

    first, second = client.post(url, follow=True), client.post(url, follow=True)

    report.refresh_from_db()
    assert report.status == BarrierReportStatus.CLOSED
    assert report.closed_by is not None
    assert "als beantwortet vermerkt" in first.content.decode()
    assert "schon als beantwortet" in second.content.decode()
    assert AuditEntry.objects.filter(verb="barrier_report.closed").count() == 1
