"""Records and the state archive: nothing of a record goes before the archive has decided."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, DeletionReceipt
from sites.enums import ArchiveDecision
from sites.models import ArchiveOffer, DocumentVersion, SiteDocument
from sites.services import archive_offers, document_retention
from sites.services.archive_offers import OfferDraft
from tests.factories.documents import DocumentVersionFactory
from tests.factories.programme import UserFactory
from tests.sites.test_documents import LEAP, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(site, programme):
    """A record past its last day."""
    rule(programme, retention_years=0)
    return DocumentVersionFactory(
        document__site=site, document__retention="record", document__title="Abschlussbericht"
    ).document


@pytest.fixture
def team():
    return UserFactory(roles=[Role.OFFICE])


def address(document):
    return reverse("sites:note_archive_offer", args=[document.site.slug, document.pk])


def note(document, by, decision=ArchiveDecision.OPEN, decided_on=None):
    draft = OfferDraft(LEAP, decision, decided_on, "Az. 14/2029")
    return archive_offers.note(document=document, draft=draft, by=by)


@pytest.mark.parametrize("decision", [ArchiveDecision.TAKEN, ArchiveDecision.RELEASED])
def test_a_record_goes_once_the_archive_has_decided(record, team, programme, decision):
    note(record, team)
    waiting = document_retention.forget_due.call()
    note(record, team, decision, date(2016, 3, 1))
    gone = document_retention.forget_due.call()

    assert (waiting, gone) == ({}, {programme.slug: 1})
    assert not SiteDocument.objects.exists()
    assert not DocumentVersion.objects.exists()
    assert DeletionReceipt.objects.get().held == {}
    assert (
        AuditEntry.objects.filter(verb="document.offered")
        .first()
        .sentence.startswith(
            "Standort Gießen: Unterlage „Abschlussbericht“ am 29.02.2016 dem Landesarchiv angeboten"
        )
    )


def test_a_record_within_its_time_stays_whatever_the_archive_said(record, team, programme):
    programme.ends_on = date(2990, 6, 30)
    programme.save()
    note(record, team, ArchiveDecision.RELEASED, LEAP)

    assert document_retention.forget_due.call() == {}
    assert SiteDocument.objects.get() == record


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (OfferDraft(date(2990, 1, 1), "open", None), "offered_on"),
        (OfferDraft(LEAP, "open", LEAP), "decision"),
        (OfferDraft(LEAP, "taken", None), "decided_on"),
        (OfferDraft(LEAP, "taken", date(2990, 1, 1)), "decided_on"),
        (OfferDraft(LEAP, "released", date(2016, 2, 28)), "decided_on"),
    ],
)
def test_days_and_decision_have_to_agree(record, team, draft, field):
    with pytest.raises(RuleBroken) as refused:
        archive_offers.note(document=record, draft=draft, by=team)

    assert refused.value.field == field
    assert not ArchiveOffer.objects.exists()


def test_what_is_no_record_is_not_offered(site, team):
    working = DocumentVersionFactory(document__site=site, document__retention="working").document

    with pytest.raises(RuleBroken, match="gehört nicht zur Akte"):
        note(working, team)


def test_the_team_notes_offer_and_decision_and_all_inside_read_them(signed_in, record, team, staff):
    client, url = signed_in(user=team), address(record)
    form = {"form_key": str(uuid4()), "offered_on": "2016-02-29", "decision": "taken"}

    asked = client.post(url, form)
    saved = client.post(url, form | {"decided_on": "2016-03-01", "note": "Az. 14/2029"})
    again = client.get(url)
    page = reverse("sites:document", args=[record.site.slug, record.pk])
    inside = signed_in(user=staff).get(page).content.decode()

    assert (asked.status_code, saved.status_code) == (422, 302)
    assert "decided_on" in asked.context["form"].errors
    assert again.context["form"]["decision"].value() == "taken"
    assert "angeboten am 29. Februar 2016, übernommen (1. März 2016), Az. 14/2029" in inside
    assert signed_in(user=staff).get(url).status_code == 404


def test_a_working_paper_has_no_form_for_the_archive(signed_in, site, team):
    working = DocumentVersionFactory(document__site=site, document__retention="working").document

    page = signed_in(user=team).get(address(working)).content.decode()

    assert "Nicht anzubieten" in page
    assert "Festhalten" not in page
