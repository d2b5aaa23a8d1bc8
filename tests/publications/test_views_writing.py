"""Writing a text: seen at once, kept while typed, given back after a crash, for one person."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from programme import clock
from publications.models import Block, BlockDraft
from publications.services import block_drafts
from tests.publications import world

pytestmark = pytest.mark.django_db
TYPED = "Es waren {standorte} Standorte.[^1]\n\n[^1]: <script>alert(1)</script>"


@pytest.fixture
def desk(signed_in):
    """A text of a compiled report and a client of the programme team."""
    report, by = world.compiled()
    return Block.objects.get(key="dank"), by, signed_in(user=by), report


def address(name, block):
    return reverse(f"publications:{name}", args=[block.chapter.publication.slug, block.pk])


def test_a_text_is_shown_as_it_would_be_printed_before_it_is_saved(desk):
    block, by, client, _ = desk

    response = client.post(
        address("edit_block", block), {"body": TYPED, "version": 1, "step": "preview"}
    )

    block.refresh_from_db()
    assert response.status_code == 200
    assert "Es waren ein Standorte." in response.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.text
    assert "{standorte} Standorte" in response.text
    assert (block.version, BlockDraft.objects.get().person) == (1, by)


def test_what_is_typed_is_kept_and_sent_back_as_it_looks(desk):
    block, by, client, _ = desk

    answer = client.post(address("keep_text", block), {"body": TYPED, "version": 1})

    draft = BlockDraft.objects.get()
    assert (draft.body, draft.version, draft.person) == (TYPED, 1, by)
    assert "Es waren ein Standorte." in answer.json()["html"]
    assert "<script" not in answer.json()["html"]
    assert answer.json()["message"] == ""


def test_a_draft_is_given_back_to_its_writer_alone(desk, signed_in):
    block, _, client, _ = desk
    client.post(address("keep_text", block), {"body": "Mein Entwurf", "version": 1})

    mine = client.get(address("edit_block", block)).text
    theirs = signed_in(user=world.office_person()).get(address("edit_block", block)).text

    assert "Ihr Entwurf steht im Feld" in mine
    assert "Mein Entwurf" in mine
    assert "Mein Entwurf" not in theirs


def test_saving_and_discarding_end_a_draft(desk):
    block, _, client, _ = desk
    sent = {"body": "Neuer Dank", "version": 1}
    client.post(address("keep_text", block), sent)
    client.post(address("edit_block", block), sent)
    saved = BlockDraft.objects.count()
    client.post(address("keep_text", block), {"body": "Noch neuer", "version": 2})

    client.post(address("discard_draft", block))

    block.refresh_from_db()
    assert (saved, BlockDraft.objects.count(), block.body) == (0, 0, "Neuer Dank")


def test_a_draft_begun_before_somebody_saved_meets_the_clash(desk):
    block, _, client, _ = desk
    client.post(address("keep_text", block), {"body": "Von mir", "version": 1})
    Block.objects.filter(pk=block.pk).update(body="Von Käthe", version=2)

    told = client.post(address("keep_text", block), {"body": "Von mir!", "version": 1}).json()
    shown = client.get(address("edit_block", block)).text
    clash = client.post(address("edit_block", block), {"body": "Von mir!", "version": 1})

    assert told["message"] == "Jemand anderes hat diesen Text inzwischen gespeichert."
    assert 'name="version" value="1"' in shown
    assert clash.status_code == 422
    assert "Von Käthe" in clash.text


def test_whoever_has_seen_the_other_version_saves_the_own_one(desk):
    block, _, client, _ = desk
    Block.objects.filter(pk=block.pk).update(body="Von Käthe", version=2)
    clash = client.post(address("edit_block", block), {"body": "Von mir", "version": 1})

    sent = re.findall(r'name="version" value="(\d+)"', clash.text)
    saved = client.post(address("edit_block", block), {"body": "Von mir", "version": sent[-1]})

    block.refresh_from_db()
    assert (sent, saved.status_code) == (["2"], 302)
    assert (block.body, block.version) == ("Von mir", 3)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"body": "", "version": 1}, "leer oder zu lang"),
        ({"body": "x" * 20_001, "version": 1}, "leer oder zu lang"),
        ({"body": "x", "version": "eins"}, "leer oder zu lang"),
    ],
)
def test_what_cannot_be_kept_is_said(desk, sent, told):
    block, _, client, _ = desk

    answer = client.post(address("keep_text", block), sent)

    assert (answer.status_code, told in answer.json()["message"]) == (422, True)
    assert not BlockDraft.objects.exists()


def test_a_live_block_keeps_no_text(desk):
    _, _, client, _ = desk
    live = Block.objects.get(kind="balance")

    answer = client.post(address("keep_text", live), {"body": "x", "version": 1})

    assert answer.status_code == 422


def test_drafts_nobody_touches_are_forgotten_after_90_days(desk):
    block, _, client, _ = desk
    client.post(address("keep_text", block), {"body": "Alt", "version": 1})
    BlockDraft.objects.update(kept_at=clock.now() - timedelta(days=91))

    assert block_drafts.forget_due.call() == 1
    assert not BlockDraft.objects.exists()
