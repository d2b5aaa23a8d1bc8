"""Pages of the audit room: the way down from a figure, findings and their answers."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import FindingState, Role
from programme.models import AuditFinding
from programme.services import findings, proofs
from tests.factories.drawdowns import load_numbers
from tests.factories.funding import new_file, recorded_voucher
from tests.factories.inspections import AuditFindingFactory
from tests.factories.programme import UserFactory

ROOM = "/intern/pruefung/"
LIST = "/intern/pruefung/feststellungen/"
SENT = {
    "kind": "line",
    "number": "2",
    "text": "Zwei Fahrten sind doppelt abgerechnet.",
    "amount_eur": "1.234,56",
    "follow_up_on": "2017-08-01",
}


@pytest.fixture
def auditor(db):
    return UserFactory.create(roles=[Role.AUDITOR])


@pytest.fixture
def browser_of_auditor(signed_in, auditor):
    return signed_in(user=auditor)


def test_an_auditor_writes_a_finding(plan, browser_of_auditor, auditor):
    response = browser_of_auditor.post(f"{LIST}neu/", SENT)

    finding = AuditFinding.objects.get()
    assert response.url == f"{LIST}1/"
    assert (finding.amount_eur, finding.follow_up_on) == (Decimal("1234.56"), date(2017, 8, 1))
    shown = browser_of_auditor.get(response.url).content.decode()
    assert "Einzelansatz 2: Reisekosten" in shown
    assert "Antwort senden" not in shown


def test_a_wrong_subject_is_named_at_its_field_and_the_text_stays(plan, browser_of_auditor):
    response = browser_of_auditor.post(f"{LIST}neu/", SENT | {"number": "77"})

    assert response.status_code == 422
    assert response.context["form"].errors["number"] == [findings.NO_SUBJECT]
    assert "Zwei Fahrten sind doppelt abgerechnet." in response.content.decode()


def test_the_link_of_a_voucher_fills_in_the_subject(plan, browser_of_auditor):
    form = browser_of_auditor.get(f"{LIST}neu/?gegenstand=voucher:12").context["form"]

    assert (form["kind"].value(), form["number"].value()) == ("voucher", "12")


def test_finance_answers_and_the_auditor_closes(plan, finance, clerk, browser_of_auditor):
    AuditFindingFactory.create(programme=plan.programme, number=1)

    finance.post(f"{LIST}1/beantworten/", {"text": "Liegt jetzt bei.", "seen_version": "1"})
    shown = browser_of_auditor.get(f"{LIST}1/").content.decode()
    browser_of_auditor.post(f"{LIST}1/schliessen/", {"seen_version": "2"})

    assert "Liegt jetzt bei." in shown
    assert "Als erledigt schließen" in shown
    finding = AuditFinding.objects.get()
    assert (finding.state, finding.answered_by) == (FindingState.CLOSED, clerk)


def test_two_auditors_at_once_see_both_texts(plan, browser_of_auditor):
    AuditFindingFactory.create(programme=plan.programme, number=1, revision=2, text="Neu.")

    sent = SENT | {"seen_version": "1", "number": "2"}
    first = browser_of_auditor.post(f"{LIST}1/aendern/", sent)
    again = {name: first.context["form"][name].value() for name in sent}
    browser_of_auditor.post(f"{LIST}1/aendern/", again)

    assert first.status_code == 422
    rows = [(row.label, row.stands, row.written) for row in first.context["differences"]]
    assert ("Feststellung", "Neu.", SENT["text"]) in rows
    assert AuditFinding.objects.get().text == SENT["text"]


def test_an_answer_to_an_old_version_keeps_what_was_typed(plan, finance):
    AuditFindingFactory.create(programme=plan.programme, number=1, revision=2)

    response = finance.post(
        f"{LIST}1/beantworten/", {"text": "Liegt jetzt bei.", "seen_version": "1"}
    )

    shown = response.content.decode()
    assert response.status_code == 422
    assert "Liegt jetzt bei." in shown
    assert "inzwischen geändert" in shown


def test_the_list_asks_as_often_for_three_rows_as_for_one_and_is_narrowed(
    plan, finance, django_assert_num_queries
):
    AuditFindingFactory.create(programme=plan.programme, follow_up_on=date(2016, 1, 1))
    with django_assert_num_queries(7):
        finance.get(LIST)
    AuditFindingFactory.create_batch(2, programme=plan.programme, state="closed")
    with django_assert_num_queries(7):
        everything = finance.get(LIST)

    still_open = finance.get(f"{LIST}?stand=offen&art=line&suche=stundennachweis")

    assert [row.is_due for row in everything.context["rows"]] == [True, False, False]
    assert len(still_open.context["rows"]) == 1
    assert not finance.get(f"{LIST}?art=voucher").context["rows"]


def test_the_way_from_a_figure_to_the_invoice_takes_three_clicks(plan, browser_of_auditor):
    voucher = recorded_voucher(plan=plan, files=[new_file()])

    room = browser_of_auditor.get(ROOM).content.decode()
    chain = browser_of_auditor.get(f"{ROOM}belege/{voucher.number}/")

    assert f"/intern/foerderung/?ansatz={voucher.line.position}&amp;status=approved" in room
    shown = chain.content.decode()
    assert f"/intern/foerderung/belege/{voucher.number}/datei/" in shown
    assert chain.context["chain"].missing == (
        "Zahlungsnachweis",
        "Angabe, zu welchem Anlass der Beleg gehört",
    )


def test_each_proof_of_the_room_leads_to_a_finding_about_it(plan, clerk, browser_of_auditor):
    load_numbers(programme=plan.programme)
    proof = proofs.begin(programme=plan.programme, drawdown=None, by=clerk)

    room = browser_of_auditor.get(ROOM).content.decode()

    address = f"{LIST}neu/?gegenstand=proof:{proof.pk}"
    about = f'<span class="kern-sr-only"> zu {proof}</span>'
    assert f'href="{address}">Feststellung erfassen{about}</a>' in room


def test_the_room_stays_within_its_budget(plan, finance, django_assert_max_num_queries):
    AuditFindingFactory.create_batch(3, programme=plan.programme)

    with django_assert_max_num_queries(12):
        response = finance.get(ROOM)

    assert response.context["room"].open_count == 3


def test_open_findings_stand_on_the_start_pages(plan, finance, browser_of_auditor):
    AuditFindingFactory.create(programme=plan.programme)
    AuditFindingFactory.create(programme=plan.programme, state=FindingState.ANSWERED)

    of_finance, of_auditor = (
        client.get("/intern/").content.decode() for client in (finance, browser_of_auditor)
    )

    assert "Feststellungen der Prüfung beantworten" in of_finance
    assert "Beantwortete Feststellungen prüfen" in of_auditor
