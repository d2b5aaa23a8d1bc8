"""Factories of the papers a site files."""

from datetime import date

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from programme.exports.sample_files import sample_pdf
from sites.models import (
    DocumentVersion,
    SiteAgreement,
    SiteDocument,
)
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteFactory


class SiteAgreementFactory(DjangoModelFactory[SiteAgreement]):
    class Meta:
        model = SiteAgreement

    site = factory.SubFactory(SiteFactory)
    agreed_on = date(2016, 2, 29)
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7", name="vereinbarung.pdf"))
    name = "vereinbarung.pdf"
    content_type = "application/pdf"
    size_bytes = 8
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    by = factory.SubFactory(UserFactory)


class SiteDocumentFactory(DjangoModelFactory[SiteDocument]):
    """A document without a file; a version brings its document along."""

    class Meta:
        model = SiteDocument

    site = factory.SubFactory(SiteFactory)
    kind = "minutes"
    title = factory.Sequence(lambda n: f"Protokoll der Auftaktsitzung {n}")
    audience = "site"
    retention = "record"


class DocumentVersionFactory(DjangoModelFactory[DocumentVersion]):
    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(SiteDocumentFactory)
    number = 1
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7", name="protokoll.pdf"))
    name = "Protokoll.pdf"
    content_type = "application/pdf"
    size_bytes = 8
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    by = factory.SubFactory(UserFactory)


def uploaded_pdf(text: str = "Protokoll") -> SimpleUploadedFile:
    """A PDF the way a browser sends it."""
    content = sample_pdf(title=text, lines=["Beispiel"])
    return SimpleUploadedFile("Größe.pdf", content, content_type="application/pdf")
