"""F10: the cap of the advances holds until the authority has finally checked the grant."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from programme.enums import ParameterKey, ProofStatus, Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Drawdown, ProofCheck, RuleParameter
from programme.queries.deadlines import funding_clock
from programme.queries.funding_file import open_points
from programme.queries.proof_check_records import proof_check_records
from programme.rules.proof_checks import CheckEntry
from programme.services import parameters, proof_checks
from programme.services.parameters import NewValue
from tests.factories.drawdowns import load_numbers, received_drawdown, recorded_drawdown
from tests.factories.funding import new_paper
from tests.factories.programme import ProofFactory, UserFactory
from tests.factories.proof_checks import ProofCheckFactory

D = Decimal
SUBMITTED_ON, CHECKED_ON = date(2017, 8, 28), date(2017, 11, 30)
REST = {"requested_on": date(2017, 12, 1), "requested_eur": D("37100.00")}
ADVANCE = {"requested_eur": D("148400.00")}


@pytest.fixture
def second(db):
    return UserFactory(roles=[Role.FINANCE])


@pytest.fixture
def proved(plan):
    """A submitted final proof over 185,500 EUR; 70 % of the grants have been paid."""
    load_numbers(programme=plan.programme)
    received_drawdown(plan=plan, on=date(2016, 7, 20), **ADVANCE)
    return proof_of(plan)


def proof_of(plan, **changes):
    people = dict(zip(("checked_by", "submitted_by"), UserFactory.create_batch(2), strict=True))
    shown = [("Land Hessen", "98000.00"), ("AMIF", "87500.00")]
    return ProofFactory(
        programme=plan.programme,
        plan=plan,
        status=ProofStatus.SUBMITTED,
        submitted_on=SUBMITTED_ON,
        figures={"sources": [{"name": name, "actual": actual} for name, actual in shown]},
        **people | changes,
    )


def typed(proof, source="amif", **changes):
    fields = {
        "proof": proof,
        "source": proof.programme.sources.get(key=source),
        "reference": " BAMF 9/2017 ",
        "issued_on": CHECKED_ON,
        "recognised_eur": D("87500.00"),
        "reclaimed_eur": D("0.00"),
        "conditions": "",
    }
    return CheckEntry(**fields | changes)


def recorded(proof, by, source="amif", **changes):
    return proof_checks.record(entry=typed(proof, source, **changes), paper=new_paper(), by=by)


def confirmed(proof, by, second, source="amif", **changes):
    check = recorded(proof, by, source, **changes)
    return proof_checks.confirm(check=check, seen_revision=1, by=second)


def test_the_rest_is_drawn_only_after_two_people_have_recorded_the_final_check(
    plan, clerk, second, proved
):
    refused = "Regel F10"
    with pytest.raises(RuleBroken, match=refused):
        recorded_drawdown(plan=plan, **REST)
    check = recorded(proved, clerk)
    with pytest.raises(RuleBroken, match=refused):
        recorded_drawdown(plan=plan, **REST)
    proof_checks.confirm(check=check, seen_revision=1, by=second)
    with pytest.raises(RuleBroken, match=refused):
        recorded_drawdown(plan=plan, **REST | {"requested_eur": D("37100.03")})
    with pytest.raises(RuleBroken, match=refused):
        recorded_drawdown(plan=plan, **REST | {"requested_on": date(2017, 11, 29)})

    recorded_drawdown(plan=plan, **REST)

    assert Drawdown.objects.count() == 2


def test_a_source_without_a_cap_pays_no_more_than_it_has_recognised(plan, clerk, second, proved):
    confirmed(proved, clerk, second)
    confirmed(proved, clerk, second, "land", reference="IV 1", recognised_eur=D("78400.00"))

    with pytest.raises(RuleBroken, match=r"Regel F10: .*Quelle Land Hessen noch 0,00 EUR"):
        recorded_drawdown(plan=plan, requested_on=REST["requested_on"], requested_eur=D("0.02"))


def test_the_check_of_an_interim_proof_leaves_the_cap_where_it_is(plan, clerk, second, proved):
    interim = proof_of(plan, kind="interim", number=2016)

    check = confirmed(interim, clerk, second)

    assert str(check) == "Prüfbescheid BAMF 9/2017 vom 30.11.2017"
    with pytest.raises(RuleBroken, match="Regel F10"):
        recorded_drawdown(plan=plan, **REST)


def test_no_number_of_a_rule_lifts_the_cap_any_more(plan, clerk, proved):
    with pytest.raises(RuleBroken, match="Schlussbescheid") as refused:
        parameters.follow(
            number=RuleParameter.objects.get(key=ParameterKey.ADVANCE_CAP),
            new=NewValue(D(1), CHECKED_ON, "Schlussprüfung, Az. 9/2017", is_confirmed=True),
            by=clerk,
        )

    assert refused.value.field == "value"
    assert RuleParameter.objects.filter(key=ParameterKey.ADVANCE_CAP).count() == 1


def test_the_gauge_ends_with_the_final_check(plan, clerk, second, proved):
    confirmed(proved, clerk, second)

    before, after = (
        funding_clock(programme=plan.programme, as_of=day).gauge
        for day in (date(2017, 11, 29), CHECKED_ON)
    )

    assert (before.name, before.cap, before.warning) == ("AMIF", D("0.8"), D("0.7"))
    assert after is None


def test_what_was_recorded_and_confirmed_is_told_with_its_amounts(clerk, second, proved):
    check = confirmed(proved, clerk, second, reclaimed_eur=D("500.00"))

    told = AuditEntry.objects.filter(verb__startswith="proof_check").order_by("pk")
    name = "Schlussbescheid BAMF 9/2017 vom 30.11.2017"
    about = f"{name} zum Abschlussverwendungsnachweis 1, Fassung 1 (AMIF)"
    amounts = "anerkannt sind 87.500,00 EUR, zurückgefordert 500,00 EUR."
    assert [entry.sentence for entry in told] == [
        f"{about} erfasst; {amounts}",
        f"{about} bestätigt; {amounts}",
    ]
    assert check.document.title == name
    record = next(iter(proof_check_records(programme=proved.programme)))
    assert (record.kind, record.title, record.state) == ("Prüfbescheid", name, "bestätigt")
    assert dict(record.facts)["Rückforderung"] == "500,00 EUR"
    assert record.papers == (check.document,)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"issued_on": date(2999, 1, 1)}, "issued_on", "in der Zukunft"),
        ({"issued_on": date(2017, 8, 27)}, "issued_on", r"am 28\.08\.2017 eingereicht"),
        ({"recognised_eur": D("87500.01")}, "recognised_eur", r"87\.500,00 EUR\. Mehr"),
        ({"reclaimed_eur": D("70000.01")}, "reclaimed_eur", r"70\.000,00 EUR eingegangen"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(clerk, proved, changes, field, message):
    with pytest.raises(RuleBroken, match=message) as refused:
        recorded(proved, clerk, **changes)

    assert refused.value.field == field
    assert not ProofCheck.objects.exists()


def test_only_a_submitted_proof_is_checked_and_once_by_each_source(plan, clerk, proved):
    draft = ProofFactory(programme=plan.programme, plan=plan, number=2)
    recorded(proved, clerk)

    with pytest.raises(RuleBroken, match="noch nicht eingereicht"):
        recorded(draft, clerk)
    with pytest.raises(RuleBroken, match="schon ein Bescheid dieser Quelle"):
        recorded(proved, clerk, reference="anders")
    recorded(proved, clerk, "land")


def test_nobody_confirms_alone_or_what_changed_meanwhile(clerk, second, proved):
    check = recorded(proved, clerk)

    with pytest.raises(RuleBroken, match="Regel F28"):
        proof_checks.confirm(check=check, seen_revision=1, by=clerk)
    mended = proof_checks.correct(
        check=check,
        seen_revision=1,
        entry=typed(proved, recognised_eur=D("87000.00")),
        paper=None,
        by=second,
    )
    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        proof_checks.confirm(check=check, seen_revision=1, by=clerk)
    with pytest.raises(RuleBroken, match="Regel F28"):
        proof_checks.confirm(check=mended, seen_revision=2, by=second)
    done = proof_checks.confirm(check=mended, seen_revision=2, by=clerk)
    for act in (
        lambda: proof_checks.confirm(check=done, seen_revision=3, by=second),
        lambda: proof_checks.correct(
            check=done, seen_revision=3, entry=typed(proved), paper=None, by=second
        ),
    ):
        with pytest.raises(RuleBroken, match="bereits bestätigt"):
            act()

    assert (done.recognised_eur, done.recorded_by, done.confirmed_by) == (87000, second, clerk)
    changes = AuditEntry.objects.get(verb="proof_check.corrected").changes
    assert changes["recognised_eur"] == ["87500.00", "87000.00"]


def test_the_database_refuses_one_person_a_change_and_a_deletion(clerk, second, proved):
    check = recorded(proved, clerk)
    rows = ProofCheck.objects.filter(pk=check.pk)
    now = datetime(2017, 12, 1, tzinfo=ZoneInfo("Europe/Berlin"))

    def refused(message, act):
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            act()

    refused("four_eyes", lambda: rows.update(confirmed_by=clerk, confirmed_at=now))
    refused("on_a_day", lambda: rows.update(confirmed_by=second))
    refused("not_negative", lambda: rows.update(reclaimed_eur=-1))
    refused("ohne Freigabe durch zwei Personen", check.delete)
    proof_checks.confirm(check=check, seen_revision=1, by=second)
    for change in ("recognised_eur = 1", "confirmed_by_id = NULL, confirmed_at = NULL"):
        with (
            pytest.raises(IntegrityError, match="Ein bestätigter Prüfbescheid"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE programme_proofcheck SET {change}")


def test_a_notice_nobody_confirmed_is_an_open_point_of_the_file(plan, proved):
    ProofCheckFactory(proof=proved, source=plan.programme.sources.get(key="land"))
    ProofCheckFactory(proof=proved, source=plan.programme.sources.get(key="amif"))

    points = [point.text for point in open_points(programme=plan.programme, open_findings=0)]

    assert "2 Prüfbescheide warten auf die zweite Person" in points
