"""From a mail to the packing list: read, looked at, written down (B11)."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import Role
from programme.models import OutgoingMail
from publications.models import Order
from tests.factories.publications import PublicationFactory
from tests.pages import keyed, text
from tests.publications.mails import FOLDER

pytestmark = pytest.mark.django_db
READ, ENTER = reverse("publications:order_mail"), reverse("publications:enter_order")
MAIL = """Guten Tag,

ich bestelle drei Abschlussberichte. <script>

Käthe Strauß
Schloßallee 1
65183 Wiesbaden
kaethe@example.org
"""


@pytest.fixture
def office(signed_in, publication):
    return signed_in(Role.OFFICE)


def fields(response):
    """Return what the form of a page proposes."""
    return {name: value for name, value in response.context["form"].initial.items() if value}


def test_a_pasted_mail_becomes_a_draft_and_nothing_is_stored(office):
    response = office.post(READ, keyed(text=MAIL))

    assert response.status_code == 200
    proposed = fields(response)
    assert proposed.pop("source").startswith("Guten Tag")
    assert proposed == {
        "full_name": "Käthe Strauß",
        "street": "Schloßallee 1",
        "postcode": "65183",
        "city": "Wiesbaden",
        "email": "kaethe@example.org",
        "copies_bericht": 3,
        "channel": "mail",
    }
    page = text(response)
    assert "&lt;script&gt;" in page
    assert "Im Text, Zeile 7: sicher." in page
    assert not Order.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_wish_for_the_other_titles_is_shown_as_unclear_beside_the_named_one(office, programme):
    PublicationFactory(programme=programme, title="Praxiskarten", stock=50)
    asked = "ein Dutzend Praxiskarten und je ein Exemplar der anderen Broschüren"

    page = text(office.post(READ, keyed(text=MAIL.replace("drei Abschlussberichte", asked))))

    assert "Der Titel ist nicht eindeutig" in page
    assert "Gelesen: 1 Exemplar, im Text: „der anderen Broschüren“." in page
    assert 'value="12"' in page


def test_a_confirmed_draft_counts_at_once_and_its_orderer_is_told(office, publication):
    draft = office.post(READ, keyed(text=MAIL))

    response = office.post(ENTER, keyed(fields(draft)))

    order = Order.objects.get()
    assert response.status_code == 302
    assert (order.status, order.channel, order.full_name) == ("confirmed", "mail", "Käthe Strauß")
    assert list(order.items.values_list("publication__slug", "copies")) == [("bericht", 3)]
    assert set(OutgoingMail.objects.values_list("letter", "recipient")) == {
        ("publications/order_confirmed", "kaethe@example.org"),
        ("publications/order_mailbox", "integration@example.org"),
    }
    assert order.number in office.get(reverse("publications:orders")).content.decode()


def test_a_number_above_the_limit_asks_for_a_reason_and_keeps_what_was_typed(office):
    data = keyed(fields(office.post(READ, keyed(text=MAIL))), copies_bericht=7)

    refused = office.post(ENTER, data)
    entered = office.post(ENTER, keyed(data, purpose="Fachtag"))

    assert refused.status_code == 422
    assert "nennen Sie bitte den Grund" in text(refused)
    assert 'value="Schloßallee 1"' in text(refused)
    assert "ich bestelle drei" in text(refused)
    assert entered.status_code == 302
    assert Order.objects.get().purpose == "Fachtag"


def test_the_number_of_each_title_is_not_called_optional(office):
    page = text(office.get(ENTER))

    assert "optional" not in page.split('for="id_copies_bericht"')[1].split("</label>")[0]


def test_more_than_the_shelf_holds_is_refused_at_the_number(office):
    data = keyed(fields(office.post(READ, keyed(text=MAIL))), copies_bericht=11, purpose="Fachtag")

    response = office.post(ENTER, keyed(data))

    assert response.status_code == 422
    assert response.context["form"].errors["copies_bericht"] == [
        "Von „Abschlussbericht“ sind 10 Exemplare verfügbar."
    ]


@pytest.mark.parametrize("name", ["04_reklamation.eml", "02_abwesend.eml", "01_werbung.eml"])
def test_a_mail_that_is_no_order_is_not_recognised_and_nothing_is_stored(office, name):
    content = (FOLDER / "no_orders" / name).read_bytes()

    response = office.post(READ, keyed(file=SimpleUploadedFile("mail.eml", content)))

    assert response.status_code == 422
    assert "nicht erkannt" in text(response)
    assert "Bestellung von Hand eintragen" in text(response)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + bytes(300), "ZIP-Archiv"),
        (b"x" * (5 * 1024 * 1024 + 1), "größer als 5 MB"),
        (bytes(range(256)) * 20, "keine E-Mail und kein Text"),
    ],
)
def test_a_file_that_is_no_mail_says_what_to_do(office, content, said):
    response = office.post(READ, keyed(file=SimpleUploadedFile("mail.eml", content)))

    assert response.status_code == 422
    assert said in text(response)


def test_an_empty_form_asks_for_a_mail(office):
    response = office.post(READ, keyed(text=""))

    assert response.status_code == 422
    assert "Bitte fügen Sie eine E-Mail ein" in text(response)


def test_the_pages_cost_few_queries(office, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        office.post(READ, keyed(text=MAIL))
    with django_assert_max_num_queries(12):
        office.get(ENTER)


def test_the_same_draft_sent_twice_is_one_order(office):
    data = fields(office.post(READ, keyed(text=MAIL)))
    data |= {"form_key": str(uuid4())}

    for _ in range(2):
        office.post(ENTER, data)

    assert Order.objects.count() == 1
