"""The life of a site, its people and its agreement."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry
from programme.rules.uploads import checked_document
from sites.enums import SiteStatus
from sites.services import lifecycle, site_files
from sites.services.lifecycle import Step
from sites.services.site_files import AgreementDraft, ContactDraft
from tests.factories.documents import SiteAgreementFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteContactFactory, SiteFactory

pytestmark = pytest.mark.django_db
LEAP = date(2016, 2, 29)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"


def test_a_site_goes_from_selected_to_completed(programme):
    site, by = SiteFactory(programme=programme, status=SiteStatus.SELECTED), UserFactory()

    lifecycle.begin(site=site, step=Step(LEAP), by=by)
    lifecycle.complete(site=site, step=Step(date(2017, 6, 30), "Urkunde überreicht"), by=by)

    site.refresh_from_db()
    assert (site.status, site.started_on) == (SiteStatus.COMPLETED, LEAP)
    assert (site.completed_on, site.completed_reason) == (date(2017, 6, 30), "Urkunde überreicht")
    assert AuditEntry.objects.filter(verb__startswith="site.").count() == 2


def test_a_site_leaves_for_an_unknown_reason_only_if_that_is_said(programme, client):
    site, by = SiteFactory(programme=programme), UserFactory()

    with pytest.raises(RuleBroken) as broken:
        lifecycle.withdraw(site=site, step=Step(None), by=by)
    lifecycle.withdraw(site=site, step=Step(None, is_unknown=True), by=by)

    site.refresh_from_db()
    content = client.get(reverse("sites:site", args=[site.slug])).content.decode()
    assert broken.value.field == "reason"
    assert (site.status, site.withdrawn_on, site.withdrawn_reason) == ("withdrawn", None, "")
    assert "Zeitpunkt und Grund sind nicht veröffentlicht." in content


def test_a_site_leaves_with_day_and_reason(programme, client):
    site, by = SiteFactory(programme=programme, started_on=LEAP), UserFactory()

    lifecycle.withdraw(site=site, step=Step(date(2016, 9, 1), "Büroräume fehlen"), by=by)

    content = client.get(reverse("sites:site", args=[site.slug])).content.decode()
    assert "Ausgeschieden am 1. September 2016." in content
    assert "Büroräume fehlen" in content


@pytest.mark.parametrize("status", [SiteStatus.COMPLETED, SiteStatus.WITHDRAWN])
def test_an_end_is_final(programme, status):
    site, by = SiteFactory(programme=programme, status=status), UserFactory()

    for take in (lifecycle.begin, lifecycle.complete, lifecycle.withdraw):
        with pytest.raises(RuleBroken):
            take(site=site, step=Step(LEAP, "Grund"), by=by)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Step(None, "Anlass"), "day"),
        (Step(date(2999, 1, 1), "Anlass"), "day"),
        (Step(date(2016, 2, 28), "Anlass"), "day"),
        (Step(LEAP), "reason"),
    ],
)
def test_a_completion_needs_a_possible_day_and_an_occasion(programme, step, field):
    site, by = SiteFactory(programme=programme, started_on=LEAP), UserFactory()

    with pytest.raises(RuleBroken) as broken:
        lifecycle.complete(site=site, step=step, by=by)

    assert broken.value.field == field


def test_a_beginning_outside_the_run_time_asks_for_a_reason(programme):
    site, by = SiteFactory(programme=programme, status=SiteStatus.SELECTED), UserFactory()

    with pytest.raises(RuleBroken) as broken:
        lifecycle.begin(site=site, step=Step(date(2017, 7, 1)), by=by)
    lifecycle.begin(site=site, step=Step(date(2017, 7, 1), "Nachrücker"), by=by)

    assert broken.value.field == "reason"


def test_only_public_contacts_stand_on_the_public_page(programme, client):
    site, by = SiteFactory(programme=programme), UserFactory()
    for name, public in (("Änne Groß", True), ("Uwe Still", False)):
        draft = ContactDraft("contact", "Teamleitung", name, "", public)
        site_files.add_contact(site=site, draft=draft, by=by)

    content = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    assert "Teamleitung, Änne Groß" in content
    assert "Uwe Still" not in content


def test_a_public_contact_can_be_reached(programme):
    site, by = SiteFactory(programme=programme), UserFactory()

    with pytest.raises(RuleBroken) as broken:
        site_files.add_contact(
            site=site, draft=ContactDraft("contact", "Leitung", is_public=True), by=by
        )

    assert broken.value.field == "email"


def test_the_contact_of_another_site_is_neither_changed_nor_deleted(programme, signed_in):
    site, other = SiteFactory.create_batch(2, programme=programme)
    contact, client = SiteContactFactory(site=other), signed_in(Role.OFFICE)

    changed = client.get(reverse("sites:edit_site_contact", args=[site.slug, contact.pk]))
    client.post(reverse("sites:remove_site_contact", args=[site.slug, contact.pk]))

    assert changed.status_code == 404
    assert other.contacts.count() == 1


def test_an_agreement_is_judged_by_its_content_and_kept_once(programme):
    site, by = SiteFactory(programme=programme), UserFactory()
    checked = checked_document(name="Größe.pdf", content=PDF)
    draft = AgreementDraft(LEAP, checked, ContentFile(PDF))

    agreement = site_files.add_agreement(site=site, draft=draft, by=by)
    with pytest.raises(RuleBroken) as again:
        site_files.add_agreement(site=site, draft=draft, by=by)

    assert (agreement.name, agreement.agreed_on) == ("Größe.pdf", LEAP)
    assert again.value.field == "uploads"


def test_a_program_in_disguise_is_refused_and_the_date_asked_back(programme, signed_in):
    site, client = SiteFactory(programme=programme), signed_in(Role.OFFICE)
    page = reverse("sites:add_agreement", args=[site.slug])

    def send(content, day):
        file = SimpleUploadedFile("vereinbarung.pdf", content, "application/pdf")
        return client.post(page, {"agreed_on": day, "uploads": file})

    disguised, outside = send(b"MZ\x90", "2016-02-29"), send(PDF, "2017-07-01")

    assert (disguised.status_code, outside.status_code) == (422, 422)
    assert "uploads" in disguised.context["form"].errors
    assert "outside_reason" in outside.context["form"].errors
    assert send(PDF, "2016-02-29").status_code == 302


def test_the_agreement_of_another_site_is_a_missing_one(programme, signed_in):
    site, agreement = SiteFactory(programme=programme), SiteAgreementFactory()

    page = reverse("sites:agreement_file", args=[site.slug, agreement.pk])

    assert signed_in(Role.OFFICE).get(page).status_code == 404


@pytest.mark.parametrize("amount", [1, 3])
def test_the_file_costs_the_same_for_any_amount(
    programme, signed_in, amount, django_assert_max_num_queries
):
    site, client = SiteFactory(programme=programme), signed_in(Role.OFFICE)
    SiteContactFactory.create_batch(amount, site=site)
    SiteAgreementFactory.create_batch(amount, site=site)

    with django_assert_max_num_queries(8):
        response = client.get(reverse("sites:site_file", args=[site.slug]))

    assert len(response.context["contacts"]) == amount


@pytest.mark.parametrize(
    ("status", "has_contact", "has_agreement", "label"),
    [
        (SiteStatus.SELECTED, False, False, "Begleitung beginnen"),
        (SiteStatus.ACTIVE, False, False, "Vereinbarung ablegen"),
        (SiteStatus.ACTIVE, False, True, "Ansprechperson eintragen"),
        (SiteStatus.ACTIVE, True, True, "Standort abschließen"),
        (SiteStatus.COMPLETED, True, True, "Öffentliches Profil bearbeiten"),
    ],
)
def test_one_button_of_the_file_stands_out_the_next_thing_to_do(
    programme, signed_in, status, has_contact, has_agreement, label
):
    site = SiteFactory(programme=programme, status=status)
    SiteContactFactory.create_batch(has_contact, site=site)
    SiteAgreementFactory.create_batch(has_agreement, site=site)

    page = signed_in(Role.OFFICE).get(reverse("sites:site_file", args=[site.slug]))

    primary = r'kern-btn--primary" href="[^"]+"><span class="kern-label">([^<]+)'
    assert re.findall(primary, page.content.decode()) == [label]


def test_the_file_shows_an_auditor_no_button(programme, signed_in):
    site = SiteFactory(programme=programme)

    page = signed_in(Role.AUDITOR).get(reverse("sites:site_file", args=[site.slug]))

    assert page.context["next_action"] == ""
    assert "kern-btn--primary" not in page.content.decode()
