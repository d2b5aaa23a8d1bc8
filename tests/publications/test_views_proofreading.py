"""Pages of proofreading: the preflight, two sign-offs, remarks."""

import pytest
from django.urls import reverse

from publications.models import Block, BlockComment, SignOff
from tests.publications import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in):
    """A compiled report nobody has agreed with, and a client of the programme team."""
    report, by = world.compiled()
    SignOff.objects.all().delete()
    return report, signed_in(user=by)


def address(name, report, *more):
    return reverse(f"publications:{name}", args=[report.slug, *more])


def state_on(shown):
    return shown.split('name="state" value="')[1][:64]


def test_two_people_agree_and_the_way_to_publishing_opens(desk, signed_in):
    report, client = desk
    shown = client.get(address("preflight", report)).text
    sent = {"state": state_on(shown)}

    first = client.post(address("preflight", report), sent, follow=True).text
    second = signed_in(user=world.office_person()).post(
        address("preflight", report), sent, follow=True
    )

    assert "1 Punkt hält die Veröffentlichung auf." in shown
    assert "Es fehlt noch die Freigabe einer zweiten Person" in first
    assert "Nichts hält die Veröffentlichung auf." in second.text
    assert f'href="{address("publish", report)}"' in second.text


def test_an_outdated_page_is_refused_and_says_why(desk):
    report, client = desk
    state = state_on(client.get(address("preflight", report)).text)
    Block.objects.filter(key="dank").update(body="Von Jörg")

    response = client.post(address("preflight", report), {"state": state})

    assert response.status_code == 422
    assert "hat sich etwas geändert" in response.text
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("state", ["", "x", "0" * 64])
def test_a_state_that_never_was_is_refused(desk, state):
    report, client = desk

    assert client.post(address("preflight", report), {"state": state}).status_code == 422


def test_a_sign_off_is_taken_back(desk):
    report, client = desk
    state = state_on(client.get(address("preflight", report)).text)
    client.post(address("preflight", report), {"state": state})

    client.post(address("take_back_sign_off", report))

    assert not SignOff.objects.exists()


def test_the_preflight_costs_the_same_for_any_amount(desk, django_assert_num_queries):
    report, client = desk
    block = Block.objects.get(key="dank")
    author = world.office_person()
    for amount in (1, 3):
        for _ in range(amount):
            BlockComment.objects.create(block=block, text="Bitte prüfen", by=author)
        with django_assert_num_queries(21):
            assert client.get(address("preflight", report)).status_code == 200


def test_a_remark_is_written_settled_and_opened_again(desk):
    report, client = desk
    block = Block.objects.get(key="dank")
    page_address = address("comment_block", report, block.pk)

    written = client.post(page_address, {"text": "Wer <b>fehlt</b>?"}, follow=True).text
    comment = BlockComment.objects.get()
    settle = address("settle_block_comment", report, block.pk, comment.pk)
    manuscript = client.get(address("manuscript", report)).text
    settled = client.post(settle, {"action": "settle"}, follow=True).text
    opened = client.post(settle, {"action": "open"}, follow=True).text

    assert "Wer &lt;b&gt;fehlt&lt;/b&gt;?" in written
    assert "1 offene Anmerkung<" in manuscript
    assert f"Erledigt von {comment.by}" in settled
    assert "Erledigt von" not in opened


def test_who_remarks_reads_the_text_as_it_will_be_printed(desk, django_assert_max_num_queries):
    report, client = desk
    block = Block.objects.get(key="dank")
    Block.objects.filter(pk=block.pk).update(body="Es waren **{standorte}** Standorte.")

    with django_assert_max_num_queries(16):
        shown = client.get(address("comment_block", report, block.pk)).text

    assert "Es waren <strong>ein</strong> Standorte." in shown
    assert "{standorte}" not in shown


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_an_unusable_remark_is_refused_at_the_field(desk, text):
    report, client = desk
    block = Block.objects.get(key="dank")

    response = client.post(address("comment_block", report, block.pk), {"text": text})

    assert response.status_code == 422
    assert not BlockComment.objects.exists()


def test_a_remark_on_another_block_is_not_found(desk):
    report, client = desk
    block, other = Block.objects.get(key="dank"), Block.objects.get(key="gelernt")
    comment = BlockComment.objects.create(block=other, text="x", by=world.office_person())

    url = address("settle_block_comment", report, block.pk, comment.pk)

    assert client.post(url, {"action": "settle"}).status_code == 404
    assert client.post(url, {"action": "nonsense"}).status_code == 302
