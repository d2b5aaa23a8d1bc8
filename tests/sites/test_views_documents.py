"""Documents on the pages: each reader opens theirs, what was typed is kept."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import Role
from sites.enums import SiteStatus
from sites.models import DocumentVersion, SiteDocument
from tests.factories.documents import DocumentVersionFactory, uploaded_pdf
from tests.factories.programme import UserFactory
from tests.factories.sites import PracticeCardFactory
from tests.pages import put_away

pytestmark = pytest.mark.django_db


def filled(**changes):
    values = {
        "form_key": str(uuid4()),
        "kind": "minutes",
        "title": "Auftaktsitzung",
        "description": "Rollen und Erwartungen",
        "audience": "site",
        "retention": "working",
        "uploads": uploaded_pdf(),
        "note": "Erste Fassung",
    }
    return values | changes


def address(name, row, *more):
    return reverse(f"sites:{name}", args=[row.site.slug, row.pk, *more])


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

    done = client.post(
        url, {"uploads": uploaded_pdf("neu"), "note": "ergänzt", "form_key": str(uuid4())}
    )
    page = client.get(done["Location"]).content.decode()

    assert "Fassung 2" in page
    assert "ergänzt" in page


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
        client.post(renew, {"uploads": uploaded_pdf("neu"), "form_key": str(uuid4())}).status_code,
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


def test_the_team_still_files_the_letter_that_ends_the_coaching(signed_in, site):
    site.status = SiteStatus.WITHDRAWN
    site.save()
    client = signed_in(Role.OFFICE)

    answer = client.post(
        reverse("sites:add_document", args=["giessen"]), filled(title="Abschlussschreiben")
    )

    assert answer.status_code == 302
    assert [row.title for row in SiteDocument.objects.all()] == ["Abschlussschreiben"]
