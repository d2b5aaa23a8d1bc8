"""The administration edits contact data and legal texts."""

from datetime import date

import pytest
from django.forms import model_to_dict
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.models import AuditEntry, LegalNotice, LegalPage, Programme
from programme.rules.legal import is_review_due
from programme.services import master_data

pytestmark = pytest.mark.django_db


def test_contact_data_is_changed_and_written_down(signed_in):
    master_data.load()
    values = model_to_dict(LegalNotice.objects.get()) | {"phone": "0611 000"}

    response = signed_in(Role.ADMIN).post(reverse("programme:edit_legal_notice"), values)

    assert response.status_code == 302
    assert LegalNotice.objects.get().phone == "0611 000"
    assert AuditEntry.objects.get().changes == {"phone": ["", "0611 000"]}


def test_saving_the_same_contact_data_is_no_event(signed_in):
    master_data.load()
    values = model_to_dict(LegalNotice.objects.get())

    response = signed_in(Role.ADMIN).post(reverse("programme:edit_legal_notice"), values)

    assert response.status_code == 302
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"postcode": "6519"},
        {"postcode": "651９3"},
        {"email": "x"},
        {"accessibility_reviewed_on": ""},
    ],
)
def test_wrong_contact_data_is_refused(signed_in, change):
    master_data.load()
    values = model_to_dict(LegalNotice.objects.get()) | change

    response = signed_in(Role.ADMIN).post(reverse("programme:edit_legal_notice"), values)

    assert response.status_code == 422
    assert LegalNotice.objects.get().postcode == "65193"


def test_a_legal_text_is_changed_and_counts_as_reviewed(signed_in):
    master_data.load()
    LegalPage.objects.update(reviewed_on=date(2020, 2, 29))
    url = reverse("programme:edit_legal_page", args=["impressum"])

    signed_in(Role.ADMIN).post(url, {"body": "## Neu\n\nMit <script>"})

    page = LegalPage.objects.get(kind="impressum")
    assert (page.body, page.reviewed_on) == ("## Neu\n\nMit <script>", clock.today())
    assert AuditEntry.objects.get().verb == "legal_page.changed"


NOTICES = {
    "order_mailbox": "bestellen@example.org",
    "funding_notice": "Kofinanziert vom Asyl-, Migrations- und Integrationsfonds.",
    "election_notice": "Nicht für die Wahlwerbung.",
}
DESK = reverse("programme:edit_programme_notices")


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_where_orders_go_and_what_print_says_is_a_setting(signed_in, role):
    master_data.load()
    before = Programme.objects.values(*NOTICES).get()

    response = signed_in(role).post(DESK, NOTICES)

    assert response.status_code == 302
    assert Programme.objects.values(*NOTICES).get() == NOTICES
    entry = AuditEntry.objects.get()
    assert entry.verb == "programme.notices_changed"
    assert entry.changes == {name: [before[name], NOTICES[name]] for name in NOTICES}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"order_mailbox": "kein Postfach"}, "E-Mail"),
        ({"order_mailbox": "a@example.org\nBcc: b@example.org"}, "E-Mail"),
        ({"order_mailbox": ""}, ""),
        ({"funding_notice": "Vom Land bezahlt."}, "Bitte nennen Sie den Fonds"),
        ({"funding_notice": ""}, ""),
        ({"election_notice": "  "}, ""),
        ({"election_notice": "ä" * 2001}, "2000"),
        ({"election_notice": "Null \x00"}, ""),
    ],
)
def test_a_notice_that_would_not_do_is_refused_at_its_field(signed_in, change, says):
    master_data.load()
    before = Programme.objects.values(*NOTICES).get()

    response = signed_in(Role.OFFICE).post(DESK, NOTICES | change)

    [(field, [told])] = response.context["form"].errors.items()
    assert response.status_code == 422
    assert (field, says in told) == (next(iter(change)), True)
    assert "bestellen@example.org" in response.text or field == "order_mailbox"
    assert Programme.objects.values(*NOTICES).get() == before


def test_an_unknown_page_is_missing(signed_in):
    master_data.load()

    response = signed_in(Role.ADMIN).get(reverse("programme:edit_legal_page", args=["x"]))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("reviewed_on", "today", "due"),
    [
        (date(2025, 5, 2), date(2026, 5, 2), False),
        (date(2025, 5, 2), date(2026, 5, 3), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), True),
    ],
)
def test_a_statement_is_looked_at_every_year(reviewed_on, today, due):
    assert is_review_due(reviewed_on=reviewed_on, today=today) is due
