"""Proofs of use: open problems, two signatures, frozen figures, new versions with reasons."""

import re
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import strip_tags
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from programme import clock
from programme.enums import ProofStatus, Role
from programme.errors import RuleBroken
from programme.exports import proofs as exports
from programme.models import FieldOfAction, Printout, ProofOfUse, Voucher
from programme.queries import proof_problems
from programme.queries import proofs as queries
from programme.queries.proof_records import records_of
from programme.rules import proofs as rules
from programme.services import approvals, proofs
from programme.services.proofs import Narrative
from tests.factories.drawdowns import load_numbers, received_drawdown, recorded_drawdown
from tests.factories.funding import new_file, recorded_voucher
from tests.factories.programme import FieldOfActionFactory, UserFactory
from tests.pdf import failures
from tests.unguarded import unguarded

# Today lies years behind the last day, and the tests use the same file again and again.
LATE = frozenset({"F14", "F18"})
PAYMENT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def second(db):
    return UserFactory(roles=[Role.FINANCE])


@pytest.fixture
def funded(plan):
    load_numbers(programme=plan.programme)
    FieldOfActionFactory(key="service", title="Service verbessern")
    return plan


def approved(plan, *, gross_eur="1000.00", paid_on=date(2016, 5, 20), complete=True):
    papers = (new_file(), new_file(PAYMENT, name="Zahlung.pdf", kind="proof_of_payment"))
    voucher = recorded_voucher(
        plan=plan,
        files=papers if complete else (),
        paid_on=paid_on,
        gross_eur=Decimal(gross_eur),
        invoice_number=f"RE-{plan.programme.vouchers.count() + 1}",
    )
    return approvals.approve(voucher=voucher, seen_version=1, by=UserFactory())


def narrative():
    goals = FieldOfAction.objects.values_list("key", flat=True)
    return Narrative(
        overview="Die Ziele sind erreicht.",
        texts=dict.fromkeys(goals, "Wartezeiten sind kürzer."),
        values={"offices": Decimal(6)},
        reasons={key: "nicht erhoben" for key, *_ in rules.indicators("final")[1:]},
    )


def described(plan, by, drawdown=None):
    proof = proofs.begin(programme=plan.programme, drawdown=drawdown, by=by)
    return proofs.describe(proof=proof, seen_revision=1, narrative=narrative(), by=by)


def checked(plan, by):
    return proofs.check(proof=described(plan, by), seen_revision=2, by=by, seen_warnings=LATE)


def submitted(plan, first, second):
    proof = checked(plan, first)
    return proofs.submit(proof=proof, seen_revision=3, by=second, seen_warnings=LATE)


def problems_of(proof):
    rows = queries.vouchers_of(proof)
    found = proof_problems.problems(
        proof, rows, queries.figures(proof, rows), today=date(2017, 8, 1)
    )
    return [(each.finding.rule, each.where) for each in found]


def test_the_final_proof_is_begun_once_with_its_last_day(funded, clerk):
    first = proofs.begin(programme=funded.programme, drawdown=None, by=clerk)
    again = proofs.begin(programme=funded.programme, drawdown=None, by=clerk)

    assert first == again
    assert (first.due_on, first.period_to) == (date(2017, 8, 31), date(2017, 6, 30))
    assert [text.title for text in first.texts.all()] == ["Service verbessern"]


def test_an_interim_proof_holds_what_was_paid_until_its_drawdown(funded, clerk):
    approved(funded)
    approved(funded, paid_on=date(2016, 7, 1))
    drawdown = recorded_drawdown(plan=funded)

    proof = proofs.begin(programme=funded.programme, drawdown=drawdown, by=clerk)

    assert (proof.number, proof.due_on) == (1, date(2016, 7, 28))
    assert [row.number for row in queries.vouchers_of(proof)] == [1]


def test_the_land_gets_a_proof_of_the_budget_year_until_the_end_of_april(funded, clerk):
    approved(funded)
    approved(funded, paid_on=date(2017, 1, 20))

    proof = proofs.begin(programme=funded.programme, drawdown=None, year=2016, by=clerk)
    again = proofs.begin(programme=funded.programme, drawdown=None, year=2016, by=clerk)

    assert (proof, proof.due_on) == (again, date(2017, 4, 30))
    assert (proof.period_from, proof.period_to) == (date(2016, 1, 1), date(2016, 12, 31))
    assert [row.number for row in queries.vouchers_of(proof)] == [1]
    with pytest.raises(RuleBroken, match="kein Zwischennachweis vorgesehen"):
        proofs.begin(programme=funded.programme, drawdown=None, year=2017, by=clerk)


