"""The order form and the link to confirm: kind to people, closed to machines."""

from uuid import uuid4

import pytest
from django.urls import reverse

from programme.models import OutgoingMail
from publications.forms import orders as order_forms
from publications.models import Order, OrderRule
from tests.factories.network import OrganisationFactory
from tests.factories.programme import LegalNoticeFactory
from tests.factories.publications import PublicationFactory
from tests.publications.ordering import link

pytestmark = pytest.mark.django_db
NASTY = [
    "Käthe\nBcc: opfer@example.org",
    "Käthe\r\nBcc: opfer@example.org",
    "Käthe\rX: y",
    "Käthe%0ABcc: opfer@example.org",
    "Käthe\x00",
    "Käthe\x0bBcc: opfer@example.org",
    "Käthe\x85Bcc: opfer@example.org",
    "Käthe\u2028Bcc: opfer@example.org",
    "opfer@example.org, kaethe@example.org",
    "<opfer@example.org>",
    '"opfer@example.org" <kaethe@example.org>',
    "kaethe@example.org\nopfer@example.org",
    "{{ order.token_seed }}",
    "{% include 'base.html' %}",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "x" * 5000,
    "\u202eetheK",
]


@pytest.fixture
def opened(time_machine):
    """The stamp of a form that was opened ten seconds ago."""
    time_machine.move_to("2026-01-05T10:00:00Z")
    stamp = order_forms.stamp()
    time_machine.move_to("2026-01-05T10:00:10Z")
    return stamp


@pytest.fixture
def form(opened):
    return {
        "form_key": str(uuid4()),
        "copies_bericht": "3",
        "full_name": "Käthe Strauß",
        "organisation": "",
        "street": "Schloßallee 1",
        "postcode": "65183",
        "city": "Wiesbaden",
        "email": "kaethe@example.org",
        "website": "",
        "opened": opened,
    }


def is_shown(text):
    """Say whether the page asks what for; hidden it waits for the script and is not sent."""
    part = text.split("data-what-for", 1)[1].split("</div>", 1)[0]
    hidden, disabled = " hidden" in part.split(">")[0], " disabled" in part
    assert hidden == disabled
    return not hidden


ORDER = reverse("publications:order", args=["bericht"])


def test_an_order_leads_to_a_page_that_says_what_comes_next(client, publication, form):
    response = client.post(ORDER, form)

    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "Bitte bestätigen Sie noch" in page
    assert "kaethe" not in page
    assert Order.objects.get().status == "received"


def test_the_form_shows_the_rules_before_ordering(client, publication):
    page = client.get(ORDER).content.decode()

    for words in (
        "bis 5 Exemplare",
        "kostenlos",
        "Diese Druckschrift darf nicht zur Wahlwerbung verwendet werden.",
        "Art. 6 Abs. 1 Buchst. e DSGVO",
        "30 Tage nach dem Versand",
    ):
        assert words in page


def test_a_form_sent_twice_is_not_held_against_its_own_order(client, publication, form):
    publication.max_copies_per_address, publication.limit_is_soft = 3, False
    publication.save()

    first = client.post(ORDER, form)
    client.post(link(Order.objects.get()))
    second = client.post(ORDER, form)
    third = client.post(ORDER, form | {"form_key": str(uuid4())})

    assert (first.status_code, second.status_code, third.status_code) == (302, 302, 422)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_the_same_form_sent_twice_orders_once(client, publication, form):
    answers = [client.post(ORDER, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Order.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"postcode": "6518"}, "postcode"),
        ({"postcode": "00000"}, "postcode"),
        ({"postcode": "٦٥١٨٣"}, "postcode"),
        ({"postcode": "A1183"}, "postcode"),
        ({"copies_bericht": "6", "purpose": ""}, "purpose"),
        ({"copies_bericht": "0"}, "copies_bericht"),
        ({"copies_bericht": "-1"}, "copies_bericht"),
        ({"copies_bericht": "999999999999999999999"}, "copies_bericht"),
        ({"email": "kaethe"}, "email"),
        ({"full_name": ""}, "full_name"),
        ({"website": "https://example.org"}, "website"),
    ],
)
def test_wrong_input_is_named_and_everything_typed_stays(client, publication, form, change, field):
    response = client.post(ORDER, form | change)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert 'value="Schloßallee 1"' in response.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "field",
    [
        *("full_name", "organisation", "street", "postcode", "city", "email", "purpose"),
        *("copies_bericht", "wants_corrections", "compared", "form_key"),
    ],
)
@pytest.mark.parametrize("value", NASTY)
def test_no_nasty_value_adds_a_recipient_or_a_header(client, publication, form, field, value):
    response = client.post(ORDER, form | {field: value})

    assert response.status_code in {302, 422}
    for order in Order.objects.all():
        token_page = client.post(link(order))
        assert token_page.status_code == 302
    for mail in OutgoingMail.objects.all():
        assert mail.recipient in {"kaethe@example.org", "integration@example.org"}
        assert mail.reply_to in {"kaethe@example.org", "integration@example.org", ""}
        assert "\n" not in mail.subject
        assert "<script>" not in mail.html_body


