"""The pages of the plan: in force, one version, side by side, live sums."""

from datetime import date
from uuid import uuid4

import pytest

from programme.enums import ParameterKey, Role, SourceKey
from programme.models import FinancingPlan
from programme.services import plans
from tests.factories.funding import approved_plan, funded_plan, recorded_voucher
from tests.factories.programme import (
    FinancingPlanFactory,
    ProgrammeFactory,
    RuleParameterFactory,
    UserFactory,
)
from tests.programme.voucher_forms import upload
from tests.unguarded import unguarded

PLAN = "/intern/foerderung/plan/"


@pytest.fixture(autouse=True)
def tolerance(plan):
    amif = plan.funding.get(source__key=SourceKey.AMIF).source
    RuleParameterFactory(source=amif, key=ParameterKey.LINE_TOLERANCE)


@pytest.fixture
def second(signed_in):
    """The browser of another finance person."""
    return signed_in(user=UserFactory(roles=[Role.FINANCE], full_name="Ute Grün"))


def key():
    return {"form_key": str(uuid4())}


def typed(draft, **changes):
    fields = {"seen_revision": draft.revision, "reason": "Mehr Reisen", **key()}
    for line in draft.lines.all():
        fields |= {
            f"title_{line.position}": line.title,
            f"category_{line.position}": line.category,
            f"planned_{line.position}": str(line.planned_eur),
        }
    fields |= {"funding_land": "112.000,00", "funding_amif": "100 000,00 €"}
    return fields | changes


def test_a_new_version_is_drafted_edited_handed_in_and_approved_in_the_browser(
    plan, finance, second
):
    begun = finance.post(f"{PLAN}neu/", key())
    draft = FinancingPlan.objects.get(version=2)
    saved = finance.post(
        begun["Location"], typed(draft, planned_1="199.000,00", planned_2="13000.00")
    )
    draft.refresh_from_db()
    handed_in = finance.post(
        f"{PLAN}2/vorlegen/", {"seen_revision": draft.revision, **key()}, follow=True
    )
    draft.refresh_from_db()
    own = finance.post(f"{PLAN}2/genehmigen/", {"seen_revision": draft.revision, **key()})
    approved = second.post(
        f"{PLAN}2/genehmigen/", {"seen_revision": draft.revision, **key()}, follow=True
    )

    assert begun["Location"] == f"{PLAN}2/bearbeiten/"
    assert saved["Location"] == f"{PLAN}2/"
    assert "wartet auf die Genehmigung durch eine zweite Person" in handed_in.content.decode()
    assert own.status_code == 422
    assert "haben Sie selbst vorgelegt" in own.content.decode()
    html = approved.content.decode()
    assert "genehmigt und gilt ab sofort" in html
    assert "Entwurf bearbeiten" not in html
    assert "Es gilt" in finance.get(PLAN).content.decode()


def test_an_unbalanced_draft_is_kept_and_says_what_is_wrong(plan, finance):
    finance.post(f"{PLAN}neu/", key())
    draft = FinancingPlan.objects.get(version=2)

    html = finance.post(
        f"{PLAN}2/bearbeiten/", typed(draft, planned_2="13.000,00"), follow=True
    ).content.decode()
    refused = finance.post(f"{PLAN}2/vorlegen/", {"seen_revision": 2, **key()})

    assert "Der Unterschied beträgt 1.000,00 EUR." in html
    assert refused.status_code == 422
    assert "Regel F01</a>" in refused.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"planned_1": "1.234"}, "planned_1", "nicht eindeutig"),
        ({"planned_1": "-5"}, "planned_1", "nicht kleiner als 0,00"),
        ({"planned_1": ""}, "planned_1", "füllen Sie"),
        ({"category_1": "gift"}, "category_1", "gültige Auswahl"),
        ({"title_neu1": "Leitung"}, "planned_neu1", "auch dieses Feld"),
        ({"planned_neu1": "12"}, "title_neu1", "auch dieses Feld"),
        ({"funding_land": "zwölf"}, "funding_land", "höchstens zwei Nachkommastellen"),
        ({"decided_on": "2999-01-01"}, "decided_on", "in der Zukunft"),
        ({"seen_revision": "7"}, "__all__", "inzwischen geändert"),
        ({"seen_revision": "x"}, "seen_revision", "ganze Zahl"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    plan, finance, changes, field, message
):
    finance.post(f"{PLAN}neu/", key())
    draft = FinancingPlan.objects.get(version=2)

    response = finance.post(f"{PLAN}2/bearbeiten/", typed(draft, **changes))

    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors[field])
    assert "Mehr Reisen" in response.content.decode()
    assert draft.lines.count() == 2


def test_a_reallocation_is_one_small_form(plan, finance, second):
    coaching, travel = plan.lines.order_by("position")
    fields = {
        "giving": coaching.pk,
        "taking": travel.pk,
        "amount_eur": "2.400,00",
        "reason": "Fahrten nach Gießen",
        **key(),
    }

    response = finance.post(f"{PLAN}umschichten/", fields, follow=True)
    beyond = second.post(
        f"{PLAN}umschichten/", fields | {"amount_eur": "2.400,01", **key()} | {"paper": upload()}
    )

    html = response.content.decode()
    assert response.redirect_chain == [(f"{PLAN}2/", 302)]
    assert "Umschichtung von 2.400,00 EUR" in html
    assert "schon einen Entwurf: Fassung 2" in beyond.content.decode()
    assert "Bitte wählen Sie die Dateien noch einmal aus" in beyond.content.decode()
    assert "Genehmigen</span>" in second.get(f"{PLAN}2/").content.decode()


