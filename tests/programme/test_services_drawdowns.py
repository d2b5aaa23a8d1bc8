"""Drawdowns: recorded with proposal and parts, judged by the rules, corrected until approved."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.models import AuditEntry, Drawdown, RuleParameter
from programme.queries.drawdown_list import overview
from programme.services import drawdown_decisions, drawdowns
from tests.factories.drawdowns import (
    approved_drawdown,
    entry,
    load_numbers,
    paid,
    received_drawdown,
    recorded_drawdown,
)
from tests.factories.programme import UserFactory


@pytest.fixture
def funded(plan):
    load_numbers(programme=plan.programme)
    return plan


def test_a_drawdown_keeps_its_proposal_and_is_divided_in_the_ratio_of_the_plan(funded, clerk):
    paid(plan=funded, on=date(2016, 6, 1), gross_eur="10600.00")

    drawdown = drawdowns.record(programme=funded.programme, entry=entry(), by=clerk)

    # 183 of the 639 days of the run time lie before the next drawdown.
    assert (drawdown.number, drawdown.status, drawdown.recorded_by) == (1, "recorded", clerk)
    assert drawdown.spent_eur == Decimal("10600.00")
    assert drawdown.forecast_eur == Decimal("60713.62")
    assert drawdown.proposed_eur == Decimal("71313.62")
    parts = {share.source.key: share.requested_eur for share in drawdown.shares.all()}
    assert parts == {"land": Decimal("11200.00"), "amif": Decimal("10000.00")}
    assert AuditEntry.objects.get(verb="drawdown.recorded").sentence == (
        "Mittelabruf 1 vom 28.06.2016 über 21.200,00 EUR erfasst und sachlich geprüft; "
        "Land Hessen 11.200,00 EUR, AMIF 10.000,00 EUR."
    )


def test_advances_never_pass_their_cap(funded, clerk):
    recorded_drawdown(plan=funded, requested_eur=Decimal("106000.00"))

    with pytest.raises(RuleBroken, match="Regel F10") as refused:
        recorded_drawdown(
            plan=funded, requested_on=date(2016, 12, 28), requested_eur=Decimal("63600.03")
        )

    assert refused.value.field == "requested_eur"
    assert "Abrufbar sind aus der Quelle AMIF noch 30.000,00 EUR" in refused.value.message
    last = recorded_drawdown(
        plan=funded, requested_on=date(2016, 12, 28), requested_eur=Decimal("63600.00")
    )
    assert last.number == 2


@pytest.mark.parametrize(
    "drawn", [{"amif": "70000.00"}, {"amif": "40000.01", "land": "50000.00"}, {"land": "90000.00"}]
)
def test_the_room_on_the_page_is_accepted_and_three_cents_more_are_not(funded, drawn):
    first = recorded_drawdown(plan=funded, requested_eur=Decimal("1.00"))
    for key, amount in drawn.items():
        first.shares.filter(source__key=key).update(requested_eur=Decimal(amount))
    later = {"requested_on": date(2016, 12, 28)}
    room = overview(programme=funded.programme, as_of=later["requested_on"]).room_eur

    with pytest.raises(RuleBroken, match="Regel F10"):
        recorded_drawdown(plan=funded, requested_eur=room + Decimal("0.03"), **later)
    last = recorded_drawdown(plan=funded, requested_eur=room, **later)

    assert last.requested_eur == room


def test_a_source_without_a_cap_is_drawn_up_to_its_grant(funded):
    RuleParameter.objects.filter(key=ParameterKey.ADVANCE_CAP).delete()
    first = recorded_drawdown(plan=funded, requested_eur=Decimal("200000.00"))

    with pytest.raises(RuleBroken, match="Regel F10") as refused:
        recorded_drawdown(plan=funded, requested_eur=Decimal("14000.00"))
    second = recorded_drawdown(plan=funded, requested_eur=Decimal("12000.00"))

    assert refused.value.field == "requested_eur"
    assert first.requested_eur + second.requested_eur == Decimal("212000.00")


def test_a_rejected_drawdown_takes_no_room(funded, clerk):
    drawdown = recorded_drawdown(plan=funded, requested_eur=Decimal("169600.00"))
    drawdown_decisions.reject(drawdown=drawdown, seen_revision=1, reason="Zu früh", by=clerk)

    again = recorded_drawdown(plan=funded, requested_eur=Decimal("169600.00"))

    assert again.number == 2


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"reason": " 123 "}, "Regel F12", "reason"),
        ({"requested_on": date(2015, 9, 30)}, "Beginn der Laufzeit", "requested_on"),
        ({"requested_on": date(2999, 1, 1)}, "in der Zukunft", "requested_on"),
        ({"requested_eur": Decimal(0)}, "größer als 0,00 EUR", "requested_eur"),
    ],
)
def test_what_the_rules_forbid_is_refused_at_its_field(funded, changes, rule, field):
    with pytest.raises(RuleBroken, match=rule) as refused:
        recorded_drawdown(plan=funded, **changes)

    assert refused.value.field == field
    assert not Drawdown.objects.exists()


def test_without_an_approved_plan_nothing_is_drawn(programme, clerk):
    with pytest.raises(RuleBroken, match="keinen genehmigten Finanzierungsplan"):
        drawdowns.record(programme=programme, entry=entry(), by=clerk)


def test_warnings_stop_whoever_has_not_seen_them(funded, clerk):
    paid(plan=funded, on=date(2016, 6, 1), gross_eur="1000.00")
    received_drawdown(plan=funded, on=date(2016, 7, 1))
    late = {"requested_on": date(2016, 12, 28), "requested_eur": Decimal("2120.00")}

    with pytest.raises(RuleBroken) as refused:
        drawdowns.record(
            programme=funded.programme, entry=entry(**late), by=clerk, seen_warnings={"F13"}
        )
    second = drawdowns.record(
        programme=funded.programme, entry=entry(**late), by=clerk, seen_warnings={"F13", "F15"}
    )

    assert refused.value.field == "confirmed"
    assert "Land Hessen: Nicht innerhalb von 60 Tagen verwendet" in refused.value.message
    assert second.number == 2


def test_a_correction_is_checked_again_and_says_what_changed(funded, clerk):
    drawdown = recorded_drawdown(plan=funded)

    changed = drawdowns.correct(
        drawdown=drawdown,
        seen_revision=1,
        entry=entry(requested_eur=Decimal("10600.00")),
        by=clerk,
    )

    assert (changed.revision, changed.recorded_by) == (2, clerk)
    parts = [share.requested_eur for share in changed.shares.all()]
    assert parts == [Decimal("5600.00"), Decimal("5000.00")]
    assert AuditEntry.objects.get(verb="drawdown.corrected").changes == {
        "requested_eur": ["21200.00", "10600.00"]
    }


def test_a_rejected_drawdown_may_be_corrected_an_approved_one_not(funded, clerk):
    rejected = recorded_drawdown(plan=funded)
    drawdown_decisions.reject(drawdown=rejected, seen_revision=1, reason="Zu hoch", by=clerk)
    approved = approved_drawdown(plan=funded, requested_on=date(2016, 12, 28))
    by = UserFactory()

    again = drawdowns.correct(drawdown=rejected, seen_revision=2, entry=entry(), by=by)
    with pytest.raises(RuleBroken, match="bereits geprüft"):
        drawdowns.correct(drawdown=approved, seen_revision=2, entry=entry(), by=by)
    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        drawdowns.correct(drawdown=rejected, seen_revision=2, entry=entry(), by=by)

    assert (again.status, again.rejection_reason, again.approved_by) == ("recorded", "", None)
