"""Reading what calendar programs send back: every format, every kind of nonsense."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.rules import reply_mails
from network.rules.replies import NothingFound
from programme.errors import RuleBroken
from tests.network.replies_corpus import FOLDER, PROGRAMS, content

ANSWERS = {
    "accept": "accepted",
    "decline": "declined",
    "tentative": "tentative",
    "counter": "counter",
}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(("kind", "answer"), ANSWERS.items())
def test_every_program_is_understood(program, kind, answer):
    (reply,) = reply_mails.read(content(f"{program}_{kind}"))

    assert (reply.uid, reply.attendee, reply.answer, reply.sequence, reply.objection) == (
        "anmeldung-4711@portal.example.org",
        "joerg.weiss@example.org",
        answer,
        0,
        "",
    )
    assert reply.stamped_at
    assert reply.stamped_at.date().isoformat() == "2026-05-03"
    assert reply.sender in {"joerg.weiss@example.org", ""}


@pytest.mark.parametrize(
    ("program", "starts_at", "comment"),
    [
        ("outlook", (2100, 3, 8), "Am Vormittag bin ich im Ausschuss, passt es eine Woche später?"),
        ("gmail", (2100, 3, 2), "Bitte einen Tag später"),
        ("apple", (2100, 3, 4), ""),
        ("thunderbird", (2100, 3, 5), ""),
    ],
)
def test_a_proposed_time_is_read_with_its_time_zone(program, starts_at, comment):
    (reply,) = reply_mails.read(content(f"{program}_counter"))

    assert reply.starts_at == datetime(*starts_at, 9, 0, tzinfo=UTC)
    assert reply.ends_at == datetime(*starts_at, 15, 0, tzinfo=UTC)
    assert reply.comment == comment


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("delegated", "weitergegeben an oeznur@example.org"),
        ("one_of_a_series", "Reihe"),
        ("needs_action", "weder zu noch ab"),
        ("no_time_stamp", "nicht, wann"),
        ("winmail", "winmail.dat"),
    ],
)
def test_what_is_not_plain_waits_for_a_person(name, words):
    (reply,) = reply_mails.read(content(name))

    assert words in reply.objection


def test_several_answers_in_one_file_are_all_read():
    replies = reply_mails.read(content("two_events"))

    assert [each.uid.split("@")[0] for each in replies] == ["anmeldung-4711", "einladung-815"]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\r\n\r\n", b"Hier die Antwort:\n"])
def test_marks_and_words_before_a_calendar_do_no_harm(mark):
    plain = reply_mails.read(content("apple_tentative"))

    assert reply_mails.read(mark + content("apple_tentative")) == plain


def test_another_alphabet_is_read_as_well():
    (reply,) = reply_mails.read(content("utf16_with_mark"))

    assert reply.answer == "tentative"


def test_the_same_answer_has_the_same_fingerprint_as_mail_and_as_text():
    (mailed,) = reply_mails.read(content("outlook_accept"))
    (pasted,) = reply_mails.read(mailed.raw.encode())
    (other,) = reply_mails.read(content("outlook_decline"))

    assert mailed.fingerprint == pasted.fingerprint != other.fingerprint


def test_a_forwarded_answer_keeps_its_own_sender():
    inner = content("outlook_accept")
    head = b"From: team@example.org\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"

    (reply,) = reply_mails.read(head + inner)

    assert reply.sender == "joerg.weiss@example.org"


@pytest.mark.parametrize(
    ("nonsense", "words"),
    [
        (b"", "keine Antwort aus einem Kalender"),
        (b"Guten Tag, ich komme gern.", "keine Antwort aus einem Kalender"),
        (b"\x00\xff\xfe" * 20, "keine Antwort aus einem Kalender"),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR", "keine Antwort aus einem Kalender"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".msg"),
        (b"x" * (1024 * 1024 + 1), "1 MB"),
        (b"From: a@example.org\nSubject: Hallo\n\nText", "keine Antwort aus einem Kalender"),
        (content("the_invitation_itself"), "sondern eine Einladung"),
        (content("bounce"), "keine Antwort aus einem Kalender"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(nonsense, words):
    with pytest.raises(RuleBroken) as broken:
        reply_mails.read(nonsense)

    assert words in broken.value.message


def test_a_thousand_nested_parts_break_nothing():
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth)
        for depth in range(3000)
    )
    with pytest.raises(RuleBroken):
        reply_mails.read(b"MIME-Version: 1.0\r\n" + head)


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "UID:x", "DTSTAMP:20260503T081500Z", "DTSTAMP:morgen"),
        *("SEQUENCE:-1", "SEQUENCE:99999999999999", "SEQUENCE:eins", "RRULE:FREQ=BOSH"),
        *("ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org", "ATTENDEE:", 'ATTENDEE;CN=":x'),
        *("DTSTART;VALUE=DATE:00010101", "DTSTART:00010101T000000", "DTEND:99991231T235959Z"),
        *("BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "END:VTIMEZONE", "DTSTART;TZID=Mars:20300101T1"),
        *(
            "COMMENT:a\\nb",
            "COMMENT;X=\x00:b",
            "RECURRENCE-ID:x",
            ":",
            ";",
            "METHOD:REPLY",
            "é\x00",
        ),
    ]
)


@given(st.lists(LINES, max_size=20))
def test_no_calendar_breaks_the_reader(lines):
    text = "\r\n".join(["BEGIN:VCALENDAR", "METHOD:REPLY", *lines, "END:VCALENDAR"])
    try:
        replies = reply_mails.read(text.encode())
    except RuleBroken:
        return
    for reply in replies:
        assert "\x00" not in reply.raw + reply.comment + reply.uid
        assert 0 <= reply.sequence <= 10_000


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_no_damaged_mail_breaks_the_reader(noise, place):
    whole = content("gmail_accept")
    try:
        reply_mails.read(whole[:place] + noise + whole[place + len(noise) :])
    except RuleBroken:
        return


def test_a_mail_that_came_back_names_the_mail_and_the_reason():
    found = reply_mails.bounce(content("bounce"))

    assert found == reply_mails.Bounce(
        "<177.1.2@portal.example.org>",
        "smtp; 550 5.1.1 <weg@example.org>: Recipient address rejected: User unknown",
    )
    assert reply_mails.bounce(content("delayed")) is None
    assert reply_mails.bounce(content("outlook_accept")) is None
    assert reply_mails.bounce(b"\xff\x00") is None


def test_other_mails_hold_no_answer():
    with pytest.raises(NothingFound):
        reply_mails.read(b"From: a@example.org\r\nSubject: Frage\r\n\r\nWann geht es los?")


def test_the_corpus_is_complete():
    assert len(list(FOLDER.iterdir())) >= 34
