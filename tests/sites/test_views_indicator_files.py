"""Values as a file: a preview first, nothing half done, small numbers hidden."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import Role
from sites.models import Indicator, IndicatorValue
from sites.rules.indicator_lines import HEADERS
from tests.factories.programme import UserFactory
from tests.factories.sites import IndicatorFactory, IndicatorValueFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, site):
    return signed_in(user=UserFactory(roles=[Role.OFFICE]))


def line(indicator, **cells):
    told = {
        "Kennung": indicator.key,
        "Kennzahl": indicator.name,
        "Zeitpunkt": "Ausgangswert",
        "Gemessen am": "29.02.2016",
        "Methode": "Zählung",
        "Quelle": "Größenliste",
    } | cells
    return ";".join(told.get(header, "") for header in HEADERS)


def upload(client, *lines):
    text = "\r\n".join([";".join(HEADERS), *lines])
    file = SimpleUploadedFile("werte.csv", ("\ufeff" + text).encode())
    address = reverse("sites:import_indicators", args=["giessen"])
    return client.post(address, {"form_key": str(uuid4()), "file": file})


def confirm(client, preview):
    address = reverse("sites:confirm_indicators", args=["giessen"])
    shown = preview.context["confirm"].initial["preview"]
    return client.post(address, {"form_key": str(uuid4()), "preview": shown})


def test_a_file_is_shown_first_and_then_taken_over(client, site):
    minutes, share = IndicatorFactory(), IndicatorFactory(percent=True)

    preview = upload(client, line(minutes, Wert="1.234,5"), line(share, Zähler="9", Nenner="36"))

    assert preview.status_code == 200
    assert preview.context["plan"].counts == [("neu", 2), ("geändert", 0), ("unverändert", 0)]
    assert not IndicatorValue.objects.exists()
    assert confirm(client, preview).status_code == 302
    values = IndicatorValue.objects.order_by("indicator").values_list("value", "source")
    assert list(values) == [
        (Decimal("1234.50"), "Größenliste"),
        (Decimal("25.00"), "Größenliste"),
    ]


def test_what_is_wrong_is_told_by_line_and_nothing_is_taken_over(client, site):
    share, foreign = IndicatorFactory(percent=True), IndicatorFactory(site=SiteFactory())

    answer = upload(
        client,
        line(share, Zähler="9"),
        line(foreign, Wert="5"),
        line(IndicatorFactory(), Wert="8", **{"Gemessen am": "30.02.2016"}),
    )

    assert answer.status_code == 422
    assert [(row.line, row.column) for row in answer.context["problems"]] == [(4, "Gemessen am")]
    answer = upload(client, line(share, Zähler="9"), line(foreign, Wert="5"))
    assert [(row.line, row.column) for row in answer.context["problems"]] == [
        (2, "Nenner"),
        (3, "Kennung"),
    ]
    assert not IndicatorValue.objects.exists()


def test_a_preview_the_values_moved_on_from_is_shown_anew(client, site):
    indicator = IndicatorFactory()
    preview = upload(client, line(indicator, Wert="50"))
    IndicatorValueFactory(site=site, indicator=indicator)

    answer = confirm(client, preview)

    assert answer.status_code == 422
    assert "seit der Vorschau geändert" in answer.content.decode()
    assert IndicatorValue.objects.get().value == 45


def test_a_preview_by_an_old_definition_is_shown_anew(client, site):
    indicator = IndicatorFactory()
    preview = upload(client, line(indicator, Wert="50"))
    Indicator.objects.update(definition="Etwas anderes.", version=2)

    answer = confirm(client, preview)

    assert answer.status_code == 422
    assert not IndicatorValue.objects.exists()


def test_a_preview_for_one_site_is_worth_nothing_at_another(client, site):
    preview = upload(client, line(IndicatorFactory(), Wert="50"))
    SiteFactory(programme=site.programme, slug="hanau")
    shown = preview.context["confirm"].initial["preview"]

    address = reverse("sites:confirm_indicators", args=["hanau"])
    answer = client.post(address, {"form_key": str(uuid4()), "preview": shown})

    assert answer.status_code == 422
    assert not IndicatorValue.objects.exists()


def test_the_own_file_hides_small_numbers_and_changes_nothing_when_read(client, site):
    small = IndicatorFactory(cases=True)
    IndicatorValueFactory(site=site, indicator=small, value=Decimal(3), n=3)
    IndicatorValueFactory(site=site, indicator=IndicatorFactory(), value=Decimal("45.50"))
    address = reverse("sites:indicators_file", args=["giessen", "csv"])

    content = client.get(address).content
    text = content.decode("utf-8-sig")
    file = SimpleUploadedFile("werte.csv", content)
    preview = client.post(
        reverse("sites:import_indicators", args=["giessen"]),
        {"form_key": str(uuid4()), "file": file},
    )

    assert "nicht gezeigt;;;nicht gezeigt" in text
    assert ";3;" not in text
    assert ";45,5;" in text
    assert preview.context["plan"].counts == [("neu", 0), ("geändert", 0), ("unverändert", 6)]
