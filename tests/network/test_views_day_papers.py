"""Pages of the day: papers by one click, needs by name with a trace, certificates and proof."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse

from network import emails
from network.models import Certificate
from network.services import demo_day, needs
from network.services.demo_past import EARLIER
from programme import clock, tokens
from programme.enums import Role
from programme.models import AuditEntry, Printout
from tests.factories.network import (
    CertificateFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.factories.programme import UserFactory
from tests.network.test_emails_registrations import LETTERS, as_read
from tests.pages import put_away

pytestmark = pytest.mark.django_db
NOON = datetime(2100, 3, 1, 11, 0, tzinfo=UTC)
NUMBER = "LN-2026-A2B3-C4D7"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def person(programme):
    return RegistrationFactory.create(
        invitation__meeting__programme=programme,
        invitation__organisation__name="Ausländerbehörde Fulda",
        full_name="Öznur Groß",
        email="oeznur.gross@example.org",
        token_seed="2",
        arrived_at=NOON,
    )


@pytest.fixture
def certificate(person):
    return CertificateFactory.create(
        registration=person,
        number=NUMBER,
        file=ContentFile(b"%PDF-1.7", name="bescheinigung.pdf"),
    )


def address(name, person):
    return reverse(f"network:{name}", args=[person.meeting.slug])


@pytest.mark.parametrize(
    ("name", "title"),
    [("print_attendance", "Anwesenheitsliste"), ("print_badges", "Namensschilder")],
)
def test_a_paper_is_one_click(signed_in, person, name, title):
    response = signed_in(Role.OFFICE).post(address(name, person))

    printout = Printout.objects.get()
    assert response.headers["Location"] == reverse("programme:printout", args=[printout.pk])
    assert printout.title.startswith(title)


def test_badges_for_nobody_are_refused_in_german(signed_in, programme):
    meeting = MeetingFactory.create(programme=programme)

    response = signed_in(Role.OFFICE).post(
        reverse("network:print_badges", args=[meeting.slug]), follow=True
    )

    assert "Für vor Ort ist noch niemand angemeldet." in response.content.decode()


def test_the_kitchen_sees_numbers_and_no_names(signed_in, person):
    needs.note(registration=person, diet=["vegan"], access="Induktionsschleife")

    page = signed_in(Role.OFFICE).get(address("needs", person)).content.decode()

    assert "vegan" in page
    assert person.full_name not in page
    assert "Induktionsschleife" not in page
    assert not AuditEntry.objects.exists()


def test_data_protection_finds_what_is_kept_and_until_when(signed_in, person):
    client = signed_in(Role.ADMIN)
    empty = client.get(reverse("network:needs_overview")).content.decode()
    needs.note(registration=person, diet=["vegan"], access="Induktionsschleife")

    page = client.get(reverse("network:needs_overview")).content.decode()

    until = clock.day_of(person.meeting.ends_at) + timedelta(days=7)
    assert "Keine Angaben gespeichert" in empty
    assert address("needs", person) in page
    assert f"am {until:%d.%m.%Y}" in page
    assert person.full_name not in page
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("people", [1, 3])
def test_the_overview_of_needs_costs_the_same_for_any_amount(
    signed_in, people, programme, django_assert_num_queries
):
    client = signed_in(Role.ADMIN)
    for _ in range(people):
        needs.note(
            registration=RegistrationFactory.create(invitation__meeting__programme=programme),
            diet=["vegan"],
        )
    client.get(reverse("network:needs_overview"))

    with django_assert_num_queries(6):
        client.get(reverse("network:needs_overview"))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_names_come_on_request_and_leave_a_trace(signed_in, person, role):
    needs.note(registration=person, diet=["vegan"], access="Induktionsschleife")

    page = signed_in(role).post(address("needs_by_name", person)).content.decode()

    assert "Öznur Groß" in page
    assert "Induktionsschleife" in page
    assert AuditEntry.objects.get().verb == "needs.read"


def test_certificates_are_one_button(signed_in, person):
    client = signed_in(Role.OFFICE)
    page = client.get(address("certificates", person)).content.decode()

    response = client.post(address("certificates", person))

    assert "1 Person war da, 1 hat noch keine Bescheinigung." in page
    assert response.headers["Location"].startswith("/intern/ausdruck/")
    after = client.get(address("certificates", person)).content.decode()
    assert person.certificate.number in after
    assert "Alle als eine Datei" in after


def test_without_anybody_there_the_page_says_what_to_do(signed_in, person):
    person.arrived_at = None
    person.save()
    client = signed_in(Role.OFFICE)

    page = client.get(address("certificates", person)).content.decode()
    refused = client.post(address("certificates", person))

    assert "Zum Einlass" in page
    assert refused.status_code == 422


def own(person):
    token = tokens.token("registration", person.token_seed)
    return reverse("network:certificate", args=[token])


def test_a_person_loads_the_own_certificate_also_after_the_meeting(client, person):
    missing = client.get(own(person))
    CertificateFactory.create(
        registration=person, number=NUMBER, file=ContentFile(b"%PDF-1.7", name="b.pdf")
    )

    response = client.get(own(person))

    assert missing.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert f"bescheinigung-{NUMBER}.pdf" in response.headers["Content-Disposition"]
    put_away(response)


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), "ln 2026 a2b3 c4d7"])
def test_a_number_that_was_given_out_shows_little(client, certificate, typed):
    page = client.get(reverse("network:verify_certificate"), {"nummer": typed}).content.decode()

    assert f"Die Bescheinigung {NUMBER} ist echt" in page
    assert "Ö. G., Ausländerbehörde Fulda" in page
    assert "Groß" not in page
    assert certificate.registration.email not in page


@pytest.mark.parametrize("typed", ["LN-2026-A2B3-C4D9", "x" * 500, "\x00", "<script>"])
def test_unknown_numbers_get_the_same_answer(client, certificate, typed):
    page = client.get(reverse("network:verify_certificate"), {"nummer": typed}).content.decode()

    assert ("Zu dieser Nummer gibt es keine Bescheinigung" in page) == (typed != "\x00")
    assert "<script>" not in page


def test_who_was_not_there_after_all_has_no_valid_number(client, certificate):
    certificate.registration.arrived_at = None
    certificate.registration.save()

    page = client.get(reverse("network:verify_certificate"), {"nummer": NUMBER}).content.decode()

    assert "keine Bescheinigung" in page


def test_nobody_tries_numbers(client, certificate):
    check = reverse("network:verify_certificate")
    for _ in range(30):
        client.get(check, {"nummer": "LN-2026-0000-0000"})

    limited = client.get(check, {"nummer": NUMBER})

    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "60")
    assert "Ö. G." not in limited.content.decode()
    assert client.get(check).status_code == 200


def test_the_letter_about_the_certificate_reads_well(certificate):
    meeting = certificate.registration.meeting
    meeting.title, meeting.slug = "3. Landesnetzwerktreffen", "3-landesnetzwerktreffen"

    text = as_read(emails.certificate_issued(certificate.registration))

    assert text == (LETTERS / "certificate_issued.txt").read_text()


@pytest.mark.parametrize("people", [1, 3])
def test_pages_of_the_day_take_the_same_queries_for_one_and_three(
    signed_in, person, people, django_assert_num_queries
):
    for _ in range(people - 1):
        row = RegistrationFactory.create(
            invitation=InvitationFactory.create(meeting=person.meeting), arrived_at=NOON
        )
        CertificateFactory.create(registration=row)
    for row in person.meeting.registrations.all():
        needs.note(registration=row, diet=["vegan"])
    client = signed_in(Role.OFFICE)
    client.get(address("certificates", person))

    with django_assert_num_queries(6):
        client.get(address("certificates", person))
    with django_assert_num_queries(7):
        client.get(address("needs", person))
    # Two more where the logbook is sealed as it is written: its last number is read and set.
    with django_assert_num_queries(11 if connection.features.has_select_for_update else 13):
        client.post(address("needs_by_name", person))


def test_loading_the_samples_twice_gives_each_certificate_once(programme):
    person = RegistrationFactory.create(
        invitation__meeting__slug=EARLIER.slug, arrived_at=NOON, email=""
    )

    for _ in range(2):
        demo_day.load(by=UserFactory.create())

    assert Certificate.objects.get().registration == person
    demo_day.remove(programme=person.meeting.programme)
    assert not Certificate.objects.exists()
