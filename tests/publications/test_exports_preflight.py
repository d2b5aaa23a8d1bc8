"""The preflight: every problem, with the way to where it is mended."""

import pytest
from django.urls import reverse

from programme.errors import RuleBroken
from programme.models import LegalNotice, Programme
from publications.exports import preflight
from publications.models import Block, Picture, Publication
from publications.queries import snapshots
from publications.rules import markup, pdf_marks, readability
from publications.services import block_comments, editions, sign_offs
from sites.models import Site
from tests.publications import photos, world

pytestmark = pytest.mark.django_db
LONG = (
    "Die verwaltungsverfahrensrechtlichen Voraussetzungen einer serviceorientierten "
    "Terminvereinbarungsorganisation unterliegen landesrechtlichen "
    "Zuständigkeitsregelungen, deren Berücksichtigung innerhalb der "
    "Aufgabenwahrnehmungsstrukturen kommunaler Ausländerbehörden regelmäßig "
    "Abstimmungserfordernisse hervorruft, sodass organisationsübergreifende "
    "Koordinierungsmechanismen, ungeachtet individueller "
    "Prioritätensetzungsentscheidungen, sachverhaltsbezogen weiterentwickelt, "
    "dokumentiert, evaluiert und hinsichtlich übertragbarer Verfahrensbestandteile "
    "landesweit bereitgestellt werden müssen."
)


def found(report, title):
    """Return what one check says: text, whether it stops an edition, the address."""
    looked = preflight.run(report)
    check = next(check for check in looked.checks if check.title == title)
    return [(row.text, row.is_blocker, row.url) for row in check.findings]


def write(key, body):
    block = Block.objects.get(key=key)
    Block.objects.filter(pk=block.pk).update(body=body)
    return reverse("publications:edit_block", args=[block.chapter.publication.slug, block.pk])


def test_a_finished_manuscript_has_nothing_that_stops_it():
    report, _ = world.compiled()

    looked = preflight.run(report)

    assert (looked.blockers, looked.refusal) == (0, "")
    assert [check.title for check in looked.checks] == [
        "Alternativtexte",
        "Überschriften",
        "Tabellen",
        "Links und Verweise",
        "Offene Zahlen",
        "Korrekturen",
        "Anmerkungen",
        "Impressum und Hinweise",
        "Lesbarkeit",
        "PDF/UA-Struktur",
        "Freigaben",
    ]


def test_a_picture_without_words_stops_the_edition():
    report, by = world.compiled()
    block = photos.with_picture(report, by)
    Picture.objects.update(alt="")
    url = reverse("publications:describe_picture", args=[report.slug, block.pk])

    [(text, is_blocker, way)] = found(report, "Alternativtexte")

    assert "Ohne Alternativtext kann es nicht veröffentlicht werden." in text
    assert (is_blocker, way) == (True, url)
    assert preflight.run(report).refusal == text


def test_headings_tables_and_links_are_looked_at():
    report, _ = world.compiled()
    url = write(
        "dank",
        "| | b |\n|--|--|\n| 1 | 2 |\n\n[hier](https://example.org/a) [x](#fehlt) "
        "[y](/gibt/es/nicht/) [z](https://localhost/) [gut](/standorte/) "
        "[Amt](http://example.org) [[abb:nie]] [[kap:foerderung]] a[^1]",
    )

    assert found(report, "Tabellen") == [
        ("Eine Kopfzelle einer Tabelle ist leer. Bitte benennen Sie sie.", True, url)
    ]
    assert found(report, "Links und Verweise") == [
        ("Den Verweis [[abb:nie]] gibt es nicht.", True, url),
        ("Zu [^1] fehlt die Fußnote.", True, url),
        ("Der Linktext „hier“ sagt nicht, wohin er führt.", False, url),
        ("Die Sprungmarke #fehlt gibt es im Bericht nicht.", True, url),
        ("Die Seite /gibt/es/nicht/ gibt es im Portal nicht.", True, url),
        ("Der Link https://localhost/ ist keine vollständige Adresse.", True, url),
        ("Der Link http://example.org ist unverschlüsselt (http).", False, url),
    ]


def test_a_heading_that_skips_a_level_is_told_with_its_site():
    report, _ = world.compiled()
    Site.objects.update(result="#### Zu tief\n\n## Zu hoch")

    texts = [text for text, _, _ in found(report, "Überschriften")]

    assert texts == ["Auf eine Überschrift der Ebene 4 folgt eine der Ebene 2."]


