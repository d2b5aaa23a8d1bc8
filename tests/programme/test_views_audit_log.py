"""The logbook on screen: who sees what, how it is found, checked and handed out."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from programme import audit
from programme.enums import Role
from programme.exports.logbook import cells
from programme.models import AuditChain, AuditEntry, Printout
from programme.queries import logbook as queries
from programme.services import logbook
from tests.factories.network import MeetingFactory
from tests.factories.programme import UserFactory, VoucherFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
PAGE = reverse("programme:audit_log")
EXPORT = reverse("programme:export_audit_log")
AT = datetime(2016, 2, 29, 22, 59, tzinfo=UTC)


def write(subject, sentence, *, by=None, **more):
    return audit.record(by=by, verb="thing.done", subject=subject, sentence=sentence, **more)


def sentences(client, **asked):
    response = client.get(PAGE, asked)
    return [line.entry.sentence for line in response.context["lines"]]


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(signed_in, django_assert_num_queries, amount):
    client = signed_in(Role.AUDITOR)
    for _ in range(amount):
        voucher = VoucherFactory.create()
        write(voucher, "Beleg erfasst.", by=UserFactory.create())

    with django_assert_num_queries(8):  # session, person, roles, count, rows, chain, vouchers, us
        response = client.get(PAGE)

    assert len(response.context["lines"]) == amount


def test_an_entry_says_who_did_what_to_which_voucher(signed_in):
    voucher = VoucherFactory.create(number=17)
    person = UserFactory.create(full_name="Änne Übelacker")
    write(
        voucher,
        "Beleg 17 geändert.",
        by=person,
        changes={"status": ["recorded", "approved"], "payee": ["", "Müller <b>"], "fremd": "x"},
        at=AT,
    )
    audit.seal()

    page = signed_in(Role.AUDITOR).get(PAGE).content.decode()

    assert "Änne Übelacker" in page
    assert "29.02.2016, 23:59 Uhr" in page
    assert "Stand: erfasst, wartet auf zweite Prüfung → geprüft" in page
    assert "Zahlungsempfänger: – → Müller &lt;b&gt;" in page
    assert "fremd: – → x" in page
    assert f'href="{reverse("programme:voucher", args=[17])}">Beleg 17</a>' in page
    assert f'href="?gegenstand=programme.voucher%3A{voucher.pk}"' in page


def test_entries_are_found_by_person_text_day_topic_and_subject(signed_in):
    client = signed_in(Role.ADMIN)
    jonas = UserFactory.create(full_name="Jonas Weiß", email="jonas@example.org")
    voucher, other = VoucherFactory.create(), VoucherFactory.create()
    write(voucher, "Beleg erfasst.", by=jonas, at=AT)
    write(other, "Beleg zurückgewiesen.", by=UserFactory.create())
    write(jonas, "Rolle gegeben.")
    write(MeetingFactory.create(), "Treffen angelegt.")

    assert sentences(client) == [
        "Treffen angelegt.",
        "Rolle gegeben.",
        "Beleg zurückgewiesen.",
        "Beleg erfasst.",
    ]
    assert sentences(client, person="weiß") == ["Beleg erfasst."]
    assert sentences(client, person="jonas@example") == ["Beleg erfasst."]
    assert sentences(client, suche="ROLLE") == ["Rolle gegeben."]
    assert sentences(client, von="2016-02-29", bis="2016-02-29") == ["Beleg erfasst."]
    assert sentences(client, bis="2016-02-28") == []
    assert sentences(client, thema="rights") == ["Rolle gegeben."]
    assert sentences(client, thema="network") == ["Treffen angelegt."]
    assert sentences(client, thema="portal") == []
    assert sentences(client, gegenstand=f"programme.voucher:{other.pk}") == [
        "Beleg zurückgewiesen."
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"von": "gestern"},
        {"bis": "9999-12-31"},
        {"von": "0001-01-01"},
        {"thema": "nichts"},
        {"gegenstand": "a:b:c"},
        {"suche": "\x00"},
        {"person": "x" * 500},
    ],
)
def test_nonsense_in_the_address_is_no_error(signed_in, asked):
    assert signed_in(Role.ADMIN).get(PAGE, asked).status_code == 200


def test_finance_sees_the_funding_and_nothing_else(signed_in):
    client = signed_in(Role.FINANCE)
    person = UserFactory.create()
    write(person, "Rolle gegeben.")
    write(VoucherFactory.create(), "Beleg erfasst.")

    assert sentences(client) == ["Beleg erfasst."]
    assert sentences(client, thema="rights") == ["Beleg erfasst."]
    assert sentences(client, gegenstand=f"programme.user:{person.pk}") == []


def test_sensitive_vouchers_are_for_finance_and_auditors(signed_in):
    write(VoucherFactory.create(is_sensitive=True), "Beleg an Änne Übelacker erfasst.")
    write(VoucherFactory.create(), "Beleg erfasst.")

    assert sentences(signed_in(Role.ADMIN)) == ["Beleg erfasst."]
    assert len(sentences(signed_in(Role.AUDITOR))) == 2
    assert len(sentences(signed_in(Role.FINANCE))) == 2


def test_the_state_of_the_chain_stands_at_the_top(signed_in):
    client = signed_in(Role.AUDITOR)
    write(UserFactory.create(), "Rolle gegeben.")
    audit.seal()

    before = client.get(PAGE).content.decode()
    client.post(reverse("programme:check_audit_log"))
    after = client.get(PAGE).content.decode()
    AuditChain.objects.update(entry_hash="0" * 64)
    client.post(reverse("programme:check_audit_log"))
    broken = client.get(PAGE).content.decode()

    assert "Das Protokoll ist noch nicht geprüft" in before
    assert "Einträge 1 bis 1 sind lückenlos" in after
    assert "Der letzte Eintrag hat die Nummer 1" in after
    assert "Das Protokoll ist nicht unversehrt" in broken
    assert "Eintrag 1 ist nicht der, mit dem das Protokoll endete." in broken


def test_the_administration_is_warned_on_the_page_of_people(signed_in):
    AuditChain.objects.update(fault="Eintrag 3 fehlt.")

    office = signed_in(Role.OFFICE).get(reverse("programme:people")).content.decode()
    admin = signed_in(Role.ADMIN).get(reverse("programme:people")).content.decode()

    assert "Bitte sagen Sie der Verwaltung Bescheid." in office
    assert f'href="{PAGE}">Protokoll ansehen' in admin


def fetch(client, kind, **asked):
    """Ask for a table, let the worker write it, return its bytes."""
    response = client.post(EXPORT, {"art": kind} | asked)
    printout = Printout.objects.get()
    assert response["Location"] == reverse("programme:printout", args=[printout.pk])
    with printout.file.open("rb") as file:
        return file.read()


@pytest.fixture
def jobs_at_once(settings):
    backend = "django_tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": settings.TASKS["default"] | {"BACKEND": backend}}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.usefixtures("jobs_at_once")
def test_the_table_holds_what_was_found_and_no_formula(signed_in, kind):
    client = signed_in(Role.AUDITOR)
    bad = UserFactory.create(full_name="=cmd|' /C calc'!A0")
    write(VoucherFactory.create(number=4), "+1+1 erfasst.", by=bad, at=AT)
    write(bad, "Rolle gegeben.")
    audit.seal()
    entry = AuditEntry.objects.get(sentence="+1+1 erfasst.")

    content = fetch(client, kind, thema="funding")

    if kind == "csv":
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
        mark = "'"
    else:
        sheet = load_workbook(BytesIO(content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        mark = ""
    assert rows[0][:5] == ["Nummer", "Zeitpunkt", "Person", "Was geschah", "Gegenstand"]
    assert rows[1:] == [
        [
            "1",
            "29.02.2016 23:59:00",
            f"{mark}=cmd|' /C calc'!A0",
            f"{mark}+1+1 erfasst.",
            "Beleg 4",
            "",
            "thing.done",
            entry.entry_hash,
        ]
    ]


def test_a_table_without_a_format_is_asked_again(signed_in):
    response = signed_in(Role.FINANCE).post(EXPORT, {"art": "exe"})

    assert response.status_code == 422
    assert not Printout.objects.exists()


@pytest.mark.usefixtures("jobs_at_once")
def test_finance_gets_a_table_of_the_funding_only(signed_in):
    write(UserFactory.create(), "Rolle gegeben.")
    write(VoucherFactory.create(), "Beleg erfasst.")

    content = fetch(signed_in(Role.FINANCE), "csv", thema="rights").decode("utf-8-sig")

    assert "Beleg erfasst." in content
    assert "Rolle gegeben." not in content


def test_each_voucher_leads_to_its_own_history(signed_in, programme):
    voucher = VoucherFactory.create(line__plan__programme=programme)

    page = signed_in(Role.FINANCE).get(reverse("programme:voucher", args=[voucher.number]))
    office = signed_in(Role.OFFICE).get(reverse("programme:voucher", args=[voucher.number]))

    link = f'href="{PAGE}?gegenstand=programme.voucher:{voucher.pk}"'
    assert link in page.content.decode()
    assert link not in office.content.decode()


def test_the_daily_job_keeps_the_outcome():
    write(UserFactory.create(), "Rolle gegeben.")

    said = logbook.check_daily.call()

    assert said.startswith("Das Protokoll ist unversehrt")
    assert AuditChain.objects.get().checked_at


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE])
def test_a_name_written_before_a_voucher_was_sensitive_is_hidden(signed_in, role):
    voucher = VoucherFactory.create(number=5, payee="Erna über Land", is_sensitive=True)
    told = "Beleg 5 an Erna über Land über 1.000,00 EUR erfasst; AMIF 471,70 EUR."
    kept = write(voucher, told, changes={"payee": ["Erna", "Erna über Land"], "hours": ["1", "2"]})
    client = signed_in(role)

    html = client.get(PAGE).content.decode()
    found = client.get(PAGE, {"suche": "Erna"}).context["lines"]
    rows = list(queries.in_batches(wanted=queries.LogFilter()))

    assert "Beleg 5 (vertraulich) über 1.000,00 EUR erfasst; AMIF 471,70 EUR." in html
    assert "Erna" not in html
    assert found == []
    assert "Erna" not in " ".join(cell for row in rows for cell in cells(row))
    audit.seal()
    kept.refresh_from_db()
    assert kept.sentence == told
    assert audit.entry_hash(kept) == kept.entry_hash
