"""A table that brings a person's new address changes the contact instead of doubling it."""

import pytest

from network.queries.directory_plan import plan
from network.rules.directory_lines import CONTACT, HEADERS, ORGANISATION, SLUG
from network.services.directory_import import run
from programme.enums import MailStatus
from programme.errors import RuleBroken
from programme.rules.sheets import Line
from tests.factories.network import ContactFactory, InvitationLetterFactory, OrganisationFactory
from tests.factories.programme import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db

MAILBOX = {CONTACT["kind"]: "Funktionspostfach", CONTACT["email"]: "post@example.org"}
PERSON = {CONTACT["kind"]: "Hauptkontakt", CONTACT["name"]: "Öznur Groß"}
ABOUT = {
    SLUG: "bfg",
    ORGANISATION["kind"]: "Gast",
    ORGANISATION["name"]: "Bundesamt für Größe",
    ORGANISATION["short_name"]: "BfG",
    ORGANISATION["valid_from"]: "2000-01-01",
}


def person_at(email, **more):
    return ABOUT | PERSON | {CONTACT["email"]: email} | more


def lines(*rows):
    return [Line(n, dict.fromkeys(HEADERS, "") | row) for n, row in enumerate(rows, start=2)]


def told(made):
    return [(problem.line, problem.column) for problem in made.problems]


@pytest.fixture
def bfg():
    return OrganisationFactory(
        kind="guest", slug="bfg", name="Bundesamt für Größe", short_name="BfG"
    )


def test_a_new_address_of_a_person_changes_the_contact_and_keeps_its_history(bfg):
    contact = ContactFactory(organisation=bfg, name="ÖZNUR GROSS", email="alt@example.org")
    ContactFactory(organisation=bfg, name="Zoë Weiß")
    mail = OutgoingMailFactory(recipient=contact.email, status=MailStatus.BOUNCED)
    letter = InvitationLetterFactory(
        invitation__organisation=bfg, recipient=contact.email, message_id=mail.message_id
    )
    file = lines(person_at("neu@example.org"))

    made = plan(lines=file)
    run(lines=file, seen=made.fingerprint, by=UserFactory())

    assert made.counts == [("neu", 0), ("geändert", 1), ("unverändert", 0)]
    assert ("E-Mail-Adresse", "alt@example.org", "neu@example.org") in made.outcomes[0].differences
    contact.refresh_from_db()
    assert (contact.email, bfg.contacts.count()) == ("neu@example.org", 2)
    letter.refresh_from_db()
    mail.refresh_from_db()
    assert (letter.recipient, mail.recipient) == ("alt@example.org", "alt@example.org")
    assert mail.status == MailStatus.BOUNCED
    assert plan(lines=file).count("unverändert") == 1


def test_a_second_address_beside_the_first_is_a_second_contact(bfg):
    ContactFactory(organisation=bfg, name="Öznur Groß", email="alt@example.org")
    file = lines(person_at("alt@example.org"), person_at("neu@example.org"))

    made = plan(lines=file)

    assert ([row.state for row in made.outcomes], made.problems) == (["unverändert", "neu"], [])


@pytest.mark.parametrize(
    ("stand", "come"),
    [
        (("a@example.org", "b@example.org"), ("c@example.org",)),
        (("a@example.org",), ("c@example.org", "d@example.org")),
    ],
)
def test_whose_address_changes_must_be_clear(bfg, stand, come):
    for email in stand:
        ContactFactory(organisation=bfg, name="Öznur Groß", email=email)
    file = lines(*[person_at(email) for email in come])

    made = plan(lines=file)

    assert told(made) == [(line.number, CONTACT["email"]) for line in file]
    assert "„Öznur Groß“ steht bei dieser Organisation mit " + ", ".join(stand) in (
        made.problems[0].message
    )
    with pytest.raises(RuleBroken):
        run(lines=file, seen=made.fingerprint, by=UserFactory())
    assert bfg.contacts.count() == len(stand)


def test_an_address_that_stands_in_the_file_is_not_the_one_that_changes(bfg):
    for email in ("a@example.org", "b@example.org"):
        ContactFactory(organisation=bfg, name="Öznur Groß", email=email)

    made = plan(lines=lines(person_at("a@example.org"), person_at("c@example.org")))

    assert made.problems == []
    assert ("E-Mail-Adresse", "b@example.org", "c@example.org") in made.outcomes[1].differences


def test_a_mailbox_without_a_name_is_always_a_new_contact(bfg):
    ContactFactory(organisation=bfg, kind="mailbox", name="", email="alt@example.org")

    made = plan(lines=lines(ABOUT | MAILBOX))

    assert [row.state for row in made.outcomes] == ["neu"]