def test_open_figures_stop_and_empty_ones_are_told():
    report, _ = world.compiled()
    url = write("dank", "Es waren {teilnemer} und {standorte_ausgeschieden_namen}.")

    told = found(report, "Offene Zahlen")

    text = "Im Kapitel „Ergebnisse“ steht der unbekannte Platzhalter {teilnemer}."
    assert (text, True, url) in told
    empty = "{standorte_ausgeschieden_namen} steht für „“. Stimmt der Satz noch?"
    assert (empty, False, url) in told


def test_an_open_remark_stops_until_it_is_settled():
    report, by = world.compiled()
    block = Block.objects.get(key="dank")
    comment = block_comments.write(block=block, text="Wer fehlt?", by=by)
    url = reverse("publications:comment_block", args=[report.slug, block.pk])

    before = found(report, "Anmerkungen")
    block_comments.settle(comment=comment, is_settled=True, by=by)

    assert before == [(f"{by} merkt an: „Wer fehlt?“", True, url)]
    assert found(report, "Anmerkungen") == []


def test_what_the_imprint_lacks_stops_the_edition_and_leads_to_where_it_is_written():
    world.compiled()
    Programme.objects.update(election_notice="", order_mailbox="", funding_notice="Vom Land.")
    LegalNotice.objects.update(publisher_name="")

    told = found(Publication.objects.get(), "Impressum und Hinweise")

    notices = reverse("programme:edit_programme_notices")
    office = reverse("programme:edit_legal_notice")
    assert all(is_blocker for _, is_blocker, _ in told)
    assert [(text, url) for text, _, url in told[1:]] == [
        ("Im Impressum fehlt der Herausgeber. Das trägt die Verwaltung des Portals ein.", office),
        ("Im Impressum fehlt die Bestelladresse.", notices),
        ("Im Impressum fehlt der Hinweis zur Wahlwerbung.", notices),
    ]
    assert ("F31" in told[0][0], told[0][2]) == (True, notices)


def test_a_report_fewer_than_two_have_agreed_with_is_stopped():
    report, by = world.compiled()
    agreed = found(report, "Freigaben")

    write("dank", "Ein anderer Satz.")
    changed = Publication.objects.get(pk=report.pk)
    nobody = found(changed, "Freigaben")
    state = snapshots.state_of(snapshots.current(changed))
    sign_offs.sign(publication=changed, state=state, by=by)

    url = reverse("publications:preflight", args=[report.slug]) + "#freigaben"
    told = "Zwei verschiedene Personen lesen diesen Stand und geben ihn frei."
    assert agreed == []
    assert nobody == [(f"Es fehlen zwei Freigaben: {told}", True, url)]
    assert found(changed, "Freigaben") == [(f"Es fehlt eine Freigabe: {told}", True, url)]


def test_hard_sentences_are_a_hint():
    report, _ = world.compiled()
    url = write("dank", LONG)

    [(text, is_blocker, _)] = [row for row in found(report, "Lesbarkeit") if row[2] == url]

    assert text.startswith("Schwer zu lesen: Lesbarkeit 0 von 100")
    assert not is_blocker


def test_easy_sentences_are_easy():
    assert readability.ease("Das ist ein Haus. Wir gehen hin.").ease > 70
    assert readability.ease("").words == 0
    assert readability.syllables_of("Häuserreihe") == 4


def test_the_newest_edition_tells_of_its_pdf():
    edition = world.published()

    assert found(edition.publication, "PDF/UA-Struktur") == []
    assert pdf_marks.problems(b"kein pdf") == [pdf_marks.UNREADABLE]
    edition.pdf.storage.delete(edition.pdf.name)
    [(text, is_blocker, _)] = found(edition.publication, "PDF/UA-Struktur")
    assert (text, is_blocker) == ("Ausgabe 1: Die Datei der Ausgabe fehlt.", False)


def test_blockers_stop_freezing():
    report, by = world.compiled()
    write("dank", "[x](#fehlt)")
    world.sign(report)

    with pytest.raises(RuleBroken, match="Die Sprungmarke #fehlt"):
        editions.publish(publication=report, by=by)


def test_what_cannot_be_seen_is_read_from_the_page():
    read = markup.outline('<h3 id="a">x</h3><img src="x"><table><tr><td>1</td></tr></table>')

    assert (read.headings, read.unnamed_pictures, read.bare_tables, read.ids) == ([3], 1, 1, {"a"})