def test_the_list_names_late_years_until_their_proof_is_there(funded, clerk, second, signed_in):
    mine = signed_in(user=clerk)
    before = mine.get(reverse("programme:proofs")).content.decode()
    offered = re.findall(r'value="(jahr-[^"]*)"', before)
    for year in offered:
        mine.post(reverse("programme:begin_proof"), {"what": year})
    for begun in ProofOfUse.objects.all():
        at = clock.at(begun.due_on, time(10))
        proof = proofs.describe(proof=begun, seen_revision=1, narrative=narrative(), by=clerk)
        proof = proofs.check(proof=proof, seen_revision=2, by=clerk, at=at)
        proofs.submit(proof=proof, seen_revision=3, by=second, at=at)

    after = mine.get(reverse("programme:proofs")).content.decode()

    late = "Der Zwischennachweis für das Haushaltsjahr 2015 war am 30.04.2016 fällig."
    assert offered == ["jahr-2015", "jahr-2016"]
    assert (late in before, late in after) == (True, False)
    assert "Zwischennachweis für das Haushaltsjahr" not in after


def test_what_is_open_is_told_with_the_page_to_mend_it(funded, clerk):
    approved(funded, complete=False)
    proof = proofs.begin(programme=funded.programme, drawdown=None, by=clerk)

    found = problems_of(proof)

    assert found == [("F29", "Sachbericht"), ("F20", "Beleg 1"), ("F30", "Plan und Ausgaben")]
    with pytest.raises(RuleBroken, match="Regel F29"):
        proofs.check(proof=proof, seen_revision=1, by=clerk)


def test_a_line_beyond_its_tolerance_forbids_to_submit(funded, clerk):
    voucher = approved(funded)
    line = voucher.line
    line.planned_eur = Decimal("800.00")
    with unguarded():
        line.save()

    found = problems_of(described(funded, clerk))

    assert found[:2] == [("F07", "Plan und Ausgaben"), ("F30", "Plan und Ausgaben")]


def test_two_people_sign_and_the_figures_stay_as_submitted(funded, clerk, second):
    approved(funded)

    proof = submitted(funded, clerk, second)

    assert (proof.status, proof.checked_by, proof.submitted_by) == ("submitted", clerk, second)
    assert proof.figures_sha256 == rules.checksum(proof.figures)
    assert proof.figures["total"] == "1000.00"
    assert proof.figures["sources"] == [
        {"name": "Land Hessen", "planned": "112000.00", "actual": "528.30"},
        {"name": "AMIF", "planned": "100000.00", "actual": "471.70"},
    ]
    for change in (proofs.check, proofs.submit):
        with pytest.raises(RuleBroken, match="Regel F36"):
            change(proof=proof, seen_revision=proof.revision, by=second)
    with pytest.raises(RuleBroken, match="Regel F36"):
        proofs.describe(proof=proof, seen_revision=proof.revision, narrative=narrative(), by=clerk)


