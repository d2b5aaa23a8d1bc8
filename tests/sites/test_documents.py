"""Documents of a site: versions stay, each reader sees theirs, what is past its day goes."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import Role
from programme.errors import RuleBroken
from programme.exports.sample_files import sample_pdf
from programme.models import AuditEntry, DeletionReceipt, RuleParameter
from programme.rules.uploads import checked_document
from sites.enums import AssignmentKind, SiteStatus
from sites.models import DocumentVersion, SiteDocument
from sites.rules.documents import (
    ARCHIVE,
    DocumentDraft,
    ProofPeriod,
    keep_until,
    kept_in_words,
    months_after,
)
from sites.rules.versions import NewerVersion
from sites.services import document_retention, documents
from sites.services.documents import NewVersion
from tests.factories.programme import FundingSourceFactory, UserFactory
from tests.factories.sites import (
    DocumentVersionFactory,
    PracticeCardFactory,
    SiteAssignmentFactory,
    SiteDocumentFactory,
    SiteFactory,
)
from tests.pages import put_away

pytestmark = pytest.mark.django_db
LEAP = date(2016, 2, 29)


@pytest.fixture
def site(programme):
    return SiteFactory(programme=programme, name="Gießen", slug="giessen")


@pytest.fixture
def staff(site):
    user = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(user=user, site=site, kind=AssignmentKind.STAFF)
    return user


@pytest.fixture
def coach(site):
    user = UserFactory(roles=[Role.COACH])
    SiteAssignmentFactory(user=user, site=site, kind=AssignmentKind.COACH)
    return user


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


def pdf(text="Protokoll"):
    content = sample_pdf(title=text, lines=["Beispiel"])
    return SimpleUploadedFile("Größe.pdf", content, content_type="application/pdf")


def version(text="Protokoll", note=""):
    file = pdf(text)
    return NewVersion(checked_document(name=file.name, content=file.read()), file, note)


def filled(**changes):
    values = {
        "form_key": str(uuid4()),
        "kind": "minutes",
        "title": "Auftaktsitzung",
        "description": "Rollen und Erwartungen",
        "audience": "site",
        "retention": "working",
        "uploads": pdf(),
        "note": "Erste Fassung",
    }
    return values | changes


def address(name, row, *more):
    return reverse(f"sites:{name}", args=[row.site.slug, row.pk, *more])


def test_the_last_day_is_counted_from_the_end_and_survives_leap_days():
    periods = [ProofPeriod(2, 5), ProofPeriod(6, 5)]

    assert months_after(date(2015, 12, 31), 2) == LEAP
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

    assert row.keep_until == months_after(programme.ends_on, 66)
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


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("team", "office auditor"),
        ("site", "office auditor staff coach"),
        ("offices", "office auditor staff coach member other"),
        ("public", "office auditor staff coach member other finance"),
    ],
)
def test_each_reader_opens_what_is_meant_for_them(signed_in, site, staff, coach, audience, readers):
    row = DocumentVersionFactory(document__site=site, document__audience=audience).document
    people = {
        "office": UserFactory(roles=[Role.OFFICE]),
        "auditor": UserFactory(roles=[Role.AUDITOR]),
        "staff": staff,
        "coach": coach,
        "member": UserFactory(roles=[Role.MEMBER]),
        "other": UserFactory(roles=[Role.SITE]),
        "finance": UserFactory(roles=[Role.FINANCE]),
    }

    opened = set()
    for name, user in people.items():
        client = signed_in(user=user)
        page = client.get(address("document", row)).status_code
        file = client.get(address("document_file", row, 1))
        put_away(file)
        assert page == file.status_code
        if page == 200:
            opened.add(name)

    assert opened == set(readers.split())


def test_the_public_reads_the_newest_public_version_and_nothing_else(client, site):
    public = DocumentVersionFactory(document__site=site, document__audience="public").document
    DocumentVersionFactory(document=public, number=2, name="Neu.pdf")
    inner = DocumentVersionFactory(document__site=site, document__audience="offices").document

    answer = client.get(address("public_document", public))
    page = client.get(reverse("sites:site", args=["giessen"])).content.decode()

    assert "Neu.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    put_away(answer)
    assert client.get(address("public_document", inner)).status_code == 404
    assert public.title in page
    assert inner.title not in page
    site.status = SiteStatus.APPLIED
    site.save()
    assert client.get(address("public_document", public)).status_code == 404


def test_a_card_shows_the_documents_of_its_site_to_those_who_read_them(client, signed_in, site):
    card = PracticeCardFactory(site=site, public=True)
    for audience in ("public", "offices", "site"):
        DocumentVersionFactory(
            document__site=site, document__audience=audience, document__title=f"Für {audience}"
        )
    url = reverse("sites:practice_card", args=[card.slug])

    stranger = client.get(url).content.decode()
    member = signed_in(Role.MEMBER).get(url).content.decode()

    titles = ("Für public", "Für offices", "Für site")
    assert [title in stranger for title in titles] == [True, False, False]
    assert [title in member for title in titles] == [True, True, False]


def test_the_coach_files_minutes_and_what_is_typed_survives_a_refusal(signed_in, site, coach):
    client = signed_in(user=coach)
    url = reverse("sites:add_document", args=["giessen"])

    refused = client.post(url, filled(uploads=SimpleUploadedFile("a.pdf", b"<html>")))
    widened = client.post(url, filled(audience="team"))
    done = client.post(url, filled())

    assert (refused.status_code, widened.status_code) == (422, 422)
    assert "Rollen und Erwartungen" in refused.content.decode()
    assert "einzelner Ausländerinnen und Ausländer" in refused.content.decode()
    row = SiteDocument.objects.get()
    assert done["Location"] == address("document", row)
    assert (row.audience, row.retention) == ("site", "working")


def test_a_clash_shows_both_versions_and_saving_again_is_deliberate(signed_in, site, staff):
    row = DocumentVersionFactory(document__site=site, document__title="Protokoll").document
    client, url = signed_in(user=staff), address("edit_document", row)
    seen = datetime(2016, 1, 1, tzinfo=UTC).isoformat()

    clash = client.post(url, filled(title="Mein Titel", seen_at=seen))
    again = client.post(
        url, filled(title="Mein Titel", seen_at=clash.context["form"]["seen_at"].value())
    )

    assert clash.status_code == 422
    assert "Zwei Fassungen" in clash.content.decode()
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.title == "Mein Titel"


def test_a_new_version_comes_in_through_the_page(signed_in, site, staff):
    row = DocumentVersionFactory(document__site=site).document
    client, url = signed_in(user=staff), address("add_document_version", row)

    done = client.post(url, {"uploads": pdf("neu"), "note": "ergänzt", "form_key": str(uuid4())})
    page = client.get(done["Location"]).content.decode()

    assert "Fassung 2" in page
    assert "ergänzt" in page


def test_a_withdrawn_site_keeps_its_documents_and_takes_no_new_ones(signed_in, site, staff):
    row = DocumentVersionFactory(document__site=site, document__title="Protokoll").document
    site.status = SiteStatus.WITHDRAWN
    site.save()
    client = signed_in(user=staff)
    add = reverse("sites:add_document", args=["giessen"])
    renew = address("add_document_version", row)
    listed = reverse("sites:documents", args=["giessen"])

    refused = [
        client.post(add, filled()).status_code,
        client.post(renew, {"uploads": pdf("neu"), "form_key": str(uuid4())}).status_code,
    ]
    forms = [client.get(url).content.decode() for url in (add, renew)]
    page = client.get(listed).content.decode()
    mended = client.post(
        address("edit_document", row),
        filled(title="Protokoll, ergänzt", seen_at=row.updated_at.isoformat()),
    )

    assert refused == [422, 422]
    assert ['type="file"' in form for form in forms] == [False, False]
    assert (SiteDocument.objects.count(), DocumentVersion.objects.count()) == (1, 1)
    assert "Protokoll" in page
    assert add not in page
    assert renew not in client.get(address("document", row)).content.decode()
    assert mended.status_code == 302


@pytest.mark.parametrize("amount", [1, 3])
def test_list_and_page_cost_the_same_for_any_amount(
    signed_in, site, staff, amount, django_assert_num_queries
):
    for _ in range(amount):
        row = DocumentVersionFactory(document__site=site).document
        DocumentVersionFactory(document=row, number=2)
    client = signed_in(user=staff)

    with django_assert_num_queries(8):
        page = client.get(reverse("sites:documents", args=["giessen"]))
    with django_assert_num_queries(11):
        client.get(address("document", row))

    assert len(page.context["documents"]) == amount


def test_the_list_is_narrowed_by_kind_and_reader(signed_in, site):
    DocumentVersionFactory(document__site=site, document__kind="template")
    DocumentVersionFactory(document__site=site, document__audience="team")
    client, url = signed_in(Role.OFFICE), reverse("sites:documents", args=["giessen"])

    def titles(**asked):
        return [row.kind for row in client.get(url, asked).context["documents"]]

    assert titles() == ["minutes", "template"]
    assert titles(art="template") == ["template"]
    assert titles(leserkreis="team") == ["minutes"]
    assert titles(art="final_report") == []
    assert len(titles(art="\x00")) == 2
