"""Summaries in three languages: one writes, another signs off, everybody reads."""

import re

import pytest
from django.urls import reverse

from programme.enums import Role
from publications.enums import EditionStatus, Variant
from publications.exports import summaries as words
from publications.models import Summary
from publications.services import demo_summaries
from publications.services.summaries import SummaryDraft, sign_off, write
from tests.factories.library import SummaryFactory
from tests.factories.programme import UserFactory
from tests.factories.publications import EditionFactory, PublicationFactory
from tests.pages import keyed, text

pytestmark = pytest.mark.django_db
WRITTEN = {"title": "Kurz gefasst", "body": "Größe <script>x</script> und Maß.", "reviewers": ""}


@pytest.fixture
def publication(programme):
    """A title with a published edition."""
    publication = PublicationFactory(programme=programme, slug="bericht")
    EditionFactory(
        publication=publication, status=EditionStatus.PUBLISHED, snapshot_sha256="a" * 64
    )
    return publication


@pytest.fixture
def writer():
    """Somebody of the programme team."""
    return UserFactory(roles=[Role.OFFICE])


@pytest.fixture
def reader():
    """Somebody else of the programme team."""
    return UserFactory(roles=[Role.OFFICE])


def page(name, variant="de"):
    """The address of a page about one language."""
    return reverse(f"publications:{name}", args=["bericht", variant])


def signed(publication, variant, writer, reader, body="Text"):
    """Write the next version of a summary and sign it off."""
    row = Summary.objects.filter(publication=publication, variant=variant).first()
    draft = SummaryDraft("Titel", body, is_compared=True)
    seen = row.version if row else 0
    made = write(publication=publication, variant=variant, draft=draft, seen=seen, by=writer)
    return sign_off(summary=made, seen=made.version, by=reader)


def test_nothing_is_public_before_another_person_has_signed_it_off(
    client, publication, writer, reader
):
    client.force_login(writer)
    client.post(page("edit_summary"), keyed(WRITTEN, seen="0"))

    own = client.post(page("sign_off_summary"), keyed(seen="1"))

    assert own.status_code == 422
    assert "Freigeben kann ihn nur eine andere Person." in text(own)
    assert client.get(page("summary")).status_code == 404
    client.force_login(reader)
    assert client.post(page("sign_off_summary"), keyed(seen="1")).status_code == 302
    shown = text(client.get(page("summary")))
    assert "Größe &lt;script&gt;x&lt;/script&gt; und Maß." in shown
    assert 'lang="de"' in shown


def test_what_is_written_later_waits_while_the_public_reads_the_signed_text(
    client, publication, writer, reader
):
    signed(publication, Variant.GERMAN, writer, reader, body="Erste Fassung")
    client.force_login(writer)

    client.post(page("edit_summary"), keyed(WRITTEN | {"body": "Zweite Fassung"}, seen="1"))

    assert "Erste Fassung" in text(client.get(page("summary")))
    overview = text(client.get(reverse("publications:summaries", args=["bericht"])))
    assert "öffentlich" in overview
    assert "wartet auf Freigabe" in overview


def test_a_new_german_text_makes_the_others_stale(client, publication, writer, reader):
    signed(publication, Variant.GERMAN, writer, reader)
    signed(publication, Variant.EASY, writer, reader)
    signed(publication, Variant.ENGLISH, writer, reader)
    stale = words.WORDS[Variant.ENGLISH].stale
    assert stale not in text(client.get(page("summary", "en")))

    signed(publication, Variant.GERMAN, writer, reader, body="Neu")

    assert stale in text(client.get(page("summary", "en")))
    assert words.WORDS[Variant.EASY].stale in text(client.get(page("summary", "de-ls")))
    client.force_login(reader)
    overview = text(client.get(reverse("publications:summaries", args=["bericht"])))
    assert overview.count("Vorlage hat sich geändert") == 2
    refused = client.post(page("sign_off_summary", "en"), keyed(seen="1"))
    assert "Die Vorlage dieses Textes hat sich geändert." in text(refused)
    signed(publication, Variant.ENGLISH, writer, reader)
    assert stale not in text(client.get(page("summary", "en")))


def test_a_new_edition_makes_the_german_text_stale(client, publication, writer, reader):
    signed(publication, Variant.GERMAN, writer, reader)

    EditionFactory(
        publication=publication,
        number=9_999,  # above what the factory counts to
        status=EditionStatus.PUBLISHED,
        snapshot_sha256="b" * 64,
    )

    assert "Es gibt eine neuere Ausgabe." in text(client.get(page("summary")))


def test_without_a_german_text_no_other_language_is_signed_off(client, publication, writer, reader):
    client.force_login(writer)
    client.post(page("edit_summary", "en"), keyed(WRITTEN, seen="0"))
    client.force_login(reader)

    response = client.post(page("sign_off_summary", "en"), keyed(seen="1"))

    assert "zuerst die deutsche Zusammenfassung" in text(response)


