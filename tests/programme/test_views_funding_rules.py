"""The page of rules, and the ways that lead to it."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import ParameterKey, Role
from programme.templatetags.portal import rule_links
from tests.factories.funding import recorded_voucher
from tests.programme.voucher_forms import ADD, typed

RULES = "/intern/foerderung/regeln/"


def add_numbers(plan):
    for source in plan.programme.sources.all():
        source.parameters.create(
            key=ParameterKey.LINE_TOLERANCE,
            value=Decimal("0.20"),
            unit="Anteil",
            valid_from=date(2015, 10, 1),
            basis="ANBest-P, Nr. 1.2",
        )
    plan.programme.sources.get(key="amif").parameters.create(
        key=ParameterKey.INTERIM_PROOF_MONTHS,
        value=1,
        unit="Monate",
        valid_from=date(2015, 10, 1),
        valid_to=date(2018, 12, 31),
        basis="Berichtspflichten",
        is_confirmed=True,
    )


def test_the_page_shows_all_rules_with_their_numbers(plan, finance):
    add_numbers(plan)

    response = finance.get(RULES)

    html = response.content.decode()
    ids = [row.entry.rule.id for row in response.context["rows"]]
    assert ids == [*(f"F{number:02}" for number in range(1, 37)), "H01", "H02", "H03", "H04"]
    assert [html.count(f'id="{rule}"') for rule in ids] == [1] * 40
    assert "Land Hessen: 20 %, ab 01.10.2015. ANBest-P, Nr. 1.2 (noch nicht belegt)" in html
    assert (
        "AMIF: 1 Monat, 01.10.2015 bis 31.12.2018. Berichtspflichten "
        "(durch öffentliche Quelle belegt)"
    ) in html
    assert "Noch kein Wert eingetragen." in html


@pytest.mark.parametrize("has_numbers", [False, True])
def test_the_page_costs_the_same_with_and_without_numbers(
    plan, finance, has_numbers, django_assert_num_queries
):
    if has_numbers:
        add_numbers(plan)

    with django_assert_num_queries(5):
        finance.get(RULES)


def test_the_page_narrows_to_a_stage(plan, finance):
    rows = finance.get(RULES, {"stufe": "drawdown"}).context["rows"]

    found = [row.entry.rule.id for row in rows]
    assert found == ["F10", "F11", "F12", "F13", "F15", "F16"]


@pytest.mark.parametrize("stage", ["gestern", "\0", "drawdown" * 99])
def test_an_unknown_stage_shows_all(plan, finance, stage):
    assert len(finance.get(RULES, {"stufe": stage}).context["rows"]) == 40


@pytest.mark.parametrize("role", [Role.OFFICE, Role.AUDITOR])
def test_those_who_read_the_vouchers_find_the_rules_there(plan, signed_in, role):
    client = signed_in(role)

    assert f'href="{RULES}"' in client.get("/intern/foerderung/").content.decode()
    assert client.get(RULES).status_code == 200


def test_a_finding_leads_to_its_rule(plan, finance):
    response = finance.post(ADD, typed(plan, invoiced_on="2017-07-01"))

    link = f'<a class="kern-link" href="{RULES}#F05">Regel F05</a>: Das Rechnungsdatum'
    assert link in response.content.decode()


def test_a_voucher_without_files_says_what_is_missing_and_why(plan, finance):
    recorded_voucher(plan=plan, files=())

    html = finance.get("/intern/foerderung/belege/1/").content.decode()

    assert (
        f'<a class="kern-link" href="{RULES}#F20">Regel F20</a>: Für den Verwendungsnachweis fehlt '
        "bei Beleg 1 noch: Rechnung, Zahlungsnachweis. Die Prüfung verfolgt jede Zahlung"
    ) in html


def test_only_rules_become_links_and_everything_else_is_escaped():
    assert rule_links("<b>Regel F07</b>, Regel F7, XRegel F08") == (
        f'&lt;b&gt;<a class="kern-link" href="{RULES}#F07">Regel F07</a>&lt;/b&gt;, Regel F7, '
        "XRegel F08"
    )
