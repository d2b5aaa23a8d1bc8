"""The administration edits contact data and legal texts."""

from datetime import date

import pytest
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.models import AuditEntry, LegalNotice, LegalPage, Programme
from programme.rules.legal import is_review_due
from programme.services import master_data

pytestmark = pytest.mark.django_db
CONTACT = reverse("programme:edit_legal_notice")


def opened(client, url):
    """Open a form as a person does and return what a browser would send back."""
    form = client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_contact_data_is_changed_and_written_down(signed_in):
    master_data.load()
    admin = signed_in(Role.ADMIN)

    response = admin.post(CONTACT, opened(admin, CONTACT) | {"phone": "0611 000"})

    assert response.status_code == 302
    assert LegalNotice.objects.get().phone == "0611 000"
    assert AuditEntry.objects.get().changes == {"phone": ["", "0611 000"]}


def test_saving_the_same_contact_data_is_no_event(signed_in):
    master_data.load()
    admin = signed_in(Role.ADMIN)

    response = admin.post(CONTACT, opened(admin, CONTACT))

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
    admin = signed_in(Role.ADMIN)

    response = admin.post(CONTACT, opened(admin, CONTACT) | change)

    assert response.status_code == 422
    assert LegalNotice.objects.get().postcode == "65193"


def test_a_legal_text_is_changed_and_counts_as_reviewed(signed_in):
    master_data.load()
    LegalPage.objects.update(reviewed_on=date(2020, 2, 29))
    url = reverse("programme:edit_legal_page", args=["impressum"])

    admin = signed_in(Role.ADMIN)

    admin.post(url, opened(admin, url) | {"body": "## Neu\n\nMit <script>"})

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

    person = signed_in(role)

    response = person.post(DESK, opened(person, DESK) | NOTICES)

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

    office = signed_in(Role.OFFICE)

    response = office.post(DESK, opened(office, DESK) | NOTICES | change)

    [(field, [told])] = response.context["form"].errors.items()
    assert response.status_code == 422
    assert (field, says in told) == (next(iter(change)), True)
    assert "bestellen@example.org" in response.text or field == "order_mailbox"
    assert Programme.objects.values(*NOTICES).get() == before


@pytest.mark.parametrize(
    ("url", "name", "first", "second"),
    [
        (CONTACT, "phone", "0611 1", "0611 2"),
        (DESK, "order_mailbox", "eins@example.org", "zwei@example.org"),
        (reverse("programme:edit_legal_page", args=["impressum"]), "body", "Eins", "Zwei"),
    ],
)
def test_two_people_who_save_at_once_see_both_versions(signed_in, url, name, first, second):
    master_data.load()
    one, other = signed_in(Role.ADMIN), signed_in(Role.ADMIN)
    mine, theirs = opened(one, url), opened(other, url)

    one.post(url, mine | {name: first})
    clash = other.post(url, theirs | {name: second})
    stands = opened(one, url)[name]
    again = other.post(url, {key: clash.context["form"][key].value() or "" for key in theirs})

    [difference] = clash.context["differences"]
    assert (clash.status_code, difference.stands, difference.written) == (422, first, second)
    assert "Es wurde nichts überschrieben" in clash.text
    assert (stands, again.status_code, opened(one, url)[name]) == (first, 302, second)


def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(signed_in):
    master_data.load()
    before = Programme.objects.values(*NOTICES).get()

    response = signed_in(Role.OFFICE).post(DESK, NOTICES)

    assert response.status_code == 422
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