def test_several_titles_travel_in_one_form(client, publication, programme, form):
    PublicationFactory(programme=programme, slug="kurz", title="Kurzfassung", stock=5)

    page = client.get(reverse("publications:basket"), {"kurz": "2", "bericht": "x"})
    answer = client.post(ORDER, form | {"copies_kurz": "4"})

    values = {name: page.context["form"][f"copies_{name}"].value() for name in ("kurz", "bericht")}
    assert values == {"kurz": 2, "bericht": 0}
    assert answer.status_code == 302
    items = Order.objects.get().items.order_by("copies")
    assert list(items.values_list("publication__slug", "copies")) == [("bericht", 3), ("kurz", 4)]


def test_a_reason_that_is_asked_for_is_not_called_optional(client, publication, form):
    asked = client.post(ORDER, form | {"copies_bericht": "6"}).text

    label = asked.split('for="id_purpose"')[1].split("</label>")[0]
    assert "Wofür brauchen Sie die Exemplare?" in label
    assert "optional" not in label


def test_what_for_is_asked_as_a_question_the_first_time(client, publication, form):
    first = client.post(ORDER, form | {"copies_bericht": "6"})
    empty = client.post(ORDER, form | {"copies_bericht": "6", "purpose": ""})

    assert (first.status_code, empty.status_code) == (422, 422)
    assert "Eine Angabe noch" in first.text
    assert "kern-alert--danger" not in first.text
    assert "<title>Fehler" not in first.text
    assert "kern-form-input--error" not in first.text
    assert "kern-alert--danger" in empty.text
    assert not Order.objects.exists()


def test_the_number_says_from_how_many_copies_on_the_purpose_is_asked(client, publication):
    OrderRule.objects.create(
        programme=publication.programme,
        kind="purpose",
        effect="refuse",
        name="Zweck",
        text="ab 4 Exemplaren bitte angeben, wofür",
        from_copies=4,
    )

    page, many = client.get(ORDER).text, client.get(f"{ORDER}?bericht=4").text

    assert "Bis 5 Exemplare; mehr mit Begründung. Ab 4 Exemplaren geben Sie bitte an" in page
    assert 'data-purpose-from="4"' in page
    assert (is_shown(page), is_shown(many)) == (False, True)


def test_the_trap_is_not_offered_as_optional(client, publication):
    label = client.get(ORDER).text.split('for="id_website"')[1].split("</label>")[0]

    assert "Bitte frei lassen" in label
    assert "optional" not in label


def test_large_numbers_are_grouped(client, publication, form):
    answer = client.post(ORDER, form | {"copies_bericht": "20001"})

    assert "von 0 bis 20.000 an" in answer.context["form"].errors["copies_bericht"][0]


def test_ten_thousand_copies_are_asked_about_and_then_held_kindly(client, publication, form):
    asked = client.post(ORDER, form | {"copies_bericht": "10000"})
    held = client.post(
        ORDER, form | {"copies_bericht": "10000", "purpose": "Alle Schulen"}, follow=True
    )

    assert "nennen Sie bitte den Grund" in asked.content.decode()
    assert is_shown(asked.text)
    assert not is_shown(client.get(ORDER).text)
    assert "Wir sehen uns die Bestellung an" in held.content.decode()
    order = Order.objects.get()
    client.post(link(order))
    assert "Wir sehen uns die Bestellung an" in client.get(link(order)).content.decode()


def test_a_postcode_that_contradicts_a_known_town_is_asked_about_once(client, publication, form):
    OrganisationFactory(city="Kassel", postcode="34117")
    wrong = form | {"city": "kassel"}

    asked = client.post(ORDER, wrong)
    compared = asked.context["form"]["compared"].value()
    again = client.post(ORDER, wrong | {"compared": compared})

    assert (asked.status_code, again.status_code) == (422, 302)
    assert "wie 34117" in asked.context["form"].errors["postcode"][0]


