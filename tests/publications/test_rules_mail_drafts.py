"""Mails to order: what is proposed for written samples, and what is left alone (B11)."""

import json
from contextlib import suppress
from time import process_time

import pytest

from programme.errors import RuleBroken
from publications.rules.mail_files import MAX_BYTES
from publications.rules.mail_findings import Sureness
from tests.publications.mails import as_data, differences, reading, samples

ORDER = (
    "Guten Tag,\n\nich bestelle {} Abschlussberichte.\n\n"
    "Käthe Strauß\nSchloßallee 1\n65183 Wiesbaden\n"
)


def test_at_least_27_of_30_sample_mails_become_right_drafts():
    wrong = {path.name: differences(path) for path in samples("orders")}
    wrong = {name: fields for name, fields in wrong.items() if fields}

    assert len(samples("orders")) == 30
    assert len(wrong) <= 3, json.dumps(wrong, ensure_ascii=False, indent=1)


def test_at_least_36_of_40_mails_written_after_the_rules_become_right_drafts():
    """On first sight 23 of these 40 were right in every field; what was wrong shaped the rules."""
    wrong = {path.name: differences(path) for path in samples("later")}
    wrong = {name: fields for name, fields in wrong.items() if fields}

    assert len(samples("later")) == 40
    assert len(wrong) <= 4, json.dumps(wrong, ensure_ascii=False, indent=1)


def test_a_mail_that_is_no_order_is_not_recognised_and_says_what_it_is():
    said = {path.stem[3:]: reading(path.read_bytes()) for path in samples("no_orders")}

    assert {name: each.draft for name, each in said.items()} == dict.fromkeys(said)
    assert {name: each.objection for name, each in said.items()} == {
        "werbung": "Werbung",
        "abwesend": "eine automatische Antwort",
        "unzustellbar": "eine Meldung eines Mailservers",
        "reklamation": "eine Reklamation",
        "frage": "eine Frage",
        "wo_bleibt": "eine Rückfrage zu einer früheren Bestellung",
        "stornierung": "eine Stornierung",
        "einladung": "keine Bitte um gedruckte Exemplare",
    }


@pytest.mark.parametrize(
    ("words", "copies"),
    [
        ("fünf", 5),
        ("zweiunddreißig", 32),
        ("hundert", 100),
        ("1.500", 1500),
        ("zehn (10)", 10),
        ("ein Dutzend", 12),
        ("ein halbes Dutzend", 6),
        ("7 x", 7),
        ("drei gedruckte Exemplare der", 3),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(words, copies):
    draft = reading(ORDER.format(words).encode()).draft

    assert as_data(draft)["items"] == {"abschlussbericht": copies}


def test_each_value_says_where_it_was_found_and_how_sure_it_is():
    draft = reading(ORDER.format("").encode()).draft

    assert draft is not None
    assert (draft.recipient.city.where, draft.recipient.city.sureness) == (
        "im Text, Zeile 7",
        Sureness.SURE,
    )
    assert draft.recipient.full_name.where == "in der Anschrift"
    assert draft.lines[0].copies_found.where == "keine Anzahl genannt, also ein Exemplar"
    assert draft.lines[0].copies_found.sureness is Sureness.UNSURE
    assert draft.email.value == ""


def test_the_portals_own_address_never_orders():
    content = ORDER.format("drei").encode()
    ours = b"From: Integration <Integration@example.org>\nSubject: Bestellung\n\n" + content

    assert reading(ours).draft is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + bytes(200), "ein ZIP-Archiv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "Outlook"),
        (b"%PDF-1.7\n", "ein PDF"),
        (bytes(range(256)) * 40, "keine E-Mail und kein Text"),
        (b"x" * (MAX_BYTES + 1), "größer als 5 MB"),
        (b"From: a@example.org\nSubject: Bestellung\n\n", "kein Text"),
    ],
)
def test_what_is_no_mail_is_refused_with_what_to_do(content, said):
    with pytest.raises(RuleBroken, match=said):
        reading(content)


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=\n\n--\n",
        b"From: a@example.org\nSubject: =?utf-8?b?%%?=\nContent-Type: text/x; charset=x\n\n\xff",
        b"From: a@example.org\nSubject: x\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Subject: x\nFrom: " + b"a" * 90_000 + b"\n\nBestellung",
        b"<div>" * 3000 + b"Bestellung" + b"<blockquote>" * 3000,
        ("> " * 2000 + "Bestellung\n").encode() * 20,
        b"1 " * 20_000,
        b"Am " * 20_000,
        ("Am 1. schrieb " * 3000).encode(),
        ("65183 " * 8000).encode(),
        ("Bestellung: 3 Praxisbücher und alle anderen Titel. " * 1100).encode(),
        b"From: a@example.org\nSubject: Bestellung\n\n" + b"D-" * 24_000,
        ("Straße 1, " * 5000 + "65183 Wiesbaden").encode(),
    ],
)
def test_broken_and_hostile_mails_are_read_or_refused_at_once(content):
    begun = process_time()

    with suppress(RuleBroken):
        reading(content)

    assert process_time() - begun < 5
