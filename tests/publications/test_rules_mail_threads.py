"""Pasted chains of mails: what is passed on becomes an order, what is only quoted does not."""

import pytest

from publications.rules import mail_files
from tests.publications.mails import as_data, reading, samples

OLD_MARK = "-----Ursprüngliche Nachricht-----\n"
OUTER = (
    "Von: Muster, Ute <ute.muster@ministerium.example.org>\n"
    "Gesendet: Montag, 25. September 2017 07:30\n"
    "An: Integration <integration@example.org>\n"
    "Betreff: {}\n\n"
)
HEAD = (
    "Von: Käthe Strauß <kaethe@example.org>\n"
    "Gesendet: Sonntag, 24. September 2017 19:12\n"
    "An: Ute Muster <ute.muster@ministerium.example.org>\n"
    "Betreff: Abschlussbericht\n\n"
)
ORDER = (
    "Guten Tag,\n\nich bestelle drei Abschlussberichte.\n\n"
    "Käthe Strauß\nSchloßallee 1\n65183 Wiesbaden\n"
)
OWN_REPLY = "Von: Käthe Strauß <kaethe@example.org>\nAn: Integration\nBetreff: {}\n\n"
COVERS = [
    "Könnt ihr das bitte übernehmen?\n\nGruß Ute\n\n",
    "zur weiteren Bearbeitung\n\n",
    "z. w. V.\n\n",
    "zuständigkeitshalber\n\nViele Grüße\nUte Muster\nDostojewskistraße 4\n65187 Wiesbaden\n\n",
    "Bitte erledigen, danke.\n\n",
]


def items(text):
    """Return the titles and numbers that are read out of a pasted text."""
    return as_data(reading(text.encode()).draft).get("items", {})


@pytest.mark.parametrize("mark", ["", OLD_MARK])
@pytest.mark.parametrize("cover", [*COVERS, "", "Gruß Ute\n\n"])
def test_a_forwarded_mail_pasted_with_its_outer_head_is_an_order_of_its_first_sender(cover, mark):
    draft = as_data(
        reading((OUTER.format("WG: Abschlussbericht") + cover + mark + HEAD + ORDER).encode()).draft
    )

    assert draft == {
        "full_name": "Käthe Strauß",
        "organisation": "",
        "street": "Schloßallee 1",
        "postcode": "65183",
        "city": "Wiesbaden",
        "email": "kaethe@example.org",
        "items": {"abschlussbericht": 3},
    }


@pytest.mark.parametrize("kind", ["orders", "later", "no_orders"])
def test_a_sample_pasted_with_its_head_says_the_same_as_its_file(kind):
    differing = {}
    for path in samples(kind):
        mail = mail_files.read(path.read_bytes())
        if mail.sender and not mail.enclosed and not mail.objection:
            head = f"Von: {mail.sender_name} <{mail.sender}>\nBetreff: {mail.subject}\n\n"
            pasted = as_data(reading((head + mail.text).encode()).draft)
            if pasted != as_data(reading(path.read_bytes()).draft):
                differing[path.name] = pasted

    assert differing == {}


def test_an_outer_head_that_names_no_address_counts_too():
    outer = "Von: Muster, Ute\nAn: Integration\nBetreff: WG: Abschlussbericht\n\n"

    assert items(outer + COVERS[0] + HEAD + ORDER) == {"abschlussbericht": 3}


@pytest.mark.parametrize("mark", ["", OLD_MARK])
@pytest.mark.parametrize("cover", COVERS)
def test_a_cover_line_without_a_head_of_its_own_passes_the_order_below_on(cover, mark):
    read = reading((cover + mark + HEAD + ORDER).encode()).draft

    assert as_data(read)["items"] == {"abschlussbericht": 3}
    assert as_data(read)["email"] == "kaethe@example.org"
    assert as_data(read)["street"] == "Schloßallee 1"


def test_a_mail_handed_on_twice_is_found_below_both_heads():
    second = OUTER.format("WG: Abschlussbericht").replace("Ute", "Jan")

    assert items(OUTER.format("WG: WG: Abschlussbericht") + COVERS[0] + second + HEAD + ORDER) == {
        "abschlussbericht": 3
    }


@pytest.mark.parametrize("outer", ["", OUTER.format("AW: Abschlussbericht")])
@pytest.mark.parametrize(
    "words",
    [
        "Vielen Dank, ich habe Ihre Bestellung an die Versandstelle weitergeleitet.\n\n",
        "Danke, das Paket ist angekommen.\n\nGruß Ute\n\n",
        "Gern, die Berichte gehen morgen hinaus.\n\n",
        "Können Sie die Kosten übernehmen?\n\n",
    ],
)
def test_an_answer_that_quotes_an_old_order_is_no_new_one(outer, words):
    for mark in ("", OLD_MARK):
        read = reading((outer + words + mark + HEAD + ORDER).encode())

        assert read.draft is None
        assert read.objection


def test_an_answer_with_an_address_below_its_thanks_is_no_new_order():
    thanks = (
        "vielen Dank, die Berichte sind angekommen.\n\nViele Grüße\n"
        "Käthe Strauß\nSchloßallee 1\n65183 Wiesbaden\n\n"
    )

    assert items(OWN_REPLY.format("AW: Abschlussbericht") + thanks + OLD_MARK + HEAD + ORDER) == {}


def test_an_answer_that_itself_orders_counts_with_its_own_numbers():
    words = ORDER.replace("drei", "sieben") + "\n"

    for outer in ("", OWN_REPLY.format("AW: Abschlussbericht"), OWN_REPLY.format("Nachbestellung")):
        assert items(outer + words + OLD_MARK + HEAD + ORDER) == {"abschlussbericht": 7}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bitte stornieren Sie die Bestellung unten.\n\n", "eine Stornierung"),
        ("Frau Strauß beschwert sich, bitte erledigen.\n\n", "eine Reklamation"),
        (
            "die Berichte sind noch nicht angekommen. Können Sie das bitte bearbeiten?\n\n",
            "eine Rückfrage zu einer früheren Bestellung",
        ),
    ],
)
def test_a_complaint_that_passes_the_old_order_on_does_not_repeat_it(words, said):
    for outer in ("", OUTER.format("WG: Abschlussbericht")):
        read = reading((outer + words + OLD_MARK + HEAD + ORDER).encode())

        assert (read.draft, read.objection) == (None, said)


def test_a_reminder_of_ones_own_order_is_not_passed_on():
    words = "könnten Sie das bitte bearbeiten?\n\n"

    assert items(OWN_REPLY.format("Abschlussbericht") + words + OLD_MARK + HEAD + ORDER) == {}


def test_the_portals_own_answer_above_an_order_says_why_it_is_none():
    ours = (
        "Von: Integration <integration@example.org>\nAn: Käthe\nBetreff: AW: Bericht\n\nGern.\n\n"
    )

    read = reading((ours + HEAD + ORDER).encode())

    assert (read.draft, read.objection) == (None, "eine zitierte, schon beantwortete Nachricht")


def test_a_mail_pasted_with_its_quotation_marks_is_read():
    quoted = "\n".join(f"> {line}" for line in (HEAD + ORDER).split("\n"))

    assert items(quoted + "\n\n") == {"abschlussbericht": 3}