def test_a_title_without_copies_is_named_and_cannot_be_chosen(client, publication, programme):
    PublicationFactory(programme=programme, slug="leer", title="Leerer Band", stock=0)

    page = client.get(ORDER).content.decode()

    assert "Zurzeit vergriffen: „Leerer Band“" in page
    assert "copies_leer" not in page


def test_without_any_copies_the_page_points_to_the_web(client, publication):
    publication.stock = 0
    publication.save()

    assert "weiterhin online lesen" in client.get(ORDER).content.decode()
    assert client.post(ORDER, {}).status_code == 422


@pytest.mark.parametrize("amount", [1, 3])
def test_the_order_form_costs_the_same_for_any_number_of_titles(
    client, publication, programme, amount, django_assert_num_queries
):
    for _ in range(amount - 1):
        PublicationFactory(programme=programme)

    with django_assert_num_queries(4):
        client.get(reverse("publications:basket"))


def test_a_form_sent_at_once_is_asked_to_be_sent_again(client, publication, form):
    at_once = form | {"opened": order_forms.stamp()}
    response = client.post(ORDER, at_once)
    with_errors = client.post(ORDER, at_once | {"city": ""})

    assert response.status_code == 422
    assert "sehr schnell" in response.content.decode()
    assert list(with_errors.context["form"].errors) == ["city"]


def test_a_corrected_form_is_never_too_quick(client, publication, form):
    wrong = client.post(ORDER, form | {"opened": order_forms.stamp(), "city": ""})
    stamp = wrong.context["form"]["opened"].value()

    corrected = client.post(ORDER, form | {"opened": stamp})

    assert (wrong.status_code, corrected.status_code) == (422, 302)
    assert Order.objects.count() == 1


def test_a_page_of_yesterday_may_be_sent_again_at_once(client, publication, form, time_machine):
    time_machine.move_to("2026-01-06T10:00:11Z")
    stale = client.post(ORDER, form)

    again = client.post(ORDER, form | {"opened": stale.context["form"]["opened"].value()})

    assert (stale.status_code, again.status_code) == (422, 302)


@pytest.mark.parametrize("stamp", ["", "erfunden", "x:y:z"])
def test_a_form_without_an_honest_stamp_gets_a_new_one(client, publication, form, stamp):
    response = client.post(ORDER, form | {"opened": stamp})

    assert response.status_code == 422
    assert response.context["form"]["opened"].value() not in {"", stamp}


def test_a_page_of_yesterday_gets_a_new_stamp(client, publication, form, time_machine):
    time_machine.move_to("2026-01-06T10:00:11Z")

    response = client.post(ORDER, form)

    assert response.status_code == 422
    assert "zu lange offen" in response.content.decode()


def test_too_many_tries_from_one_address_get_429_and_others_go_on(client, publication, form):
    for _ in range(30):
        client.post(ORDER, form)

    refused = client.post(ORDER, form)
    other = client.post(ORDER, form, REMOTE_ADDR="192.0.2.7")

    assert (refused.status_code, other.status_code) == (429, 302)
    assert int(refused["Retry-After"]) > 0
    assert refused.context["form"]["full_name"].value() == form["full_name"]


def test_typing_errors_use_up_no_turn(client, publication, form):
    for _ in range(31):
        client.post(ORDER, {})

    assert client.post(ORDER, form).status_code == 302


@pytest.mark.parametrize("name", ["full_name", "street", "city"])
def test_a_line_of_invisible_signs_is_empty(client, publication, form, name):
    response = client.post(ORDER, form | {name: "\u200b\u202e"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])


def test_signs_that_turn_the_direction_of_writing_are_left_out(client, publication, form):
    client.post(ORDER, form | {"full_name": "Käthe \u202eluaP"})

    assert Order.objects.get().full_name == "Käthe luaP"


def test_a_forged_proxy_header_does_not_break_the_form(client, publication, form, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3

    response = client.post(ORDER, form, headers={"X-Forwarded-For": "192.0.2.1"})

    assert response.status_code == 302


def test_the_form_names_who_answers_for_the_data_as_the_legal_pages_do(client, publication):
    LegalNoticeFactory(programme=publication.programme, publisher_name="Ministerium für Größe")

    page = client.get(reverse("publications:order", args=[publication.slug]))

    assert "Verantwortlich: Ministerium für Größe." in page.text
