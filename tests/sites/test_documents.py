"""Documents of a site: versions stay, each reader sees theirs, what is past its day goes."""

from datetime import date

import pytest

from programme.errors import RuleBroken
from programme.models import AuditEntry, DeletionReceipt, RuleParameter
from programme.rules.funding.deadlines import plus_months
from programme.rules.uploads import checked_document
from sites.enums import SiteStatus
from sites.models import DocumentVersion, SiteDocument
from sites.queries import documents as queries
from sites.rules.documents import (
    ARCHIVE,
    DocumentDraft,
    ProofPeriod,
    keep_until,
    kept_in_words,
)
from sites.rules.versions import NewerVersion
from sites.services import document_retention, documents
from sites.services.documents import NewVersion
from tests.factories.documents import DocumentVersionFactory, SiteDocumentFactory, uploaded_pdf
from tests.factories.programme import FundingSourceFactory
from tests.factories.sites import SiteFactory

pytestmark = pytest.mark.django_db
LEAP = date(2016, 2, 29)


def rule(programme, **numbers):
    source = FundingSourceFactory(programme=programme)
    for key, value in numbers.items():
        RuleParameter.objects.create(
            source=source, key=key, value=value, unit="", valid_from=LEAP, basis="Beispiel"
        )


def draft(**changes):
    values = {
        "kind": "minutes",
        "title": "Auftaktsitzung",
        "description": "",
        "audience": "site",
        "retention": "record",
    }
    return DocumentDraft(**values | changes)


def version(text="Protokoll", note=""):
    file = uploaded_pdf(text)
    return NewVersion(checked_document(name=file.name, content=file.read()), file, note)


def test_the_last_day_is_counted_from_the_end_and_survives_leap_days():
    periods = [ProofPeriod(2, 5), ProofPeriod(6, 5)]

    assert plus_months(date(2015, 12, 31), 2) == LEAP
    assert keep_until(retention="working", ends_on=LEAP) == date(2018, 2, 28)
    assert keep_until(retention="short", ends_on=date(2017, 6, 30)) == date(2017, 9, 30)
    assert keep_until(retention="record", ends_on=date(2017, 6, 30), periods=periods) == date(
        2022, 12, 30
    )
    assert keep_until(retention="record", ends_on=date(2017, 6, 30)) is None


def test_the_time_something_is_kept_is_told_in_words():
    day = date(2017, 9, 30)

    assert [kept_in_words(retention=kind, until=day) for kind in ("record", "short")] == [
        "Wird als Akte bis zum 30.09.2017 aufbewahrt und danach dem Hessischen Landesarchiv "
        "angeboten.",
        "Wird bis zum 30.09.2017 aufbewahrt und am Tag danach von selbst gelöscht.",
    ]
    assert "Frist der Förderakte" in kept_in_words(retention="record", until=None)


def test_a_document_is_kept_with_its_last_day_and_earlier_versions_stay(site, staff, programme):
    rule(programme, final_proof_months=6, retention_years=5)

    row = documents.add(site=site, draft=draft(), version=version(), by=staff)
    second = documents.add_version(
        document=row, version=version("Protokoll 2", "nach der Sitzung"), by=staff
    )

    assert row.keep_until == plus_months(programme.ends_on, 66)
    assert [(each.number, each.note) for each in row.versions.all()] == [
        (2, "nach der Sitzung"),
        (1, ""),
    ]
    assert second.name == "Größe.pdf"
    assert AuditEntry.objects.filter(verb__startswith="document.").count() == 2


def test_the_same_file_or_title_again_is_refused(site, staff):
    row = documents.add(site=site, draft=draft(), version=version(), by=staff)

    with pytest.raises(RuleBroken) as same_file:
        documents.add_version(document=row, version=version(), by=staff)
    with pytest.raises(RuleBroken) as same_title:
        documents.add(site=site, draft=draft(), version=version("anders"), by=staff)
    with pytest.raises(RuleBroken) as no_title:
        documents.add(site=site, draft=draft(title=" "), version=version("anders"), by=staff)

    fields = [found.value.field for found in (same_file, same_title, no_title)]
    assert fields == ["uploads", "title", "title"]
    assert DocumentVersion.objects.count() == 1


def test_two_people_who_describe_at_once_do_not_overwrite(site, staff):
    row = documents.add(site=site, draft=draft(), version=version(), by=staff)
    seen = row.updated_at
    documents.describe(document=row, draft=draft(description="erste"), seen_at=seen, by=staff)

    with pytest.raises(NewerVersion):
        documents.describe(document=row, draft=draft(description="zweite"), seen_at=seen, by=staff)
    same = documents.describe(
        document=row, draft=draft(description="erste"), seen_at=None, by=staff
    )

    assert same.description == "erste"


def test_a_document_of_a_site_that_only_applied_is_not_out_yet(site):
    row = SiteDocumentFactory(site=site, audience="public")
    SiteDocumentFactory(
        site=SiteFactory(programme=site.programme, status=SiteStatus.APPLIED), audience="public"
    )

    assert list(queries.released(reads_network=True)) == [row]


def test_what_is_past_its_day_goes_with_its_files_and_a_receipt(
    site, programme, django_capture_on_commit_callbacks
):
    gone = DocumentVersionFactory(document__site=site, document__retention="short")
    DocumentVersionFactory(document=gone.document, number=2)
    kept = DocumentVersionFactory(document__site=site, document__retention="record")
    SiteDocument.objects.filter(pk=kept.document_id).update(keep_until=LEAP)
    rule(programme, retention_years=0)
    storage, name = gone.file.storage, gone.file.name

    with django_capture_on_commit_callbacks(execute=True):
        first = document_retention.forget_due.call()
    again = document_retention.forget_due.call()

    receipt = DeletionReceipt.objects.get()
    assert (first, again) == ({programme.slug: 1}, {})
    assert receipt.deleted == {"Unterlagen": 1, "Fassungen mit Datei": 2, "davon Protokoll": 1}
    assert receipt.held == {"Unterlagen der Akte (1)": ARCHIVE}
    assert list(SiteDocument.objects.all()) == [kept.document]
    assert not storage.exists(name)


def test_an_extended_programme_loses_nothing(site, programme):
    row = SiteDocumentFactory(site=site, retention="short", keep_until=LEAP)
    programme.ends_on = date(2990, 11, 30)
    programme.save()

    assert document_retention.forget_due.call() == {}
    row.refresh_from_db()
    assert row.keep_until == date(2991, 2, 28)
