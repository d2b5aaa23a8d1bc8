"""Values of the indicators: what is refused, who overwrites nobody, what is released."""

from datetime import date
from decimal import Decimal

import pytest

from programme.errors import RuleBroken
from programme.models import AuditEntry
from sites.enums import SiteStatus
from sites.models import Indicator, IndicatorRelease, IndicatorValue
from sites.rules.indicator_values import Seen, ValueDraft, draft_of, fingerprint
from sites.services import indicator_definitions, indicators, master_indicators
from sites.services.indicator_definitions import IndicatorDraft
from sites.services.indicators import ValueClash
from tests.factories.programme import UserFactory
from tests.factories.sites import IndicatorFactory, IndicatorValueFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


def draft(**columns):
    return ValueDraft(
        **{
            "value": Decimal("45.5"),
            "measured_on": date(2016, 2, 29),
            "method": "count",
            "source": "Strichliste am Empfang, Größe",
        }
        | columns
    )


def save(site, person, indicator, written, phase="baseline", seen=None):
    return indicators.enter(
        site=site,
        phase=phase,
        drafts={indicator.pk: written},
        seen=None if seen is None else {indicator.pk: seen},
        by=person,
    )


def test_a_value_measured_on_a_leap_day_is_saved_with_its_origin(site, person):
    indicator = IndicatorFactory()

    assert save(site, person, indicator, draft(n=120)) == 1

    row = IndicatorValue.objects.get()
    assert draft_of(row) == draft(n=120)
    assert (row.entered_by, row.definition_version) == (person, 1)
    assert AuditEntry.objects.get().verb == "indicators.saved"


def test_a_share_is_computed_from_its_two_numbers(site, person):
    indicator = IndicatorFactory(percent=True)

    save(site, person, indicator, draft(value=None, numerator=96, denominator=412))

    row = IndicatorValue.objects.get()
    assert (row.value, row.n) == (Decimal("23.30"), 412)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"value": Decimal(50)}, "braucht Zähler und Nenner"),
        ({"value": None, "numerator": 5}, "Grundmenge"),
        ({"value": None, "numerator": 7, "denominator": 5}, "größer als der Nenner"),
        ({"value": None, "numerator": 0, "denominator": 0}, "Grundmenge"),
    ],
)
def test_a_share_without_both_numbers_is_refused(site, person, written, message):
    indicator = IndicatorFactory(percent=True)

    with pytest.raises(RuleBroken, match=message):
        save(site, person, indicator, draft(**written))

    assert not IndicatorValue.objects.exists()


def test_a_value_and_a_reason_why_there_is_none_are_refused_together(site, person):
    with pytest.raises(RuleBroken, match="entweder"):
        save(site, person, IndicatorFactory(), draft(unavailable_reason="Anlage defekt"))


def test_a_reason_alone_is_an_entry(site, person):
    written = ValueDraft(unavailable_reason="Die Anlage zählte keine Anrufe.")

    save(site, person, IndicatorFactory(percent=True), written)

    assert IndicatorValue.objects.get().value is None


def test_a_date_outside_the_run_time_asks_for_a_reason_and_then_stands(site, person):
    indicator = IndicatorFactory()
    early = draft(measured_on=date(2012, 2, 29))

    with pytest.raises(RuleBroken, match="außerhalb der Laufzeit"):
        save(site, person, indicator, early)
    save(site, person, indicator, draft(measured_on=date(2012, 2, 29), outside_reason="Bericht"))

    assert IndicatorValue.objects.get().outside_reason == "Bericht"


def test_a_later_value_by_another_definition_is_refused(site, person):
    indicator = IndicatorFactory()
    IndicatorValueFactory(site=site, indicator=indicator)
    changed = IndicatorDraft(
        name=indicator.name,
        unit="Minuten",
        kind="number",
        better="lower",
        definition="Mittelwert statt Median.",
        counts_cases=False,
    )
    indicator_definitions.redefine(indicator=indicator, draft=changed, by=person)

    with pytest.raises(RuleBroken, match="früheren Definition"):
        save(site, person, indicator, draft(), phase="end")

    assert Indicator.objects.get().version == 2


def test_two_people_see_both_versions_and_nothing_is_overwritten(site, person):
    indicator = IndicatorFactory()
    opened = Seen(fingerprint(ValueDraft()), 1)
    save(site, person, indicator, draft(), seen=opened)

    with pytest.raises(ValueClash) as clash:
        save(site, UserFactory(), indicator, draft(value=Decimal(12)), seen=opened)

    assert clash.value.current == {indicator.pk: draft(value=Decimal("45.50"))}
    assert IndicatorValue.objects.get().value == Decimal("45.50")


def test_a_line_nobody_touched_is_left_to_the_one_who_changed_it(site, person):
    indicator = IndicatorFactory()
    save(site, person, indicator, draft(value=Decimal(12)))

    opened = Seen(fingerprint(ValueDraft()), 1)
    assert save(site, person, indicator, ValueDraft(), seen=opened) == 0

    assert IndicatorValue.objects.get().value == 12


def test_an_emptied_line_takes_the_value_away(site, person):
    value = IndicatorValueFactory(site=site)

    save(site, person, value.indicator, ValueDraft())

    assert not IndicatorValue.objects.exists()


def test_a_withdrawn_site_takes_no_values(site, person):
    site.status = SiteStatus.WITHDRAWN
    site.save()

    with pytest.raises(RuleBroken, match="ausgeschieden"):
        save(site, person, IndicatorFactory(), draft())


def test_an_indicator_of_another_site_is_refused(site, person):
    foreign = IndicatorFactory(site=SiteFactory())

    with pytest.raises(RuleBroken, match="gehört nicht"):
        save(site, person, foreign, draft())


def test_only_what_can_be_compared_is_released_and_once(site, person):
    indicator = IndicatorFactory()
    IndicatorValueFactory(site=site, indicator=indicator)

    with pytest.raises(RuleBroken, match="keine zwei Werte"):
        indicators.release(site=site, indicator=indicator, by=person)
    IndicatorValueFactory(site=site, indicator=indicator, phase="end")
    for _ in range(2):
        indicators.release(site=site, indicator=indicator, by=person)

    assert IndicatorRelease.objects.count() == 1
    indicators.withdraw(site=site, indicator=indicator, by=person)
    assert not IndicatorRelease.objects.exists()


def test_an_own_indicator_has_a_name_of_its_own(site, person):
    own = IndicatorDraft("Übergaben", "Fälle", "number", "lower", "Offene Übergaben.", True)

    made = indicator_definitions.add_own(site=site, draft=own, by=person)

    assert (made.site, made.key) == (site, "giessen-1-ubergaben")
    with pytest.raises(RuleBroken, match="gibt es hier schon"):
        indicator_definitions.add_own(site=site, draft=own, by=person)


def test_the_catalogue_is_loaded_once():
    master_indicators.load()
    master_indicators.load()

    assert Indicator.objects.count() == len(master_indicators.CATALOGUE) == 19