def test_the_same_person_never_signs_twice_not_even_in_the_database(funded, clerk, second):
    proof = checked(funded, clerk)

    with pytest.raises(RuleBroken, match="zweimal von derselben Person"):
        proofs.submit(proof=proof, seen_revision=3, by=clerk)
    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        proofs.submit(proof=proof, seen_revision=2, by=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofOfUse.objects.update(submitted_by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofOfUse.objects.update(status=ProofStatus.SUBMITTED)


def test_a_change_after_the_first_signature_makes_it_void(funded, clerk, second):
    proof = checked(funded, clerk)
    proof = proofs.describe(proof=proof, seen_revision=3, narrative=narrative(), by=second)

    assert (proof.status, proof.checked_by) == (ProofStatus.DRAFT, None)
    with pytest.raises(RuleBroken, match="noch nicht als sachlich richtig"):
        proofs.submit(proof=proof, seen_revision=4, by=second)


def test_a_new_version_has_a_reason_and_lists_what_changed(funded, clerk, second):
    approved(funded)
    old = submitted(funded, clerk, second)
    approved(funded, gross_eur="60.00")

    with pytest.raises(RuleBroken, match="Grund der neuen Fassung fehlt"):
        proofs.renew(proof=old, reason=" ", by=clerk)
    fresh = proofs.renew(proof=old, reason="Beleg 2 kam nach", by=clerk)
    with pytest.raises(RuleBroken, match="schon angelegt"):
        proofs.renew(proof=old, reason="Noch einmal", by=clerk)

    live = queries.figures(fresh, queries.vouchers_of(fresh))
    told = [(each.name, each.before, each.after) for each in rules.differences(old.figures, live)]
    assert told == [
        ("Einzelansatz „Prozessbegleitung“", "1.000,00 EUR", "1.060,00 EUR"),
        ("Quelle Land Hessen", "528,30 EUR", "560,00 EUR"),
        ("Quelle AMIF", "471,70 EUR", "500,00 EUR"),
        ("Ausgaben zusammen", "1.000,00 EUR", "1.060,00 EUR"),
        ("Beleg 2", "–", "60,00 EUR"),
    ]
    assert fresh.texts.get().text == "Wartezeiten sind kürzer."
    proofs.check(proof=fresh, seen_revision=1, by=clerk, seen_warnings=LATE)
    proofs.submit(proof=fresh, seen_revision=2, by=second, seen_warnings=LATE)
    old.refresh_from_db()
    assert (old.status, old.figures["total"]) == (ProofStatus.REPLACED, "1000.00")


def page(name, proof):
    return reverse(f"programme:{name}", args=[proof.pk])


def test_the_page_names_and_writes_what_changed_as_amounts(funded, clerk, second, signed_in):
    approved(funded)
    old = submitted(funded, clerk, second)
    approved(funded, gross_eur="60.00")
    fresh = proofs.renew(proof=old, reason="Beleg 2 kam nach", by=clerk)
    mine = signed_in(user=clerk)

    since = mine.get(page("proof", old)).content.decode().partition("Seit dem Einreichen")[2]
    against = mine.get(page("proof", fresh)).content.decode().partition("Gegenüber der vorigen")[2]

    for shown in (since, against):
        assert "Einzelansatz „Prozessbegleitung“: 1.000,00 EUR → 1.060,00 EUR" in shown
        assert "Quelle AMIF: 471,70 EUR → 500,00 EUR" in shown
        assert "Ausgaben zusammen: 1.000,00 EUR → 1.060,00 EUR" in shown
        assert "Beleg 2: – → 60,00 EUR" in shown


def test_page_table_and_paper_show_the_same_sums(funded, clerk, second, signed_in):
    for gross in ("1000.01", "333.33"):
        approved(funded, gross_eur=gross)
    received_drawdown(plan=funded, on=date(2016, 7, 20), requested_eur=Decimal("1000.00"))
    proof = submitted(funded, clerk, second)
    client = signed_in(user=clerk)

    shown = client.get(page("proof", proof))
    for kind in ("xlsx", "pdf", "zip"):
        client.post(page("print_proof", proof), {"kind": kind})
    for job in DBTaskResult.objects.ready():
        job.task.call(**job.args_kwargs["kwargs"])

    files = {}
    for printout in Printout.objects.all():
        with printout.file.open("rb") as file:
            files[printout.download_name.rpartition(".")[2]] = file.read()
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    cells = [[cell.value for cell in row] for row in book["Zahlenmäßiger Nachweis"].rows]
    assert shown.context["statement"]["actual_eur"] == Decimal("1333.34")
    assert ["Summe", "212.000,00 EUR", "1.333,34 EUR", None] in cells
    pages = PdfReader(BytesIO(files["pdf"])).pages
    paper = " ".join(" ".join(each.extract_text() for each in pages).split())
    html = " ".join(strip_tags(shown.content.decode()).split())
    for row in (
        ["AMIF", "20.07.2016", "471,70 EUR"],
        ["AMIF", "471,70 EUR", "628,93 EUR", "−157,23 EUR"],
        ["Land Hessen", "528,30 EUR", "704,41 EUR", "−176,11 EUR"],
    ):
        assert row in [[cell for cell in told if cell is not None] for told in cells]
        assert all(" ".join(row) in told for told in (html, paper))
    assert book["Belegliste"].max_row == 3
    folders = [name.partition("/")[0] for name in ZipFile(BytesIO(files["zip"])).namelist()]
    assert folders == [
        "verwendungsnachweis.xlsx",
        *["00001 Beleg 1"] * 2,
        *["00002 Beleg 2"] * 2,
    ]
    assert [found for name in ("ua1", "3a") for found in failures(files["pdf"], name)] == []
    listed = [each for each in PdfReader(BytesIO(files["pdf"])).pages if is_across(each)]
    assert "Belegliste, laufende Nummern 1 bis 2" in listed[0].extract_text()


def test_income_is_what_came_in_within_the_time_of_the_proof(funded, clerk):
    approved(funded, gross_eur="2000.00")
    first = received_drawdown(plan=funded, on=date(2016, 7, 20), requested_eur=Decimal("1000.00"))
    later = {"requested_on": date(2016, 12, 28), "requested_eur": Decimal("500.00")}
    second = received_drawdown(plan=funded, on=date(2017, 1, 23), **later)
    final, early, late, year = (
        exports.statement(queries.live_figures(proofs.begin(programme=funded.programme, **what)))
        for what in (
            {"drawdown": None, "by": clerk},
            {"drawdown": first, "by": clerk},
            {"drawdown": second, "by": clerk},
            {"drawdown": None, "year": 2016, "by": clerk},
        )
    )

    assert [row["received_eur"] for row in (early, late, year, final)] == [
        *(Decimal(0), Decimal("1000.00"), Decimal("1000.00"), Decimal("1500.00"))
    ]
    assert late["financing_actual_eur"] == Decimal("2000.00")
    assert [(row["title"], row["on"]) for row in final["receipts"]] == [
        *(("Land Hessen", "20.07.2016"), ("AMIF", "20.07.2016")),
        *(("Land Hessen", "23.01.2017"), ("AMIF", "23.01.2017")),
    ]
    assert (final["balance_eur"], len(final["balances"])) == (Decimal("-500.00"), 2)


def test_a_receipt_that_was_corrected_is_among_the_differences():
    receipt = {"name": "AMIF", "received_on": "20.07.2016"}
    before = {"receipts": [receipt | {"amount": "471.70"}]}
    after = {"receipts": [receipt | {"amount": "400.00"}, receipt | {"amount": "1.00"}]}

    [change] = rules.differences(before, after)

    assert (change.name, change.before, change.after) == (
        *("Eingang AMIF am 20.07.2016", "471,70 EUR", "401,00 EUR"),
    )


def test_a_proof_frozen_without_receipts_stays_as_it_was(funded, clerk, second, signed_in):
    approved(funded)
    received_drawdown(plan=funded, on=date(2016, 7, 20), requested_eur=Decimal("500.00"))
    proof = submitted(funded, clerk, second)
    frozen = {key: told for key, told in proof.figures.items() if key != "receipts"}
    with unguarded():
        ProofOfUse.objects.update(figures=frozen)

    html = signed_in(user=clerk).get(page("proof", proof)).content.decode()

    assert "gehörten die Eingänge noch nicht dazu" in html
    assert "Einnahmen zusammen" not in html
    assert "Seit dem Einreichen geändert" not in html


def is_across(sheet):
    return sheet.mediabox.width > sheet.mediabox.height


def test_the_pages_lead_from_begin_to_submitted(funded, clerk, second, signed_in):
    approved(funded)
    mine, other = signed_in(user=clerk), signed_in(user=second)

    begun = mine.post(reverse("programme:begin_proof"), {"what": "final"})
    wrong = mine.post(reverse("programme:begin_proof"), {"what": "alles"})
    proof = ProofOfUse.objects.get()
    form = {"seen_version": "1", "overview": "Gut.", "text_service": "Besser."}
    form |= {f"value_{key}": "1" for key, *_ in rules.indicators("final")}
    mine.post(page("edit_proof", proof), form)
    unread = mine.post(page("check_proof", proof), {"seen_version": "2"})
    mine.post(page("check_proof", proof), {"seen_version": "2", "confirmed": "F14"})
    again = mine.post(page("submit_proof", proof), {"seen_version": "3"})
    other.post(page("submit_proof", proof), {"seen_version": "3", "confirmed": "F14"})

    assert (begun.url, wrong.status_code, again.status_code) == (page("proof", proof), 422, 422)
    assert unread.status_code == 422
    assert "Regel F14" in " ".join(unread.context["check_form"].errors["confirmed"])
    assert 'name="confirmed" value="F14"' in unread.content.decode()
    assert "Regel F28" in " ".join(again.context["form"].non_field_errors())
    proof.refresh_from_db()
    assert proof.status == ProofStatus.SUBMITTED
    assert "eingereicht" in other.get(reverse("programme:proofs")).content.decode()


@pytest.mark.parametrize("amount", [1, 3])
def test_a_proof_costs_the_same_for_any_number_of_vouchers(
    funded, clerk, signed_in, django_assert_num_queries, amount
):
    for _ in range(amount):
        approved(funded)
    proof = described(funded, clerk)
    client = signed_in(Role.AUDITOR)

    with django_assert_num_queries(12):
        client.get(page("proof", proof))
    with django_assert_num_queries(7):
        client.get(reverse("programme:proofs"))


def test_a_submitted_proof_costs_no_more_and_pages_its_list(
    funded, clerk, second, signed_in, django_assert_num_queries
):
    for _ in range(26):
        approved(funded, gross_eur="10.00")
    proof = submitted(funded, clerk, second)
    client = signed_in(Role.AUDITOR)

    with django_assert_num_queries(12):
        first = client.get(page("proof", proof)).content.decode()
    last = client.get(page("proof", proof), {"seite": "2"}).content.decode()

    assert "26 Belege, nach Einzelansatz und Zahlungstag." in first
    assert "Diese Seite zeigt davon die Nummern 1 bis 25." in first
    assert 'rel="next" href="?seite=2#belegliste"' in first
    assert ("25 – <a" in first, "26 – <a" in first) == (True, False)
    assert ("25 – <a" in last, "26 – <a" in last) == (False, True)


@pytest.mark.parametrize("kind", ["interim", "final"])
def test_the_sums_of_the_database_are_those_of_the_rows(funded, clerk, kind):
    for position, eligible_eur in ((1, "8.41"), (2, None), (2, None)):
        line = funded.lines.get(position=position)
        number = str(funded.programme.vouchers.count())
        voucher = recorded_voucher(
            plan=funded, line=line, invoice_number=number, gross_eur=Decimal("10.01")
        )
        Voucher.objects.filter(pk=voucher.pk).update(eligible_eur=eligible_eur)
        approvals.approve(voucher=voucher, seen_version=1, by=UserFactory())
    recorded_voucher(plan=funded, invoice_number="wartet")
    proof = described(funded, clerk)
    proof.kind = kind

    live = queries.live_figures(proof)
    sums = queries.present(proof, records=records_of(proof))

    assert rules.differences(live, sums) == rules.differences(sums, live) == ()
    assert [line["actual"] for line in sums["lines"]] == ["8.41", "20.02"]
    assert [row["number"] for row in sums["vouchers"]] == ["1", "2", "3"]
    compared = ("lines", "sources", "receipts", "total")
    assert {key: sums[key] for key in compared} == {key: live[key] for key in compared}


def test_the_narrative_of_a_submitted_proof_is_only_read(funded, clerk, second, signed_in):
    approved(funded)
    proof = described(funded, clerk)
    mine = signed_in(user=clerk)
    offices = mine.get(page("edit_proof", proof)).context["form"]["value_offices"].value()
    proof = proofs.check(proof=proof, seen_revision=2, by=clerk, seen_warnings=LATE)
    proof = proofs.submit(proof=proof, seen_revision=3, by=second, seen_warnings=LATE)

    closed = mine.get(page("edit_proof", proof), follow=True)
    sent = mine.post(page("edit_proof", proof), {"seen_version": "4", "overview": "Anders."})

    assert str(offices) == "6"
    assert closed.redirect_chain == [(page("proof", proof), 302)]
    assert "Der Nachweis ist eingereicht und wird nicht mehr geändert." in closed.content.decode()
    proof.refresh_from_db()
    assert (sent.status_code, proof.narrative) == (422, "Die Ziele sind erreicht.")
