"""Uploads of the sites and of the network: a service that fails in the end leaves no file."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from network.services import material
from network.services.material import About, NewFile
from programme import audit
from programme.rules.uploads import checked_document
from sites.rules.documents import DocumentDraft
from sites.rules.photos import redrawn
from sites.services import coaching, day_photos, documents, indicator_details, site_files
from sites.services.documents import NewVersion
from sites.services.indicator_details import NewEvidence
from sites.services.site_files import AgreementDraft
from tests.factories.funding import PDF
from tests.factories.network import MeetingFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import IndicatorValueFactory
from tests.sites.test_services_coaching import DAY
from tests.sites.test_services_coaching_answers import picture

pytestmark = pytest.mark.django_db(transaction=True)
LEAP = date(2016, 2, 29)


def paper():
    return checked_document(name="Größe.pdf", content=PDF), ContentFile(PDF)


def photo():
    return redrawn(name="Tafel.jpg", content=picture())


def material_added(site, by):
    material.add(meeting=MeetingFactory(), files=[NewFile(*paper())], about=About(), by=by)


def document_added(site, by):
    draft = DocumentDraft("minutes", "Auftakt", "", "site", "record")
    documents.add(site=site, draft=draft, version=NewVersion(*paper()), by=by)


def agreement_added(site, by):
    site_files.add_agreement(site=site, draft=AgreementDraft(LEAP, *paper()), by=by)


def evidence_added(site, by):
    value = IndicatorValueFactory(site=site)
    files = [NewEvidence(*paper())]
    indicator_details.add_evidence(value=value, files=files, note="", by=by)


def day_logged(site, by):
    coaching.log(site=site, draft=replace(DAY, photo=photo()), by=by, key=uuid4())


@pytest.fixture
def stored(settings, tmp_path):
    """Return the names of all files in the storage."""
    settings.MEDIA_ROOT = str(tmp_path)
    return lambda: [path.name for path in Path(tmp_path).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "upload", [material_added, document_added, agreement_added, evidence_added, day_logged]
)
def test_an_upload_stores_its_file_only_if_all_of_it_succeeds(site, stored, monkeypatch, upload):
    by = UserFactory()

    def breaks(**_):
        raise RuntimeError("Das Protokoll schreibt nicht.")

    with monkeypatch.context() as broken:
        broken.setattr(audit, "record", breaks)
        with pytest.raises(RuntimeError, match="Das Protokoll"):
            upload(site, by)
    after_failure = stored()
    upload(site, by)

    assert after_failure == []
    assert len(stored()) == 1


def test_a_photo_that_waits_goes_with_the_step_that_failed(stored, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError("Der Entwurf lässt sich nicht sichern.")

    monkeypatch.setattr("sites.models.DayDraft.save", breaks)

    with pytest.raises(RuntimeError, match="Der Entwurf"):
        day_photos.keep(key=uuid4(), photo=photo(), by=UserFactory())

    assert stored() == []
