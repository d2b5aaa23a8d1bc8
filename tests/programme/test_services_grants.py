"""Notices: the one issued last sets the grant; what contradicts itself is refused."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import NoticeKind
from programme.errors import RuleBroken
from programme.models import AuditEntry, FundingDocument, GrantNotice
from programme.rules.grants import NoticeEntry
from programme.services import grants
from tests.factories.funding import funded_plan, new_paper
from tests.factories.programme import FundingSourceFactory

D = Decimal


@pytest.fixture
def land(programme):
    return FundingSourceFactory(
        programme=programme, granted_eur=D("112000.00"), is_approximate=True, basis="Projektseite"
    )


def typed(source, **changes):
    fields = {
        "source": source,
        "kind": NoticeKind.GRANT,
        "reference": " IV-2015-7 ",
        "issued_on": date(2015, 9, 21),
        "valid_from": date(2015, 10, 1),
        "valid_to": date(2017, 6, 30),
        "granted_eur": D("112345.67"),
        "conditions": "",
    }
    return NoticeEntry(**fields | changes)


def record(clerk, source, *, confirmed=False, **changes):
    return grants.record(
        entry=typed(source, **changes), paper=new_paper(), by=clerk, confirmed=confirmed
    )


def change(clerk, source, amount, **changes):
    fields = {
        "kind": NoticeKind.AMENDMENT,
        "reference": "IV-2016-1",
        "issued_on": date(2016, 2, 29),
        "granted_eur": D(amount),
    }
    return record(clerk, source, **fields | changes)


def test_a_notice_with_its_file_sets_the_grant_and_is_told(land, clerk):
    notice = record(clerk, land)

    land.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (land.granted_eur, land.is_approximate) == (D("112345.67"), False)
    assert land.basis == str(notice) == "Zuwendungsbescheid IV-2015-7 vom 21.09.2015"
    assert notice.document.title == str(notice)
    assert entry.changes == {"granted_eur": ["112000.00", "112345.67"]}
    assert entry.sentence == (
        "Zuwendungsbescheid IV-2015-7 vom 21.09.2015 (Land Hessen) erfasst; bewilligt sind "
        "112.345,67 EUR."
    )


def test_the_notice_issued_last_counts_however_late_an_older_one_is_recorded(land, clerk):
    record(clerk, land)
    change(clerk, land, "90000.00", kind=NoticeKind.REVOCATION, issued_on=date(2017, 1, 9))

    change(clerk, land, "120000.00")

    land.refresh_from_db()
    assert land.granted_eur == D("90000.00")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"issued_on": date(2999, 1, 1)}, "issued_on", "in der Zukunft"),
        ({"valid_to": date(2015, 9, 30)}, "valid_to", "liegt vor dem Beginn"),
        ({"granted_eur": D("0.00")}, "granted_eur", "größer als 0,00"),
        ({"kind": NoticeKind.AMENDMENT}, "kind", "noch keinen Zuwendungsbescheid"),
        ({"kind": NoticeKind.REVOCATION}, "kind", "noch keinen Zuwendungsbescheid"),
    ],
)
def test_a_first_notice_that_cannot_be_is_refused(land, clerk, changes, field, message):
    with pytest.raises(RuleBroken, match=message) as refused:
        record(clerk, land, **changes)

    assert refused.value.field == field
    assert not FundingDocument.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"kind": NoticeKind.GRANT}, "kind", "schon einen Zuwendungsbescheid"),
        ({"issued_on": date(2015, 9, 20)}, "issued_on", "kann nicht älter sein"),
        (
            {"reference": "IV-2015-7", "issued_on": date(2015, 9, 21)},
            "reference",
            "schon erfasst",
        ),
        ({"kind": NoticeKind.REVOCATION}, "granted_eur", "senkt die Zuwendung"),
    ],
)
def test_a_later_notice_that_cannot_be_is_refused(land, clerk, changes, field, message):
    record(clerk, land, reference="IV-2015-7")

    with pytest.raises(RuleBroken, match=message) as refused:
        change(clerk, land, "112345.67", **changes)

    assert refused.value.field == field
    assert GrantNotice.objects.count() == 1


def test_a_grant_below_the_plan_is_asked_back_and_may_be_confirmed(programme, clerk):
    land = funded_plan(programme=programme).funding.get(source__key="land").source
    with pytest.raises(RuleBroken, match="Regel F08") as refused:
        record(clerk, land, granted_eur=D("100000.00"))

    record(clerk, land, granted_eur=D("100000.00"), confirmed=True)

    land.refresh_from_db()
    assert refused.value.field == "confirmed"
    assert land.granted_eur == D("100000.00")


def test_a_typing_error_is_mended_and_the_old_value_stays_in_the_logbook(land, clerk):
    notice = record(clerk, land)

    grants.correct(
        notice=notice, entry=typed(land, granted_eur=D("112000.00")), paper=None, by=clerk
    )

    land.refresh_from_db()
    entry = AuditEntry.objects.latest("pk")
    assert land.granted_eur == D("112000.00")
    assert (entry.verb, entry.changes) == (
        "notice.corrected",
        {"granted_eur": ["112345.67", "112000.00"]},
    )
    assert FundingDocument.objects.count() == 1


def test_a_new_file_replaces_the_one_that_is_shown(land, clerk):
    notice = record(clerk, land)

    grants.correct(notice=notice, entry=typed(land), paper=new_paper(name="Scan neu.pdf"), by=clerk)

    notice.refresh_from_db()
    assert notice.document.name == "Scan neu.pdf"
    assert AuditEntry.objects.latest("pk").changes == {"document": ["", "Scan neu.pdf"]}
