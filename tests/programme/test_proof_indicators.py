"""The indicators of a proof of use: what is asked, and what the portal knows already (F29)."""

import pytest
from django.urls import reverse

from programme import jobs
from programme.queries import effects
from programme.services import proofs
from programme.services.proofs import Narrative
from tests.factories.drawdowns import load_numbers, recorded_drawdown


@pytest.fixture
def funded(plan):
    load_numbers(programme=plan.programme)
    return plan


def test_the_form_proposes_what_the_portal_counted_until_a_reason_stands(
    funded, clerk, signed_in, monkeypatch
):
    jobs.discover()  # the floors have handed in theirs, so they do not replace those of the test
    monkeypatch.setattr(effects, "_finders", {})
    effects.hands_in("offices", source="Behörden mit Teilnahme")(lambda *, programme, until: 22)
    effects.hands_in("people", source="Teilnahmen")(lambda *, programme, until: 0)
    proof = proofs.begin(programme=funded.programme, drawdown=None, by=clerk)
    mine, address = signed_in(user=clerk), reverse("programme:edit_proof", args=[proof.pk])

    blank = mine.get(address).context["form"]
    narrative = Narrative(overview="", texts={}, values={}, reasons={"offices": "offen"})
    proofs.describe(proof=proof, seen_revision=1, narrative=narrative, by=clerk)
    told = mine.get(address).context["form"]

    assert (blank["value_offices"].value(), blank["value_people"].value()) == (22, None)
    assert blank.fields["value_offices"].help_text == "Im Portal: 22 Behörden mit Teilnahme."
    assert told["value_offices"].value() is None


def test_only_the_final_proof_asks_for_the_common_indicators_of_the_fund(funded, clerk):
    drawdown = recorded_drawdown(plan=funded)

    final = proofs.begin(programme=funded.programme, drawdown=None, by=clerk)
    interim = proofs.begin(programme=funded.programme, drawdown=drawdown, by=clerk)

    assert [row.key for row in interim.indicators.all()] == ["offices", "people", "measures"]
    assert [row.key for row in final.indicators.all()][3:] == [
        "amif_departure",
        "amif_helped",
        "amif_tools",
        "amif_cooperation",
        "amif_policy",
    ]
