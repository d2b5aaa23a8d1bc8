"""Numbers of the rules: a new value follows the old one, which keeps its time."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.models import AuditEntry, RuleParameter
from programme.rules.parameter_values import hint, parse_value, typed
from programme.services import parameters
from programme.services.parameters import NewValue
from tests.factories.drawdowns import paid
from tests.factories.programme import FundingSourceFactory, RuleParameterFactory

D = Decimal


@pytest.fixture
def tolerance(programme):
    return RuleParameterFactory(source=FundingSourceFactory(programme=programme))


def new(value="0.15", valid_from=date(2016, 3, 1), basis=" Bescheid IV-2016-1, Nr. 3 "):
    return NewValue(D(value), valid_from, basis, is_confirmed=True)


def test_a_new_value_follows_and_the_old_one_ends_the_day_before(tolerance, clerk):
    created = parameters.follow(number=tolerance, new=new(), by=clerk)

    rows = list(RuleParameter.objects.order_by("valid_from").values_list("value", "valid_to"))
    entry = AuditEntry.objects.get()
    assert rows == [(D("0.20"), date(2016, 2, 29)), (D("0.15"), None)]
    assert (created.basis, created.is_confirmed) == ("Bescheid IV-2016-1, Nr. 3", True)
    assert entry.changes == {"value": ["0.2", "0.15"]}
    assert entry.sentence == (
        "Regelgröße „Zulässige Überschreitung je Einzelansatz“ (Land Hessen) gilt ab 01.03.2016 "
        "neu; Grundlage: Bescheid IV-2016-1, Nr. 3."
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": date(2015, 10, 1)}, "valid_from"),
        ({"value": "0.20"}, "value"),
        ({"basis": "  "}, "basis"),
    ],
)
def test_what_would_rewrite_the_past_or_says_nothing_is_refused(tolerance, clerk, changes, field):
    with pytest.raises(RuleBroken) as refused:
        parameters.follow(number=tolerance, new=new(**changes), by=clerk)

    assert refused.value.field == field
    assert RuleParameter.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "legal", "above"),
    [
        (ParameterKey.MAX_EU_RATE, "0.75", "0.7501"),
        (ParameterKey.ABSOLUTE_MAX_EU_RATE, "0.90", "0.9001"),
    ],
)
def test_no_number_is_raised_above_what_the_law_allows(programme, clerk, key, legal, above):
    number = RuleParameterFactory(
        source=FundingSourceFactory(programme=programme), key=key, value=D("0.50")
    )

    with pytest.raises(
        RuleBroken, match=r"Regel F03: Mehr als \d+ % sind nicht zulässig"
    ) as broken:
        parameters.follow(number=number, new=new(above), by=clerk, confirmed=True)
    created = parameters.follow(number=number, new=new(legal), by=clerk)

    assert broken.value.field == "value"
    assert created.value == D(legal)


def test_a_start_before_approved_vouchers_is_a_warning_to_be_confirmed(plan, clerk):
    number = RuleParameterFactory(source=plan.programme.sources.get(key="land"))
    paid(plan=plan, on=date(2016, 2, 29), gross_eur="100.00")
    paid(plan=plan, on=date(2016, 3, 1), gross_eur="100.00")
    paid(plan=plan, on=date(2016, 4, 1), gross_eur="100.00")

    with pytest.raises(RuleBroken, match="2 geprüfte Belege haben ein Rechnungsdatum") as warned:
        parameters.follow(number=number, new=new(), by=clerk)
    with pytest.raises(RuleBroken, match="1 geprüfter Beleg hat"):
        parameters.follow(number=number, new=new(valid_from=date(2016, 4, 1)), by=clerk)
    created = parameters.follow(number=number, new=new(), by=clerk, confirmed=True)
    later = parameters.follow(number=number, new=new("0.10", valid_from=date(2016, 4, 2)), by=clerk)

    assert warned.value.field == "confirmed"
    assert (created.value, later.value) == (D("0.15"), D("0.10"))


def test_a_number_that_judges_no_voucher_needs_no_tick_for_vouchers(plan, clerk):
    source = plan.programme.sources.get(key="land")
    number = RuleParameterFactory(source=source, key=ParameterKey.USE_BY_DAYS, value=60)
    paid(plan=plan, on=date(2016, 3, 1), gross_eur="100.00")

    created = parameters.follow(number=number, new=new("42"), by=clerk)

    assert created.value == D("42")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("75", "Anteil", "0.75"),
        ("47,17 %", "Anteil", "0.4717"),
        ("0", "Anteil", "0"),
        ("100", "Anteil", "1"),
        ("1.234,56 €", "EUR", "1234.56"),
        (" 6 ", "Monate", "6"),
        ("1", "1 = ja, 0 = nein", "1"),
    ],
)
def test_a_number_is_read_in_its_unit(text, unit, value):
    assert parse_value(text, unit) == D(value)
    assert hint(unit).endswith(".")


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("0,75", "Anteil", "nicht eindeutig"),
        ("101", "Anteil", "zwischen 0 und 100"),
        ("drei Viertel", "Anteil", "zwischen 0 und 100"),
        ("1.234", "EUR", "nicht eindeutig"),
        ("6,5", "Monate", "Ganze Zahl in Monaten"),
        ("2", "1 = ja, 0 = nein", "1 für ja"),
        ("٣", "Tage", "Ganze Zahl in Tagen"),
    ],
)
def test_an_unclear_number_is_asked_back(text, unit, message):
    with pytest.raises(RuleBroken, match=message):
        parse_value(text, unit)


def test_a_number_is_shown_as_it_is_typed():
    assert typed(D("0.4717"), "Anteil") == "47,17"
    assert typed(D("100000.0000"), "EUR") == "100000,00"
    assert typed(D("6.0000"), "Monate") == "6"