def test_a_version_is_sent_back_or_thrown_away(plan, finance, second):
    finance.post(f"{PLAN}neu/", key())
    finance.post(f"{PLAN}2/vorlegen/", {"seen_revision": 1, **key()})

    empty = second.post(f"{PLAN}2/zurueckgeben/", {"seen_revision": 2, **key()})
    back = {"seen_revision": 2, "reason": "Bitte begründen", **key()}
    second.post(f"{PLAN}2/zurueckgeben/", back)
    thrown = finance.post(f"{PLAN}2/verwerfen/", {"seen_revision": 3, **key()}, follow=True)

    assert empty.status_code == 422
    assert "verworfen" in thrown.content.decode()
    assert finance.get(f"{PLAN}2/").status_code == 404


def test_a_second_open_version_is_refused_on_the_page_of_the_plan(plan, finance):
    finance.post(f"{PLAN}neu/", key())

    response = finance.post(f"{PLAN}neu/", key())

    assert response.status_code == 422
    assert "schon einen Entwurf: Fassung 2" in response.content.decode()


def test_two_versions_stand_side_by_side_with_their_differences(plan, finance, clerk):
    draft = plans.begin(programme=plan.programme, by=clerk)
    draft.lines.filter(position=2).update(title="Reisen", planned_eur="13000.00")

    html = finance.get(f"{PLAN}vergleich/?von=1&nach=2").content.decode()

    assert "+1.000,00 EUR" in html
    assert "bisher „Reisekosten“" in html
    assert html.count("unverändert") == 3
    assert finance.get(f"{PLAN}vergleich/?von=x&nach=99").status_code == 200


def test_the_sums_are_shown_while_typing(plan, finance):
    balanced = finance.get(f"{PLAN}summen/?lines=1.000,50&lines=&funding=1000.50").json()
    missing = finance.get(f"{PLAN}summen/?lines=10,00&funding=4").json()
    over = finance.get(f"{PLAN}summen/?lines=10,00&funding=14").json()
    unclear = finance.get(f"{PLAN}summen/?lines=1.000").json()

    assert balanced["message"] == (
        "Ausgaben 1.000,50 EUR · Einnahmen 1.000,50 EUR. Einnahmen und Ausgaben sind ausgeglichen."
    )
    assert missing["message"].endswith("Es fehlen Einnahmen von 6,00 EUR.")
    assert over["message"].endswith("Die Einnahmen sind um 4,00 EUR zu hoch.")
    assert "nicht eindeutig" in unclear["message"]


@pytest.mark.parametrize("amount", [1, 3])
def test_pages_cost_the_same_for_any_amount(
    plan, finance, clerk, amount, django_assert_num_queries
):
    recorded_voucher(plan=plan, by=clerk)
    for number in range(amount - 1):
        approved_plan(
            FinancingPlanFactory.create(programme=plan.programme, version=number + 2, based_on=plan)
        )

    with django_assert_num_queries(10):
        finance.get(PLAN)
    with django_assert_num_queries(11):
        finance.get(f"{PLAN}1/")
    with django_assert_num_queries(7):
        finance.get(f"{PLAN}vergleich/")


def test_who_only_reads_sees_no_buttons(plan, signed_in):
    client = signed_in(Role.AUDITOR)

    html = client.get(PLAN).content.decode() + client.get(f"{PLAN}1/").content.decode()

    assert "Umschichten</span>" not in html
    assert "vorlegen" not in html


def test_a_foreign_version_is_missing(plan, finance):
    foreign = funded_plan(programme=ProgrammeFactory())
    with unguarded():
        FinancingPlan.objects.filter(pk=foreign.pk).update(version=9)

    for ending in ("", "bearbeiten/"):
        assert finance.get(f"{PLAN}9/{ending}").status_code == 404
    assert finance.post(f"{PLAN}9/genehmigen/").status_code == 404


def test_before_any_plan_the_pages_say_what_to_do(plan, finance):
    with unguarded():
        FinancingPlan.objects.all().delete()

    assert "Plan anlegen" in finance.get(PLAN).content.decode()
    assert "Noch keine Fassung" in finance.get(f"{PLAN}vergleich/").content.decode()
    assert "Umschichten lässt sich erst" in finance.get(f"{PLAN}umschichten/").content.decode()


def test_an_approved_version_offers_no_form(plan, finance):
    with unguarded():
        FinancingPlan.objects.update(approved_on=date(2015, 10, 1))

    shown = finance.get(f"{PLAN}1/bearbeiten/", follow=True)

    assert shown.redirect_chain == [(f"{PLAN}1/", 302)]
    assert "Fassung 1 ist genehmigt und bleibt, wie sie ist." in shown.content.decode()


def test_the_shares_of_the_sources_are_rounded_half_up(plan, finance):
    html = finance.get(PLAN).content.decode()

    assert "52,83 %" in html
    assert "47,17 %" in html