def test_two_people_who_save_at_once_see_both_versions(client, publication, writer, reader):
    signed(publication, Variant.GERMAN, writer, reader, body="Von der anderen")
    client.force_login(writer)

    response = client.post(page("edit_summary"), keyed(WRITTEN | {"body": "Von mir"}, seen="0"))

    assert response.status_code == 422
    assert "Zwei Fassungen" in text(response)
    assert "Von der anderen" in text(response)
    again = keyed(WRITTEN | {"body": "Von mir"}, seen=response.context["form"].data["seen"])
    client.post(page("edit_summary"), again)
    assert Summary.objects.get().body == "Von mir"


def test_nobody_signs_off_what_they_have_not_read(client, publication, writer, reader):
    signed(publication, Variant.GERMAN, writer, reader)
    client.force_login(writer)
    client.post(page("edit_summary"), keyed(WRITTEN, seen="1"))
    client.force_login(reader)

    response = client.post(page("sign_off_summary"), keyed(seen="1"))

    assert "Der Text wurde geändert, nachdem Sie ihn geöffnet haben." in text(response)
    shown = keyed(seen=response.context["form"].data["seen"])
    assert client.post(page("sign_off_summary"), shown).status_code == 302
    assert Summary.objects.get().public_title == WRITTEN["title"]


def test_a_text_whose_source_changed_is_not_offered_for_signing(
    client, publication, writer, reader
):
    signed(publication, Variant.GERMAN, writer, reader)
    signed(publication, Variant.ENGLISH, writer, reader)
    signed(publication, Variant.GERMAN, writer, reader, body="Neu")
    client.force_login(reader)

    shown = text(client.get(page("sign_off_summary", "en")))

    assert "Freigeben und veröffentlichen" not in shown
    assert f'href="{page("edit_summary", "en")}"' in shown


@pytest.mark.parametrize("field", ["title", "body"])
def test_an_empty_field_is_told_and_the_rest_is_kept(client, publication, writer, field):
    client.force_login(writer)

    response = client.post(page("edit_summary"), keyed(WRITTEN | {field: " "}, seen="0"))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Summary.objects.exists()


@pytest.mark.parametrize("variant", ["fr", "leicht", "de"])
def test_what_is_not_there_is_missing(client, publication, writer, variant):
    assert client.get(page("summary", variant)).status_code == 404
    client.force_login(writer)
    assert client.get(page("sign_off_summary", variant)).status_code == 404
    missing = variant not in Variant.values
    assert client.get(page("edit_summary", variant)).status_code == (404 if missing else 200)


@pytest.mark.parametrize("amount", [1, 3])
def test_a_summary_costs_the_same_in_one_and_in_three_languages(
    client, publication, amount, django_assert_num_queries
):
    for variant in list(Variant)[:amount]:
        SummaryFactory(publication=publication, variant=variant, public=True)

    with django_assert_num_queries(3):
        response = client.get(page("summary"))

    assert len(response.context["variants"]) == amount


def test_the_pages_name_each_other_with_their_languages(client, publication):
    for variant in Variant:
        SummaryFactory(publication=publication, variant=variant, public=True)

    for variant, language in (("de", "de"), ("de-ls", "de-simple"), ("en", "en")):
        shown = text(client.get(page("summary", variant)))
        assert f'<link rel="alternate" hreflang="{language}"' in shown
        assert re.search(rf'<article class="summary-text[^>]*lang="{language}"', shown)
    title = text(client.get(reverse("publications:publication", args=["bericht"])))
    assert "Leichte Sprache" in title
    assert "Summary in English" in title


def test_the_sample_texts_are_signed_off_by_a_second_person(publication, writer, reader):
    demo_summaries.load(publication=publication, writer=writer, reader=reader)
    demo_summaries.load(publication=publication, writer=writer, reader=reader)

    rows = Summary.objects.public()
    assert {row.variant for row in rows} == set(Variant.values)
    assert {(row.edited_by, row.signed_by) for row in rows} == {(writer, reader)}


def test_the_sample_in_leichte_sprache_keeps_one_short_sentence_a_line():
    source = (demo_summaries.TEXTS / "zusammenfassung.de-ls.md").read_text(encoding="utf-8")

    lines = [line.lstrip("#* ") for line in source.splitlines() if line.strip()]

    assert max(len(line.split()) for line in lines) <= 9
    assert [line for line in lines if len(re.findall(r"[.?:!]", line)) > 1] == []
    assert [line for line in lines if re.search(r"\b(wurden?|worden)\b", line)] == []


def test_in_leichte_sprache_every_line_stays_a_line():
    assert words.body("Eins.\nZwei.\n\n## Drei\n* vier\n* fünf", Variant.EASY) == (
        "Eins.  \nZwei.\n\n## Drei\n* vier\n* fünf"
    )
    assert words.body("Eins.\nZwei.", Variant.GERMAN) == "Eins.\nZwei."
