"""Checks on the spot: written down with their report, judged by F34."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programme import clock
from programme.errors import RuleBroken
from programme.models import AuditEntry, Programme, SiteCheck
from programme.services import demo_inspections, site_checks
from programme.services.site_checks import CheckEntry
from tests.factories.funding import PDF

LIST = "/intern/pruefung/vor-ort/"
SENT = {"checked_on": "2017-05-03", "checker": "Bewilligungsstelle"}


def test_a_check_is_written_down_and_its_gaps_are_named(plan, finance, clerk):
    response = finance.post(f"{LIST}neu/", SENT)

    check = SiteCheck.objects.get()
    assert response.url == LIST
    assert (check.checked_on, check.recorded_by) == (date(2017, 5, 3), clerk)
    shown = finance.get(LIST).content.decode()
    assert "Zur Prüfung vom 03.05.2017 fehlt: Ergebnis, Bericht, Termin der Nachverfolgung" in shown
    assert AuditEntry.objects.filter(
        sentence="Prüfung vom 03.05.2017 durch Bewilligungsstelle erfasst."
    ).exists()


def test_a_complete_check_has_no_finding_and_its_report_can_be_read(plan, finance):
    sent = {
        "findings": "Keine Beanstandung.",
        "follow_up_on": "2017-06-01",
        "report": SimpleUploadedFile("Bericht.pdf", PDF),
    }

    finance.post(f"{LIST}neu/", SENT | sent)

    shown = finance.get(LIST)
    assert [row.finding for row in shown.context["rows"]] == [None]
    assert f"/intern/foerderung/unterlagen/{SiteCheck.objects.get().report_id}/" in (
        shown.content.decode()
    )


def test_sample_checks_go_with_the_other_sample_data(plan, clerk):
    Programme.objects.update(demo_loaded_at=clock.now())
    SiteCheck.objects.create(
        programme=plan.programme,
        checked_on=date(2017, 5, 3),
        checker="Bewilligungsstelle",
        recorded_by=clerk,
    )

    demo_inspections.remove(programme=plan.programme)

    assert not SiteCheck.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"checked_on": date(2099, 1, 1)}, "checked_on"),
        ({"follow_up_on": date(2017, 5, 2)}, "follow_up_on"),
    ],
)
def test_days_that_cannot_be_are_refused(plan, clerk, changes, field):
    fields = {"checked_on": date(2017, 5, 3), "checker": "Stelle"} | changes

    with pytest.raises(RuleBroken) as refused:
        site_checks.record(programme=plan.programme, entry=CheckEntry(**fields), by=clerk)

    assert refused.value.field == field


def test_the_list_asks_as_often_for_three_rows_as_for_one(
    plan, finance, clerk, django_assert_num_queries
):
    for rows in (1, 2):
        for _ in range(rows):
            SiteCheck.objects.create(
                programme=plan.programme,
                checked_on=date(2017, 5, 3),
                checker="Stelle",
                recorded_by=clerk,
            )
        with django_assert_num_queries(6):
            finance.get(LIST)
