"""A table changes the directory exactly as its preview said, or not at all."""

from datetime import date

import pytest

from network.exports.directory import directory_file, template_file
from network.models import Contact, Organisation
from network.queries.directory_plan import plan, table
from network.rules.directory_lines import CONTACT, HEADERS, OPTIONAL, ORGANISATION, SLUG
from network.services import directory_import, master_data, organisations
from network.services.directory_import import run
from programme.errors import RuleBroken
from programme.exports.sheets import csv_file
from programme.models import AuditEntry
from programme.rules.sheets import Line, read
from tests.factories.network import ContactFactory, OrganisationFactory, PublicBodyFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db

GUEST = {
    ORGANISATION["kind"]: "Gast",
    ORGANISATION["name"]: "Bundesamt für Größe",
    ORGANISATION["short_name"]: "BfG",
    ORGANISATION["valid_from"]: "29.02.2024",
}
MAILBOX = {CONTACT["kind"]: "Funktionspostfach", CONTACT["email"]: "post@example.org"}


def lines(*rows):
    return [Line(n, dict.fromkeys(HEADERS, "") | row) for n, row in enumerate(rows, start=2)]


def told(made):
    return [(problem.line, problem.column) for problem in made.problems]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_whole_directory_comes_back_unchanged(programme, kind):
    master_data.load(programme=programme)
    kassel = Organisation.objects.get(slug="kassel")
    ContactFactory(organisation=kassel, function="Leitung; Süd")
    ContactFactory(organisation=kassel, kind="mailbox", name="", is_active=False)

    sheet = read(content=directory_file(rows=table(), kind=kind), headers=HEADERS)
    made = plan(lines=sheet.lines)

    assert (sheet.problems, made.problems) == ((), [])
    assert made.counts == [("neu", 0), ("geändert", 0), ("unverändert", 41)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_can_be_imported_as_it_is(kind):
    sheet = read(content=template_file(kind=kind), headers=HEADERS)

    made = run(lines=sheet.lines, seen=plan(lines=sheet.lines).fingerprint, by=UserFactory())

    assert made.counts[0] == ("neu", 1)
    assert Organisation.objects.get().contacts.get().email == "poststelle@example.org"


def test_lines_add_change_and_leave_alone():
    fulda = ContactFactory(
        organisation__kind="guest", organisation__slug="fulda", organisation__short_name="Fulda"
    ).organisation
    unmentioned = ContactFactory(organisation=fulda)
    about = {
        SLUG: "fulda",
        ORGANISATION["kind"]: "gast",
        ORGANISATION["name"]: fulda.name,
        ORGANISATION["short_name"]: "Fulda",
        ORGANISATION["city"]: "Fulda",
        ORGANISATION["valid_from"]: "2000-01-01",
    }
    first = fulda.contacts.order_by("pk")[0]
    known = {
        CONTACT["kind"]: "Hauptkontakt",
        CONTACT["name"]: "Öznur Groß",
        CONTACT["email"]: first.email.upper(),
        CONTACT["is_active"]: "nein",
        CONTACT["gets_copies"]: "ja",
    }
    file = lines(about | known, about | MAILBOX, GUEST | MAILBOX, GUEST | known)

    made = plan(lines=file)
    run(lines=file, seen=made.fingerprint, by=UserFactory())

    assert [(row.line, row.state) for row in made.outcomes] == [
        (2, "geändert"),
        (3, "neu"),
        (4, "neu"),
        (5, "neu"),
    ]
    assert [(change.label, change.after) for change in made.outcomes[0].differences] == [
        (ORGANISATION["city"], "Fulda"),
        (CONTACT["email"], first.email.upper()),
        (CONTACT["is_active"], "nein"),
        (CONTACT["gets_copies"], "ja"),
    ]
    fulda.refresh_from_db()
    assert (fulda.city, fulda.contacts.count()) == ("Fulda", 3)
    assert Contact.objects.get(pk=unmentioned.pk).is_active
    assert Contact.objects.get(pk=first.pk).gets_copies
    guest = Organisation.objects.get(slug="bfg")
    assert (guest.valid_from, guest.contacts.count()) == (date(2024, 2, 29), 2)
    assert plan(lines=[line for line in file if line.number < 4]).count("geändert") == 0


def test_an_export_from_before_the_copies_leaves_them_as_they_are():
    told_of = ContactFactory(organisation__kind="guest", gets_copies=True)
    [stands] = table()
    old = [header for header in HEADERS if header not in OPTIONAL]
    new = ["", *stands[1:]]
    new[HEADERS.index("Name")] = new[HEADERS.index("Kurzname")] = "Bundesamt für Größe"
    rows = [[row[HEADERS.index(header)] for header in old] for row in (stands, new)]
    rows[0][old.index(CONTACT["function"])] = "Leitung"

    sheet = read(content=csv_file(headers=old, rows=rows), headers=HEADERS, optional=OPTIONAL)
    made = plan(lines=sheet.lines)
    run(lines=sheet.lines, seen=made.fingerprint, by=UserFactory())

    assert (sheet.problems, made.problems) == ((), [])
    assert [change.label for change in made.outcomes[0].differences] == [CONTACT["function"]]
    told_of.refresh_from_db()
    assert (told_of.function, told_of.gets_copies) == ("Leitung", True)
    assert not Contact.objects.exclude(pk=told_of.pk).get().gets_copies


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({ORGANISATION["kind"]: "Verein"}, ORGANISATION["kind"]),
        ({ORGANISATION["kind"]: ""}, ORGANISATION["kind"]),
        ({ORGANISATION["kind"]: "Ausländerbehörde"}, ORGANISATION["region"]),
        ({ORGANISATION["region"]: "Bayern"}, ORGANISATION["region"]),
        ({ORGANISATION["name"]: ""}, ORGANISATION["name"]),
        ({ORGANISATION["short_name"]: "x" * 81}, ORGANISATION["short_name"]),
        ({ORGANISATION["postcode"]: "1067"}, ORGANISATION["postcode"]),
        ({ORGANISATION["valid_from"]: "29.02.2023"}, ORGANISATION["valid_from"]),
        (MAILBOX | {CONTACT["email"]: "post@"}, CONTACT["email"]),
        (MAILBOX | {CONTACT["email"]: ""}, CONTACT["email"]),
        (MAILBOX | {CONTACT["kind"]: "Chef"}, CONTACT["kind"]),
        (MAILBOX | {CONTACT["kind"]: "Vertretung"}, CONTACT["name"]),
        (MAILBOX | {CONTACT["is_active"]: "vielleicht"}, CONTACT["is_active"]),
        (MAILBOX | {CONTACT["gets_copies"]: "manchmal"}, CONTACT["gets_copies"]),
        ({SLUG: "atlantis"}, SLUG),
        ({SLUG: "alt"}, SLUG),
        ({SLUG: "doppelt"}, SLUG),
        ({ORGANISATION["short_name"]: "GIESSEN"}, ORGANISATION["short_name"]),
        ({SLUG: "mit-gebiet", ORGANISATION["kind"]: "Gast"}, ORGANISATION["valid_from"]),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(row, column):
    giessen = OrganisationFactory(slug="giessen", short_name="Gießen")
    OrganisationFactory(slug="alt", valid_to=date(2020, 1, 1))
    OrganisationFactory(slug="doppelt", merged_into=giessen)
    PublicBodyFactory(office__slug="mit-gebiet")

    made = plan(lines=lines(GUEST | row))

    assert told(made) == [(2, column)]
    with pytest.raises(RuleBroken):
        run(lines=lines(GUEST | row), seen=made.fingerprint, by=UserFactory())
    assert Organisation.objects.count() == 4


def test_lines_that_repeat_or_contradict_each_other_are_named():
    other = GUEST | {ORGANISATION["city"]: "Köln"}
    again = GUEST | MAILBOX | {CONTACT["email"]: "POST@example.org"}
    namesake = GUEST | {ORGANISATION["short_name"]: "Zweite"}

    made = plan(lines=lines(GUEST | MAILBOX, again, other, namesake))

    assert told(made) == [
        (3, CONTACT["email"]),
        (4, ORGANISATION["name"]),
        (5, ORGANISATION["name"]),
    ]


def test_a_preview_the_directory_has_moved_on_from_is_refused():
    file = lines(GUEST | MAILBOX)
    seen = plan(lines=file).fingerprint
    guest = OrganisationFactory(kind="guest", short_name="Anders", name="Anders")
    run(lines=file, seen=seen, by=UserFactory())
    made = Organisation.objects.get(slug="bfg")
    change = lines({SLUG: "bfg"} | GUEST | MAILBOX | {ORGANISATION["city"]: "Köln"})
    seen = plan(lines=change).fingerprint
    organisations.remove_contact(contact=made.contacts.get(), by=UserFactory())

    with pytest.raises(RuleBroken) as broken:
        directory_import.run(lines=change, seen=seen, by=UserFactory())

    assert "seit der Vorschau geändert" in broken.value.message
    assert not Organisation.objects.filter(city="Köln").exists()
    assert guest.contacts.count() == 0


def test_the_logbook_tells_of_the_import():
    file = lines(GUEST)

    run(lines=file, seen=plan(lines=file).fingerprint, by=UserFactory())

    assert AuditEntry.objects.latest("pk").sentence == (
        "Verzeichnis eingelesen: 1 Zeilen neu, 0 Zeilen geändert, 0 Zeilen unverändert."
    )


@pytest.mark.parametrize("amount", [1, 30])
def test_a_preview_costs_two_queries_however_long_the_file_is(amount, django_assert_num_queries):
    rows = [
        GUEST | {ORGANISATION["short_name"]: f"BfG {n}", ORGANISATION["name"]: f"Bundesamt {n}"}
        for n in range(amount)
    ]
    OrganisationFactory()

    with django_assert_num_queries(2):
        made = plan(lines=lines(*rows))

    assert made.count("neu") == amount
