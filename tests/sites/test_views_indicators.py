"""Pages of the indicators: entered on one page, compared, and small numbers nowhere else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from openpyxl import load_workbook

from programme.enums import Role
from programme.forms.versions import Difference
from sites.enums import AssignmentKind
from sites.models import IndicatorNudge, IndicatorRelease, IndicatorValue
from sites.rules.indicator_values import ValueDraft
from sites.services import indicator_definitions, indicators
from sites.services.indicator_definitions import IndicatorDraft
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    IndicatorFactory,
    IndicatorReleaseFactory,
    IndicatorValueFactory,
    SiteAssignmentFactory,
    SiteFactory,
)
from tests.pages import summary_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(site):
    user = UserFactory(roles=[Role.SITE], full_name="Jörg Weiß")
    SiteAssignmentFactory(user=user, site=site, kind=AssignmentKind.STAFF)
    return user


@pytest.fixture
def office(site):
    return UserFactory(roles=[Role.OFFICE])


def pair(site, indicator, before, after, *, released=True, n=None):
    for phase, value in (("baseline", before), ("end", after)):
        day = date(2016, 2, 29) if phase == "baseline" else date(2017, 5, 31)
        IndicatorValueFactory(
            site=site,
            indicator=indicator,
            phase=phase,
            value=Decimal(value),
            n=n,
            measured_on=day,
        )
    if released:
        IndicatorReleaseFactory(site=site, indicator=indicator)


def typed(indicator, **columns):
    told = {"value": "45,5", "measured_on": "2016-02-29", "method": "count", "source": "Zählung"}
    return {"form_key": str(uuid4())} | {
        f"{column}_{indicator.pk}": text for column, text in (told | columns).items()
    }


def enter(site, phase="ausgangswert"):
    return reverse("sites:enter_indicators", args=[site.slug, phase])


def test_all_values_are_entered_on_one_page(signed_in, site, staff):
    first, second = IndicatorFactory(), IndicatorFactory(percent=True)
    client = signed_in(user=staff)
    page = client.get(enter(site))
    form = page.context["form"]
    data = {"form_key": str(uuid4())} | {
        f"seen_{row.pk}": form[f"seen_{row.pk}"].value() for row in (first, second)
    }
    shared = {"all_measured_on": "2016-02-29", "all_method": "count", "all_source": "Größenliste"}
    figures = {
        f"value_{first.pk}": "1.234,5",
        f"numerator_{second.pk}": "96",
        f"denominator_{second.pk}": "412",
    }

    answer = client.post(enter(site), data | shared | figures)

    assert answer.status_code == 302
    rows = IndicatorValue.objects.order_by("indicator")
    assert [(row.value, row.source, row.measured_on) for row in rows] == [
        (Decimal("1234.50"), "Größenliste", date(2016, 2, 29)),
        (Decimal("23.30"), "Größenliste", date(2016, 2, 29)),
    ]


def test_a_share_without_its_base_is_asked_for_and_what_was_typed_stays(signed_in, site, staff):
    indicator = IndicatorFactory(percent=True)
    data = typed(indicator, numerator="96")

    answer = signed_in(user=staff).post(enter(site), data)

    assert answer.status_code == 422
    assert "Bitte geben Sie die Grundmenge an" in answer.content.decode()
    assert 'value="96"' in answer.content.decode()


def test_an_unreadable_entry_names_its_line_and_the_folded_fields_open(signed_in, site, staff):
    unreadable, bare = IndicatorFactory(name="Wartezeit"), IndicatorFactory(name="Rückstand")
    data = {"form_key": str(uuid4()), f"value_{unreadable.pk}": "abc", f"value_{bare.pk}": "120"}

    answer = signed_in(user=staff).post(enter(site), data)

    form, page = answer.context["form"], answer.content.decode()
    assert summary_of(page) == [
        "Wartezeit: Wert – Bitte geben Sie eine Zahl mit höchstens zwei Nachkommastellen an.",
        "Rückstand: Gemessen am – Bitte geben Sie an, wann gemessen wurde.",
        "Rückstand: Methode – Bitte wählen Sie, wie der Wert erhoben wurde.",
        "Rückstand: Quelle – Bitte nennen Sie die Quelle, zum Beispiel „Strichliste Empfang“.",
    ]
    assert {row.indicator: row.is_open for row in form.rows()} == {unreadable: False, bare: True}


def test_why_a_value_is_missing_stands_open(signed_in, site, staff):
    told, silent = IndicatorFactory(), IndicatorFactory()
    IndicatorValueFactory(
        site=site,
        indicator=told,
        phase="baseline",
        value=None,
        unavailable_reason="Nicht gezählt.",
    )

    form = signed_in(user=staff).get(enter(site)).context["form"]

    assert {row.indicator: row.is_open for row in form.rows()} == {told: True, silent: False}


def test_who_saves_second_sees_both_versions(signed_in, site, staff, office):
    indicator = IndicatorFactory()
    client = signed_in(user=staff)
    seen = client.get(enter(site)).context["form"][f"seen_{indicator.pk}"].value()
    written = ValueDraft(
        value=Decimal(12), measured_on=date(2016, 3, 1), method="count", source="Liste"
    )
    indicators.enter(
        site=site, phase="baseline", drafts={indicator.pk: written}, seen=None, by=office
    )

    answer = client.post(enter(site), typed(indicator, seen=seen))
    again = typed(indicator, seen=answer.context["form"][f"seen_{indicator.pk}"].value())

    assert answer.status_code == 422
    assert "Zwei Fassungen" in answer.content.decode()
    assert IndicatorValue.objects.get().value == 12
    assert client.post(enter(site), again).status_code == 302
    assert IndicatorValue.objects.get().value == Decimal("45.5")


def redefined(indicator, by, definition, unit="Minuten"):
    draft = IndicatorDraft.of(indicator)
    changed = replace(draft, definition=definition, unit=unit)
    return indicator_definitions.redefine(indicator=indicator, draft=changed, by=by)


def test_a_definition_that_changed_meanwhile_is_shown_and_asked_about_once(
    signed_in, site, staff, office
):
    indicator = IndicatorFactory(name="Wartezeit", unit="Minuten", definition="Bis zum Aufruf.")
    other = IndicatorFactory(name="Größe", definition="Bleibt.")
    client = signed_in(user=staff)
    page = client.get(enter(site)).context["form"]
    seen = {f"seen_{row.pk}": page[f"seen_{row.pk}"].value() for row in (indicator, other)}
    redefined(redefined(indicator, office, "Bis zum Anfang."), office, "Bis zum Ende.", "Stunden")

    asked = client.post(enter(site), typed(other) | typed(indicator) | seen)
    form = asked.context["form"]
    kept = IndicatorValue.objects.exists()
    now = {name: form[name].value() for name in seen}
    saved = client.post(enter(site), typed(other) | typed(indicator) | now)

    assert (asked.status_code, kept, saved.status_code) == (422, False, 302)
    assert asked.context["definitions"] == [
        Difference(
            "Wartezeit",
            "Bis zum Ende. (Einheit: Stunden)",
            "Bis zum Aufruf. (Einheit: Minuten)",
        )
    ]
    assert "Galt, als Sie begannen" in asked.content.decode()
    assert "Zwei Fassungen" not in asked.content.decode()
    assert form[f"value_{indicator.pk}"].value() == "45,5"
    assert IndicatorValue.objects.get(indicator=indicator).definition_version == 3


def test_a_new_definition_of_a_line_left_alone_asks_nothing(signed_in, site, staff, office):
    indicator, other = IndicatorFactory(), IndicatorFactory()
    client = signed_in(user=staff)
    page = client.get(enter(site)).context["form"]
    seen = {f"seen_{row.pk}": page[f"seen_{row.pk}"].value() for row in (indicator, other)}
    redefined(indicator, office, "Etwas anderes.")

    saved = client.post(enter(site), typed(other) | seen)

    assert saved.status_code == 302
    assert IndicatorValue.objects.get().indicator == other


def test_an_unknown_phase_is_a_missing_page(signed_in, site, staff):
    assert signed_in(user=staff).get(enter(site, "anfang")).status_code == 404


def test_a_foreign_site_looks_like_a_missing_one(signed_in, site, staff):
    other = SiteFactory(programme=site.programme)
    client = signed_in(user=staff)

    answers = [
        client.get(reverse(f"sites:{name}", args=[other.slug, *rest])).status_code
        for name, rest in (
            ("indicators", []),
            ("add_indicator", []),
            ("enter_indicators", ["endstand"]),
        )
    ]

    assert answers == [404, 404, 404]


def test_a_coach_whose_assignment_ended_no_longer_enters_values(signed_in, site):
    coach = UserFactory(roles=[Role.COACH])
    SiteAssignmentFactory(
        user=coach, site=site, kind=AssignmentKind.COACH, ends_on=date(2017, 6, 30)
    )

    assert signed_in(user=coach).get(enter(site)).status_code == 404


def test_before_and_after_stand_in_chart_table_and_sentence(signed_in, site, staff):
    indicator = IndicatorFactory(name="Wartezeit vor Ort")
    pair(site, indicator, 74, 19, n=160)

    page = signed_in(user=staff).get(reverse("sites:indicators", args=["giessen"])).content.decode()

    sentence = (
        "„Wartezeit vor Ort“ am Standort Gießen sank von 74 Minuten auf 19 Minuten "
        "(n = 160 und 160); weniger ist besser."
    )
    assert page.count(sentence) == 3  # on the page and described at the wide and narrow drawing
    assert "29.02.2016" in page
    assert "Zählung" in page


def places(client, site):
    """Return everything that is shown of the values outside the entry page, by address."""
    pages = {
        name: client.get(reverse(name, args=args)).content.decode()
        for name, args in (
            ("sites:indicators", [site.slug]),
            ("sites:compare", []),
            ("sites:public_compare", []),
            ("sites:site", [site.slug]),
        )
    }
    pages["csv"] = client.get(reverse("sites:compare_file", args=["csv"])).content.decode()
    book = client.get(reverse("sites:compare_file", args=["xlsx"])).content
    cells = load_workbook(BytesIO(book)).worksheets[0].iter_rows(values_only=True)
    pages["xlsx"] = " ".join(str(cell) for row in cells for cell in row)
    return pages


def test_a_small_number_stands_on_no_page_and_in_no_file(signed_in, site, office):
    indicator = IndicatorFactory(name="Beschwerden", cases=True, unit="Vorgänge")
    pair(site, indicator, 7003, 3, n=3)
    other = SiteFactory(programme=site.programme, name="Hanau")
    pair(other, indicator, 9001, 8002)

    shown = places(signed_in(user=office), site)

    for name, text in shown.items():
        assert "nicht gezeigt" in text or name == "sites:site", name
        assert " 3 Vorgänge" not in text
        assert ">3 Vorgänge" not in text
        assert "7.000" not in text  # the change would give it away
        assert "8.005" not in text  # so would the sum of both sites
        assert "n = 3" not in text


def test_others_see_of_a_site_only_what_it_released(signed_in, site, staff):
    other = SiteFactory(programme=site.programme, name="Hanau")
    kept, given = IndicatorFactory(name="Rückstand"), IndicatorFactory(name="Vorlauf")
    pair(other, kept, 50, 40, released=False)
    pair(other, given, 30, 20)
    pair(site, kept, 70, 60, released=False)

    inside = signed_in(user=staff).get(reverse("sites:compare"))
    public = signed_in(Role.MEMBER).get(reverse("sites:public_compare"))

    told = [(entry.indicator.name, len(entry.rows)) for entry in inside.context["entries"]]
    assert sorted(told) == [("Rückstand", 1), ("Vorlauf", 1)]
    assert [entry.indicator.name for entry in public.context["entries"]] == ["Vorlauf"]


def test_release_and_withdrawal_by_button(signed_in, site, staff):
    indicator = IndicatorFactory()
    pair(site, indicator, 50, 40, released=False)
    address = reverse("sites:release_indicator", args=["giessen", indicator.pk])
    client = signed_in(user=staff)

    client.post(address)
    assert IndicatorRelease.objects.count() == 1

    client.post(address, {"zurueck": "ja"})
    assert not IndicatorRelease.objects.exists()


def test_a_reminder_shows_who_gets_it_and_goes_once_a_week(signed_in, site, staff, office):
    IndicatorFactory(name="Rückstand")
    address = reverse("sites:nudge_indicators", args=["giessen"])
    client = signed_in(user=office)
    before = client.get(address).content.decode()

    for _ in range(2):
        client.post(address, {"form_key": str(uuid4())})

    assert staff.email in before
    assert "Rückstand" in before
    assert IndicatorNudge.objects.count() == 1
    assert "nicht jetzt" in client.get(address).content.decode()
    assert mail.outbox == []  # the worker sends it


@pytest.mark.parametrize(("name", "args", "most"), [
    ("sites:public_compare", [], 4),
    ("sites:compare", [], 8),
    ("sites:indicators", ["giessen"], 12),
    ("sites:enter_indicators", ["giessen", "endstand"], 12),
])  # fmt: skip
def test_the_number_of_queries_does_not_grow_with_the_values(
    signed_in, site, staff, django_assert_max_num_queries, name, args, most
):
    client = signed_in(user=staff)
    address = reverse(name, args=args)
    counts = []
    for number in (1, 3):
        for _ in range(number):
            pair(site, IndicatorFactory(), 50, 40)
        client.get(address)
        with django_assert_max_num_queries(most) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]
