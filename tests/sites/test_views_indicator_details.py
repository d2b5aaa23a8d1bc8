"""The page of one value: readings, groups, evidence, history, and who sees how much of it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import Role
from programme.models import AuditEntry
from sites.enums import AssignmentKind
from sites.models import IndicatorEvidence, IndicatorGroup, IndicatorReading
from sites.rules.indicator_values import ValueDraft
from sites.services import indicator_details, indicators
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    IndicatorEvidenceFactory,
    IndicatorFactory,
    IndicatorGroupFactory,
    IndicatorReadingFactory,
    IndicatorValueFactory,
    SiteAssignmentFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def staff(site):
    user = UserFactory(roles=[Role.SITE], full_name="Jörg Weiß")
    SiteAssignmentFactory(user=user, site=site, kind=AssignmentKind.STAFF)
    return user


@pytest.fixture
def value(site):
    indicator = IndicatorFactory(cases=True, name="Rückstand")
    return IndicatorValueFactory(site=site, indicator=indicator, value=Decimal(50), n=None)


def address(value, name="indicator_value", *rest):
    return reverse(f"sites:{name}", args=[value.site.slug, value.pk, *rest])


def opened(client, url):
    form = client.get(url).context["form"]
    return {
        "form_key": str(uuid4()),
        "seen": form["seen"].value(),
        "row_count": form["row_count"].value(),
    }


def test_readings_are_entered_on_one_page_and_the_value_stays(signed_in, staff, value):
    client, url = signed_in(user=staff), address(value, "edit_readings")
    typed = {
        "measured_on_0": "2016-02-29",
        "value_0": "52",
        "measured_on_2": "2016-03-07",
        "value_2": "60,5",
        "note_2": "Woche nach Ostern",
    }

    answer = client.post(url, opened(client, url) | typed)
    page = client.get(address(value)).content.decode()

    assert answer.status_code == 302
    assert list(IndicatorReading.objects.values_list("measured_on", "value", "note")) == [
        (date(2016, 2, 29), Decimal(52), ""),
        (date(2016, 3, 7), Decimal("60.5"), "Woche nach Ostern"),
    ]
    assert "2 Messungen von 52 bis 60,5 Fälle, in der Mitte (Median) 56,25 Fälle." in page
    assert "Der eingetragene Wert liegt außerhalb der Einzelmessungen" in page
    value.refresh_from_db()
    assert value.value == 50


def test_a_reading_of_a_share_without_its_base_is_refused_and_stays_typed(signed_in, site, staff):
    indicator = IndicatorFactory(percent=True)
    share = IndicatorValueFactory(
        site=site, indicator=indicator, numerator=96, denominator=412, n=412, value=Decimal("23.3")
    )
    client, url = signed_in(user=staff), address(share, "edit_readings")

    answer = client.post(
        url, opened(client, url) | {"measured_on_0": "2016-02-29", "numerator_0": "12"}
    )

    assert answer.status_code == 422
    assert "Bitte geben Sie den Nenner an" in answer.content.decode()
    assert 'value="12"' in answer.content.decode()


def test_groups_that_are_more_than_the_value_are_refused(signed_in, staff, value):
    client, url = signed_in(user=staff), address(value, "edit_groups")
    typed = {"label_0": "Familien", "value_0": "30", "label_1": "Studierende", "value_1": "21"}

    answer = client.post(url, opened(client, url) | typed)

    assert answer.status_code == 422
    assert "Die Gruppen ergeben zusammen 51" in answer.content.decode()
    assert not IndicatorGroup.objects.exists()


def test_who_saves_groups_second_sees_both_versions(signed_in, staff, value):
    client, url = signed_in(user=staff), address(value, "edit_groups")
    form = opened(client, url)
    IndicatorGroupFactory(value_of=value, label="Familien", value=Decimal(20))
    typed = {"label_0": "Familien", "value_0": "25"}

    answer = client.post(url, form | typed)
    page = answer.content.decode()
    again = typed | {
        "form_key": str(uuid4()),
        "row_count": form["row_count"],
        "seen": answer.context["form"]["seen"].value(),
    }

    assert answer.status_code == 422
    assert "Zwei Fassungen" in page
    assert "20 Fälle" in page
    assert "25 Fälle" in page
    assert client.post(url, again).status_code == 302
    assert IndicatorGroup.objects.get().value == 25


def test_a_small_group_is_seen_by_those_who_enter_and_by_nobody_else(signed_in, staff, value):
    IndicatorGroupFactory(value_of=value, label="Familien", value=Decimal(47))
    IndicatorGroupFactory(value_of=value, label="Studierende", value=Decimal(3))
    auditor = UserFactory(roles=[Role.AUDITOR])

    inside = signed_in(user=staff).get(address(value)).content.decode()
    outside = signed_in(user=auditor).get(address(value)).content.decode()
    sheet = signed_in(user=staff).get(reverse("sites:indicators", args=["giessen"]))

    assert "3 Fälle" in inside
    assert "Diese Aufgliederung sehen nur Sie" in inside
    for page in (outside, sheet.content.decode()):
        assert "3 Fälle" not in page
        assert "47 Fälle" not in page


def test_readings_that_leave_a_small_rest_of_the_value_stay_inside(signed_in, staff, value):
    for day, number in ((7, 27), (14, 20)):
        IndicatorReadingFactory(
            value_of=value, measured_on=date(2016, 3, day), value=Decimal(number)
        )
    auditor = signed_in(user=UserFactory(roles=[Role.AUDITOR]))
    url = reverse("sites:indicator_details_file", args=["giessen", "csv"])

    page = auditor.get(address(value)).content.decode()
    lines = auditor.get(url).content.decode("utf-8-sig").splitlines()

    assert "27 Fälle" not in page
    assert "oder der Rest zum Wert auf sehr wenigen Fällen beruht" in page
    assert lines[1:] == [
        f"{value.indicator.key};Rückstand;Ausgangswert;Einzelmessung;alle;nicht gezeigt;;;;"
    ]


def test_the_history_says_who_changed_what_and_keeps_small_numbers_inside(
    signed_in, site, staff, value
):
    draft = ValueDraft(
        value=Decimal(3), measured_on=date(2016, 3, 1), method="count", source="Liste"
    )
    indicators.enter(
        site=site, phase="baseline", drafts={value.indicator_id: draft}, seen=None, by=staff
    )
    auditor = UserFactory(roles=[Role.AUDITOR])

    inside = signed_in(user=staff).get(address(value)).content.decode()
    outside = signed_in(user=auditor).get(address(value)).content.decode()

    assert "Jörg Weiß: Wert" in inside
    assert "Wert: 50 → 3" in inside
    assert "Gemessen am: 29.02.2016 → 01.03.2016" in outside
    assert "Wert: geändert" in outside
    assert "→ 3<" not in outside


def test_evidence_is_checked_kept_delivered_and_taken_away(signed_in, staff, value):
    client = signed_in(user=staff)
    files = [SimpleUploadedFile(f"zählung-{n}.pdf", PDF + b"%" * n) for n in (1, 2)]

    answer = client.post(
        address(value, "add_evidence"),
        {"form_key": str(uuid4()), "uploads": files, "note": "Strichlisten"},
    )
    first, second = IndicatorEvidence.objects.order_by("name")
    download = client.get(address(value, "evidence_file", first.pk))
    client.post(address(value, "remove_evidence", second.pk))

    assert answer.status_code == 302
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff"
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert list(IndicatorEvidence.objects.values_list("name", flat=True)) == ["zählung-1.pdf"]


def test_evidence_taken_away_by_two_people_is_noted_once(staff, value):
    evidence = IndicatorEvidenceFactory(value_of=value)
    seen_by_two = [IndicatorEvidence.objects.get(pk=evidence.pk) for _ in range(2)]

    for seen in seen_by_two:
        indicator_details.remove_evidence(evidence=seen, by=staff)

    assert AuditEntry.objects.filter(verb="indicator_value.evidence_removed").count() == 1


def test_a_script_is_no_evidence(signed_in, staff, value):
    file = SimpleUploadedFile("zaehlung.pdf", b"<html><script>alert(1)</script></html>")

    answer = signed_in(user=staff).post(
        address(value, "add_evidence"), {"form_key": str(uuid4()), "uploads": [file]}
    )

    assert answer.status_code == 422
    assert not IndicatorEvidence.objects.exists()


def test_a_value_of_another_site_looks_like_a_missing_one(signed_in, site, staff):
    foreign = IndicatorValueFactory(site=SiteFactory(programme=site.programme))
    file = IndicatorEvidenceFactory(value_of=foreign)
    client = signed_in(user=staff)
    names = ("indicator_value", "edit_readings", "edit_groups", "add_evidence")

    answers = [client.get(address(foreign, name)).status_code for name in names]
    under_mine = [
        client.get(reverse(f"sites:{name}", args=[site.slug, foreign.pk])).status_code
        for name in names
    ]

    assert answers + under_mine == [404] * 8
    assert client.get(address(foreign, "evidence_file", file.pk)).status_code == 404


@pytest.mark.parametrize("amount", [1, 3])
def test_the_page_of_a_value_costs_the_same_for_any_amount(
    signed_in, staff, value, amount, django_assert_num_queries
):
    for number in range(amount):
        IndicatorReadingFactory(value_of=value, measured_on=date(2016, 3, number + 1))
        IndicatorGroupFactory(value_of=value, value=Decimal(10))
        IndicatorEvidenceFactory(value_of=value)
    client = signed_in(user=staff)

    with django_assert_num_queries(11):
        client.get(address(value))


def test_another_definition_is_a_new_version_and_the_page_says_so(signed_in, site, staff, value):
    own = IndicatorFactory(site=site, name="Übergaben", definition="Median.", cases=True)
    row = IndicatorValueFactory(site=site, indicator=own, value=Decimal(50))
    client, url = (
        signed_in(user=staff),
        reverse("sites:redefine_indicator", args=["giessen", own.pk]),
    )
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"definition": "Mittelwert."}

    answer = client.post(url, sent | {"form_key": str(uuid4())})
    page = client.get(address(row)).content.decode()
    stale = client.post(url, sent | {"definition": "Summe.", "form_key": str(uuid4())})
    other_kind = client.get(url).context["form"]
    kind = {name: other_kind[name].value() for name in other_kind.fields} | {"kind": "scale"}
    refused = client.post(url, kind | {"form_key": str(uuid4())})

    assert answer.status_code == 302
    assert "heute gilt Fassung 2" in page
    assert "Damals: Median." in page
    assert stale.status_code == 422
    assert "Zwei Fassungen" in stale.content.decode()
    assert refused.status_code == 422
    assert "Zu dieser Kennzahl gibt es schon Werte" in refused.content.decode()


def test_files_hold_readings_and_groups_but_no_small_ones(signed_in, staff, value):
    IndicatorReadingFactory(value_of=value, value=Decimal(44))
    IndicatorGroupFactory(value_of=value, label="Familien", value=Decimal(47))
    IndicatorGroupFactory(value_of=value, label="Studierende", value=Decimal(3))

    url = reverse("sites:indicator_details_file", args=["giessen", "csv"])
    lines = signed_in(user=staff).get(url).content.decode("utf-8-sig").splitlines()

    key = value.indicator.key
    assert lines[1:] == [
        f"{key};Rückstand;Ausgangswert;Einzelmessung;29.02.2016;44;;;;",
        f"{key};Rückstand;Ausgangswert;Gruppe;alle;nicht gezeigt;;;;",
    ]
