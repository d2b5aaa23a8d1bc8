"""The door: plain forms, the endpoint of the script, the page behind the code."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from network.enums import RegistrationStatus
from network.exports import entrance
from network.models import CheckIn, Registration
from programme.enums import Role
from tests.factories.network import InvitationFactory, OrganisationFactory, RegistrationFactory
from tests.network.moments import DOOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def client(signed_in, programme):
    return signed_in(Role.OFFICE)


@pytest.fixture
def person(programme):
    organisation = OrganisationFactory.create(short_name="Fulda", name="Ausländerbehörde Fulda")
    return RegistrationFactory.create(
        invitation__organisation=organisation,
        invitation__meeting__programme=programme,
        full_name="Jörg Weiß",
    )


def door(person, name="check_in"):
    return reverse(f"network:{name}", args=[person.meeting.slug])


def tap(client, person, kind="arrived", **more):
    data = {"schritt": f"{person.pk}:{kind}", "form_key": str(uuid4())} | more
    return client.post(door(person), data, follow=True).content.decode()


def test_one_tap_lets_in_and_another_takes_back(client, person):
    there = tap(client, person)
    again = tap(client, person)
    gone = tap(client, person, "undone")

    assert "Jörg Weiß: da seit 09:58 Uhr." in there
    assert "<strong data-count>1</strong> von <strong data-expected>1</strong> da" in there
    assert "Jörg Weiß: schon da seit 09:58 Uhr." in again
    assert "Jörg Weiß: nicht da." in gone


def test_the_form_sent_twice_is_one_step(client, person):
    key = str(uuid4())

    for _ in range(2):
        tap(client, person, form_key=key)

    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize(
    "step", ["", "x", "1", "1:", "9999:arrived", f"{10**30}:arrived", "1:gone", "²:arrived", "\x00"]
)
def test_strange_taps_are_refused_in_german(client, person, step):
    page = client.post(door(person), {"schritt": step}, follow=True).content.decode()

    assert "Bitte wählen Sie eine Person von der Liste." in page


@pytest.mark.parametrize(("wanted", "found"), [("weiss", True), ("FULDA", True), ("Kassel", False)])
def test_the_search_finds_names_and_offices_and_keeps_the_counts(client, person, wanted, found):
    page = client.get(door(person), {"suche": wanted}).content.decode()

    assert ("Jörg Weiß</strong>" in page) == found
    assert ("Niemand gefunden" in page.replace("data-nobody hidden>Niemand", "")) != found
    assert "<strong data-expected>1</strong>" in page


def test_a_tap_in_a_search_returns_to_the_search(client, person):
    response = client.post(door(person), {"schritt": f"{person.pk}:arrived", "suche": "Größe"})

    assert response.headers["Location"].endswith("?suche=Gr%C3%B6%C3%9Fe")


def test_before_the_day_there_is_a_list_and_no_button(client, person, on_the_day):
    on_the_day.shift(-timedelta(days=1))

    page = client.get(door(person)).content.decode()

    assert "Der Einlass öffnet am Tag des Treffens, Montag, 1. März 2100." in page
    assert 'name="schritt"' not in page
    assert "öffnet am Tag des Treffens (01.03.2100)" in tap(client, person)


def test_after_the_day_a_correction_needs_a_reason(signed_in, person, on_the_day):
    on_the_day.shift(timedelta(days=1))
    client = signed_in(Role.OFFICE)
    data = {"schritt": f"{person.pk}:arrived"}

    refused = client.post(door(person), data)
    done = tap(client, person, note="steht auf der Papierliste")

    assert refused.status_code == 422
    assert "Bitte begründen Sie die Korrektur" in refused.content.decode()
    assert 'aria-describedby="note_error" autofocus>' in refused.content.decode()
    assert "Am Einlass wurde niemand erfasst" in refused.content.decode()
    assert "Jörg Weiß: da seit 10:00 Uhr." in done
    assert "Am Einlass wurde niemand erfasst" not in done


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client, person, people, django_assert_num_queries
):
    for _ in range(people - 1):
        RegistrationFactory.create(invitation=InvitationFactory.create(meeting=person.meeting))
    client.get(door(person))

    with django_assert_num_queries(6):
        client.get(door(person))


def sync(client, person, steps):
    body = steps if isinstance(steps, bytes) else json.dumps(steps)
    return client.post(door(person, "check_in_steps"), body, content_type="application/json")


def wanted(person, **more):
    step = {"key": str(uuid4()), "registration": person.pk, "kind": "arrived"}
    return step | {"happened_at": "2100-03-01T08:50:00Z"} | more


def test_steps_of_a_phone_count_once_and_tell_who_is_there(client, person):
    steps = [wanted(person)]

    answers = [sync(client, person, steps).json() for _ in range(2)]

    told = {
        "results": [{"state": "done", "text": "da seit 09:50 Uhr"}],
        "here": {str(person.pk): "09:50"},
        "expected": 1,
    }
    assert answers == [told, told]
    assert CheckIn.objects.count() == 1


def test_one_bad_step_does_not_stop_the_others(client, person):
    foreign = RegistrationFactory.create()
    gone = RegistrationFactory.create(
        invitation=person.invitation, status=RegistrationStatus.CANCELLED
    )
    steps = [
        wanted(foreign),
        wanted(gone),
        wanted(person, registration=10**40),
        wanted(person, registration=True),
        wanted(person, registration=str(person.pk)),
        wanted(person, key="x"),
        wanted(person, key=None),
        wanted(person, kind="gone"),
        wanted(person, happened_at="yesterday"),
        wanted(person, happened_at=12),
        wanted(person, happened_at={}),
        [],
        None,
        7,
        wanted(person, happened_at="0001-01-01T00:00:00+14:00"),
    ]

    answer = sync(client, person, steps)

    states = [result["state"] for result in answer.json()["results"]]
    assert answer.status_code == 200
    assert states == ["refused"] * 14 + ["done"]
    foreign.refresh_from_db()
    assert (foreign.arrived_at, CheckIn.objects.count()) == (None, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"null",
        b"[" * 100_000,
        b"[" + b"1," * 200 + b"1]",
        b'[{"registration": ' + b"9" * 5000 + b"}]",
    ],
)
def test_what_is_no_list_of_steps_is_refused_in_german(client, person, body):
    answer = sync(client, person, body)

    assert answer.status_code == 400
    assert answer.json()["message"].endswith(".")


def test_the_endpoint_wants_the_token_of_the_form(person, signed_in, programme):
    client = signed_in(Role.OFFICE)
    client.handler.enforce_csrf_checks = True

    assert sync(client, person, [wanted(person)]).status_code == 403


def test_reading_the_code_changes_nothing_and_one_button_lets_in(client, person):
    address = reverse("network:check_in_code", args=[person.pk, entrance.code(person)])

    read = client.get(address).content.decode()
    there = client.post(address, {"schritt": "arrived"}, follow=True).content.decode()

    assert "Ist da" in read
    assert "0 von 1 da" in read
    assert "Da seit 09:58 Uhr" in there
    assert "1 von 1 da" in there


def test_a_forged_code_is_not_found(client, person):
    other = RegistrationFactory.create()

    for pk, code in ((person.pk, "a" * 16), (person.pk, entrance.code(other)), (10**30, "a")):
        assert client.get(reverse("network:check_in_code", args=[pk, code])).status_code == 404


def test_the_code_of_a_person_is_on_an_address_of_the_portal(person):
    assert entrance.address(person).startswith("https://portal.example.org/intern/netzwerk/einlass")
    assert "<title>QR-Code für den Einlass</title>" in entrance.drawing(person)


def test_a_walk_in_is_entered_on_one_page(client, person):
    organisation = person.invitation.organisation

    page = client.post(
        door(person, "add_walk_in"),
        {"full_name": "Zoë Groß", "organisation": organisation.pk},
        follow=True,
    ).content.decode()

    assert "Zoë Groß ist eingetragen und da." in page
    assert Registration.objects.filter(is_walk_in=True, arrived_at=DOOR).count() == 1


def test_a_walk_in_without_organisation_is_told_at_the_field(client, person):
    response = client.post(door(person, "add_walk_in"), {"full_name": "Zoë Groß"})

    assert response.status_code == 422
    assert "Bitte wählen Sie eine Organisation." in response.content.decode()
    assert "Zoë Groß" in response.content.decode()
    optional = 'Organisation <span class="kern-label__optional"'
    assert f">{optional}" not in response.content.decode()
    assert f">Andere {optional}" in response.content.decode()
