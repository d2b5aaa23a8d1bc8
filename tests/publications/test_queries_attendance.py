"""Who was there is counted live: a corrected check-in moves the draft, never an edition (B7)."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from network.models import Meeting, Registration
from network.services import check_in
from programme import clock
from programme.models import Programme
from publications.enums import EditionStatus
from publications.queries.content import report_data, sentence_values
from publications.rules.snapshots import checksum
from publications.services import editions
from tests.publications import world

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 fertig"


def fetched(client, name, edition):
    address = reverse(f"publications:{name}", args=[edition.publication.slug, edition.number])
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return re.sub(rb'(nonce|csrfmiddlewaretoken)="[^"]*"', b"", content)


def test_one_corrected_check_in_moves_the_draft_and_no_published_edition(client):
    report, by = world.compiled()
    first, second = Registration.objects.order_by("pk")
    check_in.correct(registration=first, kind="arrived", note="Liste", by=by)
    world.sign(report)
    edition = editions.publish(publication=report, by=by)
    edition.pdf.save("bericht.pdf", ContentFile(PDF), save=False)
    edition.pdf_bytes, edition.pdf_pages = len(PDF), 1
    edition.status, edition.published_at = EditionStatus.PUBLISHED, clock.now()
    edition.save()
    programme = Programme.objects.get()
    draft = sentence_values(report_data(programme))["teilnahmen"]
    before = checksum(edition.snapshot), fetched(client, "edition", edition)

    check_in.correct(registration=second, kind="arrived", note="Unterschrift", by=by)

    edition.refresh_from_db()
    assert (draft, sentence_values(report_data(programme))["teilnahmen"]) == ("1", "2")
    assert (checksum(edition.snapshot), fetched(client, "edition", edition)) == before
    assert fetched(client, "edition_pdf", edition) == PDF
    assert Meeting.objects.get().registrations.attended().count() == 2
