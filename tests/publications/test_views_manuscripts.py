"""Pages of the manuscript: for the programme team only, one result a click."""

import pytest
from django.urls import reverse

from programme.enums import Role
from publications.models import Block, Edition
from tests.publications import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in):
    """A compiled report and a client of the programme team."""
    report, by = world.compiled()
    return report, signed_in(user=by)


def address(name, report, *more):
    return reverse(f"publications:{name}", args=[report.slug, *more])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE])
def test_other_roles_stay_outside(signed_in, role):
    report, _ = world.compiled()
    client = signed_in(role)

    assert client.get(reverse("publications:workspace")).status_code == 403
    assert client.get(address("manuscript", report)).status_code == 403
    assert client.post(address("publish", report)).status_code == 403
    assert Edition.objects.count() == 0


def test_one_click_compiles_and_shows_the_figures(signed_in):
    report = world.build()
    client = signed_in(user=world.office_person())

    response = client.post(address("compile", report), follow=True)

    assert "Der Bericht ist zusammengestellt. 28 neue Bausteine." in response.text
    assert "Terminvergabe 1" in response.text
    assert "1.000,01 EUR" in response.text


def test_the_manuscript_costs_the_same_for_any_amount(desk, django_assert_num_queries):
    report, client = desk
    for amount in (1, 3):
        for place in range(amount):
            Block.objects.create(
                chapter=report.chapters.first(), position=50 * amount + place, kind="text"
            )
        with django_assert_num_queries(16):
            assert client.get(address("manuscript", report)).status_code == 200


def test_editing_and_publishing_cost_a_cockpit(desk, django_assert_num_queries):
    report, client = desk
    block = Block.objects.get(key="dank")

    with django_assert_num_queries(16):
        assert client.get(address("edit_block", report, block.pk)).status_code == 200
    with django_assert_num_queries(21):
        assert client.get(address("publish", report)).status_code == 200


def test_a_text_is_saved(desk):
    report, client = desk
    block = Block.objects.get(key="dank")

    response = client.post(
        address("edit_block", report, block.pk),
        {"body": "Danke <script>x</script> {standorte}", "version": 1},
        follow=True,
    )

    block.refresh_from_db()
    assert (block.body, block.version) == ("Danke <script>x</script> {standorte}", 2)
    assert "Der Text ist gespeichert." in response.text
    assert "<script>x" not in response.text


def test_a_clash_shows_both_texts_and_overwrites_nothing(desk):
    report, client = desk
    block = Block.objects.get(key="dank")
    Block.objects.filter(pk=block.pk).update(body="Von Käthe", version=2)

    response = client.post(
        address("edit_block", report, block.pk), {"body": "Von Jörg", "version": 1}
    )

    assert response.status_code == 422
    assert "Von Käthe" in response.text
    assert "Von Jörg" in response.text
    assert 'name="version" value="2"' in response.text
    block.refresh_from_db()
    assert block.body == "Von Käthe"


def test_an_unknown_placeholder_is_said_at_the_field_and_the_text_is_kept(desk):
    report, client = desk
    block = Block.objects.get(key="dank")

    response = client.post(
        address("edit_block", report, block.pk), {"body": "Es waren {teilnemer}", "version": 1}
    )

    assert response.status_code == 422
    assert "Diese Platzhalter gibt es nicht: {teilnemer}" in response.text
    assert "Es waren {teilnemer}" in response.text


def test_a_block_of_another_report_is_not_found(desk):
    report, client = desk
    foreign = Block.objects.create(
        chapter=world.PublicationFactory().chapters.create(position=1, anchor="x", title="X"),
        position=1,
        kind="text",
    )

    assert client.get(address("edit_block", report, foreign.pk)).status_code == 404


@pytest.mark.parametrize("action", ["up", "down", "leave_out", "include", "nonsense", ""])
def test_blocks_are_arranged(desk, action):
    report, client = desk
    block = Block.objects.get(key="gelernt")
    before = block.position

    response = client.post(address("arrange_block", report, block.pk), {"action": action})

    assert response.status_code == 302
    block.refresh_from_db()
    places = {"up": before - 1, "down": before + 1}
    wanted = (places.get(action, before), action != "leave_out")
    assert (block.position, block.is_included) == wanted


def test_a_text_is_added_and_opened(desk):
    report, client = desk

    response = client.post(address("add_text", report, "ergebnisse"))

    added = Block.objects.latest("pk")
    assert response["Location"] == address("edit_block", report, added.pk)
    assert client.post(address("add_text", report, "fehlt")).status_code == 404


def test_publishing_leads_to_the_progress_page(desk):
    report, client = desk
    assert "Es wird die erste Ausgabe." in client.get(address("publish", report)).text
    key = "1d1ea1f5-30dc-4b4e-8f4e-8ab5d5a8b6a1"

    first = client.post(address("publish", report), {"form_key": key})
    second = client.post(address("publish", report), {"form_key": key})

    assert first["Location"] == second["Location"] == address("edition_progress", report, 1)
    assert Edition.objects.count() == 1


def test_what_is_missing_is_said_before_publishing(desk):
    report, client = desk
    report.programme.funding_notice = ""
    report.programme.save()

    shown = client.get(address("publish", report)).text
    refused = client.post(address("publish", report))

    assert f"Auf „{report.title}“ fehlt: Name des Fonds, Förderhinweis." in shown
    assert "Wer EU-Mittel erhält, muss sie sichtbar machen. Bitte ergänzen Sie" in shown
    assert "Jetzt veröffentlichen" not in shown
    assert refused.status_code == 422
