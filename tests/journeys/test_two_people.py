"""The split is seen while typing (J5b); another person approves one voucher or several (J5c)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from programme.models import User, Voucher
from programme.rules.money import written
from tests.journeys.conftest import Visitor
from tests.journeys.effort import Effort, count_from_now, effort_of

pytestmark = pytest.mark.django_db(transaction=True)

FUNDING = "/intern/foerderung"
FIRST, SECOND = "finanzen@example.org", "finanzen2@example.org"


def waiting_for(email: str) -> list[Voucher]:
    """Return the vouchers this person may approve."""
    person = User.objects.get(email=email)
    waiting = Voucher.objects.filter(status="recorded").exclude(factual_check_by=person)
    return list(waiting.order_by("number"))


def statuses(vouchers: list[Voucher]) -> set[str]:
    found = Voucher.objects.filter(pk__in=[voucher.pk for voucher in vouchers])
    return set(found.values_list("status", flat=True))


def test_the_split_shows_while_typing_and_is_what_the_voucher_keeps(
    visit: Callable[[], Visitor],
) -> None:
    finance = visit()
    finance.sign_in(FIRST)
    finance.open(f"{FUNDING}/belege/neu/")
    count_from_now(finance)
    panel = finance.page.locator("[data-split-text]")
    finance.page.locator("[name=gross_eur]").fill("1.234")
    panel.get_by_text("1.234,00").wait_for()  # two readings are asked back, not guessed
    finance.page.locator("[name=gross_eur]").fill("100,01")
    panel.get_by_text("AMIF").wait_for()
    shown = panel.inner_text()
    finance.check()

    assert effort_of(finance) == Effort(pages=1, fields=1, clicks=0)

    finance.page.locator("[name=line]").select_option(index=1)
    for name, value in {
        "payee": "Werkstatt für Beteiligung GmbH",
        "invoice_number": "RE-2017-10",
        "reason": "Moderation",
    }.items():
        finance.page.locator(f"[name={name}]").fill(value)
    finance.press("Als sachlich richtig erfassen")
    shares = list(Voucher.objects.get(invoice_number="RE-2017-10").shares.all())
    assert sum(share.amount_eur for share in shares) == Decimal("100.01")
    assert [written(share.amount_eur) in shown for share in shares] == [True, True]
    # The page of the voucher tells the rule, the exact share and where the odd cent went (B4).
    told = finance.page.locator("section[aria-labelledby=aufteilung]").inner_text()
    assert [written(share.amount_eur) in told for share in shares] == [True, True]
    assert "Rundung" in told


def test_one_voucher_is_approved_in_two_clicks(visit: Callable[[], Visitor]) -> None:
    voucher = waiting_for(SECOND)[0]
    second = visit()
    second.sign_in(SECOND)
    second.open(f"{FUNDING}/pruefen/")
    count_from_now(second)
    second.page.get_by_label(f"Beleg {voucher.number}:").check()
    second.press("Ausgewählte")

    assert effort_of(second) == Effort(pages=1, fields=0, clicks=2)
    assert statuses([voucher]) == {"approved"}


def test_several_vouchers_are_approved_at_once_in_two_clicks(
    visit: Callable[[], Visitor],
) -> None:
    vouchers = waiting_for(SECOND)
    assert len(vouchers) > 1
    second = visit()
    second.sign_in(SECOND)
    second.open(f"{FUNDING}/pruefen/")
    count_from_now(second)
    second.press("Alle auswählen", role="link")
    second.press("Ausgewählte")

    assert effort_of(second) == Effort(pages=1, fields=0, clicks=2)
    assert statuses(vouchers) == {"approved"}
    assert waiting_for(SECOND) == []


def test_whoever_recorded_a_voucher_is_refused_from_two_tabs(
    visit: Callable[[], Visitor],
) -> None:
    own = next(row for row in waiting_for(SECOND) if row.factual_check_by.email == FIRST)
    tab, other = visit(), visit()
    for visitor in (tab, other):
        visitor.sign_in(FIRST)
        visitor.open(f"{FUNDING}/belege/{own.number}/")
        assert visitor.page.get_by_role("button", name="Rechnerisch richtig").count() == 0
    foreign = waiting_for(FIRST)[0]
    for visitor in (tab, other):
        visitor.open(f"{FUNDING}/pruefen/")
        assert visitor.page.get_by_label(f"Beleg {own.number}:").count() == 0
        # As if the list were older than the voucher: its box names one of the person's own.
        box = visitor.page.get_by_label(f"Beleg {foreign.number}:")
        box.evaluate("(field, value) => { field.value = value; }", f"{own.number}:{own.version}")
        box.check()
        visitor.press("Ausgewählte")
        assert "Regel F28" in visitor.text()

    assert statuses([own]) == {"recorded"}
