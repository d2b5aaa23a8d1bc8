"""F10: the cap of the advances holds until the authority has finally checked the grant."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.models import Drawdown, RuleParameter
from programme.services import parameters
from programme.services.parameters import NewValue
from tests.factories.drawdowns import load_numbers, paid, recorded_drawdown

CHECKED_ON = date(2017, 11, 30)
REST = {"requested_on": date(2017, 12, 1), "requested_eur": Decimal("42400.00")}


def test_the_rest_is_drawn_only_after_the_final_check_and_never_more_than_granted(plan, clerk):
    load_numbers(programme=plan.programme)
    paid(plan=plan, on=date(2016, 5, 20), gross_eur="190000.00")
    recorded_drawdown(plan=plan, requested_eur=Decimal("169600.00"))

    with pytest.raises(RuleBroken, match="Regel F10"):
        recorded_drawdown(plan=plan, **REST)
    parameters.follow(
        number=RuleParameter.objects.get(key=ParameterKey.ADVANCE_CAP),
        new=NewValue(Decimal(1), CHECKED_ON, "Schlussprüfung, Az. 9/2017", is_confirmed=True),
        by=clerk,
    )
    with pytest.raises(RuleBroken, match="Regel F10"):
        recorded_drawdown(plan=plan, **REST | {"requested_eur": Decimal("42400.03")})
    with pytest.raises(RuleBroken, match="Regel F10"):
        recorded_drawdown(plan=plan, **REST | {"requested_on": date(2017, 11, 29)})

    recorded_drawdown(plan=plan, **REST)

    assert Drawdown.objects.count() == 2
