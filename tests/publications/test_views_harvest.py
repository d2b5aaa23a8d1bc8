"""Feed, sitemap and OAI-PMH: read by other people's programs, and never broken by a question."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]
import pytest
from django.urls import reverse
from lxml import etree

from programme.dashboard.sitemap import Host, PublicPages
from publications.enums import EditionStatus
from tests import atom
from tests.factories.library import SummaryFactory
from tests.factories.network import MeetingFactory
from tests.factories.programme import LegalNoticeFactory
from tests.factories.publications import EditionFactory, ErratumFactory, PublicationFactory
from tests.factories.sites import PracticeCardFactory, SiteFactory
from tests.house.world import World
from tests.publications.described import NASTY

pytestmark = pytest.mark.django_db
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
DDB = "{http://www.d-nb.de/standards/ddb/}"
XMD = "{http://www.d-nb.de/standards/xmetadissplus/}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NAME = "oai:portal.example.org:bericht/1"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "https://portal.example.org"


def published(programme, slug="bericht", number=1, title="Abschlussbericht", **columns):
    """A published edition of the current programme."""
    publication = PublicationFactory(programme=programme, slug=slug, title=title)
    return EditionFactory(
        publication=publication,
        number=number,
        status=EditionStatus.PUBLISHED,
        published_at=datetime(2017, 7, 3, 8, 0, tzinfo=UTC),
        pdf_bytes=1033,
        **columns,
    )


def ask(client, method="get", /, **arguments):
    """The XML answer to a question; `since` stands for the argument "from"."""
    asked = {"from" if name == "since" else name: value for name, value in arguments.items()}
    response = getattr(client, method)(reverse("publications:oai"), asked)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/xml")
    root = etree.fromstring(response.content)
    assert [child.tag for child in root][:2] == [f"{OAI}responseDate", f"{OAI}request"]
    assert root.find(f"{OAI}request").text == "https://portal.example.org/oai/"
    return root


def error(root):
    """The code of the one error; a refused question names no arguments."""
    assert root.find(f"{OAI}request").attrib == {} or len(root) == 3
    return root.find(f"{OAI}error").get("code")


@pytest.mark.parametrize("amount", [1, 3])
def test_the_feed_is_read_by_a_feed_reader(client, programme, amount, django_assert_num_queries):
    for number in range(amount):
        published(programme, slug=f"bericht-{number}", title=NASTY)

    with django_assert_num_queries(3):
        response = client.get(reverse("publications:feed"))

    read = feedparser.parse(response.content)
    assert (read.bozo, read.version, len(read.entries)) == (False, "atom10", amount)
    entry = read.entries[0]
    assert entry.link == entry.id
    assert entry.link.startswith("https://portal.example.org/publikationen/bericht-")
    assert entry.title.endswith(", Ausgabe 1")
    assert "<b>" not in entry.summary
    assert [link.type for link in entry.links if link.rel == "enclosure"] == ["application/pdf"]


def test_each_entry_of_the_feed_has_what_atom_wants_and_an_author(client, programme):
    LegalNoticeFactory(programme=programme, publisher_name="Ministerium\x0b in Wiesbaden")
    edition = published(programme)
    ErratumFactory(edition=edition, number=1)

    content = client.get(reverse("publications:feed")).content

    assert len(feedparser.parse(content).entries) == 2
    assert atom.missing(content) == []
    assert atom.author(content) == "Ministerium in Wiesbaden"


def test_the_feed_tells_corrections_and_forgets_those_withdrawn(client, programme):
    edition = published(programme)
    told = ErratumFactory(edition=edition, number=1, passage="sechs <b>", correction="sieben")
    ErratumFactory(edition=edition, number=2, withdrawn_at=told.noted_at, passage="anders")

    read = feedparser.parse(client.get(reverse("publications:feed")).content)

    (entry,) = (entry for entry in read.entries if entry.title.startswith("Korrektur"))
    assert entry.link == "https://portal.example.org/publikationen/bericht/1/#korrektur-1"
    assert "statt „sechs &lt;b&gt;“ richtig „sieben“" in entry.summary


def test_nothing_unpublished_reaches_feed_or_harvester(client, programme):
    EditionFactory(publication__programme=programme, status=EditionStatus.RENDERING)

    assert feedparser.parse(client.get(reverse("publications:feed")).content).entries == []
    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert error(root) == "noRecordsMatch"


@pytest.mark.parametrize("amount", [1, 3])
def test_the_sitemap_names_every_public_page_at_the_same_cost(
    client, programme, amount, django_assert_num_queries
):
    for number in range(amount):
        published(programme, slug=f"bericht-{number}")
        site = SiteFactory(programme=programme, status="active")
        PracticeCardFactory(site=site, public=True)
        MeetingFactory(programme=programme, status="published")

    with django_assert_num_queries(1):
        response = client.get("/sitemap.xml")

    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [loc.text for loc in etree.fromstring(response.content).iter(f"{space}loc")]
    assert all(address.startswith("https://portal.example.org/") for address in found)
    assert len(found) == len(set(found)) == 18 + 5 * amount
    assert not any("/intern/" in address for address in found)


def test_every_address_of_the_sitemap_opens(client, db):
    world = World()
    world.card(site=world.site)
    SummaryFactory(publication=world.publication, public=True)
    assert (world.edition.number, world.meeting.pk is None) == (1, False)

    found = [entry["location"] for entry in PublicPages().get_urls(site=Host("a"), protocol="x")]

    answers = {urlsplit(address).path: 0 for address in found}
    for path in answers:
        answers[path] = client.get(path).status_code
    assert len(answers) == 18 + 6
    assert set(answers.values()) == {200}


def test_robots_are_told_where_the_sitemap_is(client):
    assert "Sitemap: https://portal.example.org/sitemap.xml" in client.get("/robots.txt").text


def test_the_repository_says_who_it_is(client, programme):
    published(programme)

    told = ask(client, verb="Identify").find(f"{OAI}Identify")

    assert {child.tag.removeprefix(OAI): child.text for child in told} == {
        "repositoryName": f"Publikationen: {programme.short_title}",
        "baseURL": "https://portal.example.org/oai/",
        "protocolVersion": "2.0",
        "adminEmail": programme.contact_email,
        "earliestDatestamp": "2017-07-03T08:00:00Z",
        "deletedRecord": "no",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("amount", [1, 3])
def test_records_come_in_dublin_core(client, programme, method, amount, django_assert_num_queries):
    for number in range(amount):
        published(programme, slug=f"bericht-{number}", isbn="978-3-16-148410-0")

    with django_assert_num_queries(2):
        root = ask(client, method, verb="ListRecords", metadataPrefix="oai_dc")

    records = root.findall(f"{OAI}ListRecords/{OAI}record")
    assert len(records) == amount
    (described,) = records[0].find(f"{OAI}metadata")
    assert described.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    told = [(child.tag.removeprefix(DC), child.text) for child in described]
    assert ("title", "Abschlussbericht: Größe und Maß") in told
    assert ("identifier", "urn:isbn:978-3-16-148410-0") in told
    assert ("description", "Was sich <b>verändert</b> hat.") in told


def test_the_national_library_gets_its_own_format(client, programme):
    published(programme, urn="urn:nbn:de:gbv:089-3321752945", doi="10.5555/x", title=NASTY)

    root = ask(client, verb="GetRecord", identifier=NAME, metadataPrefix="xMetaDissPlus")

    (record,) = root.find(f"{OAI}GetRecord/{OAI}record/{OAI}metadata")
    assert record.tag == f"{XMD}xMetaDiss"
    assert [etree.QName(child).localname for child in record] == [
        *("title", "alternative", "creator", "subject", "subject", "subject", "subject"),
        *("abstract", "publisher", "issued", "type", "version_driver", "identifier"),
        *("identifier", "medium", "language", "rights", "fileNumber", "fileProperties"),
        *("transfer", "identifier", "rights"),
    ]
    assert record.find(f"{DC}title").text == NASTY
    identifiers = {found.get(f"{XSI}type"): found.text for found in record.iter(f"{DC}identifier")}
    assert identifiers == {"urn:nbn": "urn:nbn:de:gbv:089-3321752945", "doi:doi": "10.5555/x"}
    transfer = record.find(f"{DDB}transfer")
    assert transfer.text == "https://portal.example.org/publikationen/bericht/1.pdf"
    assert record.find(f"{DDB}rights").get(f"{DDB}kind") == "free"
    prefixes = {value.split(":")[0] for value in record.xpath("//@*[local-name()='type']")}
    known = set(record.nsmap) | {"otherName", "URL"}
    assert prefixes <= known


def test_identifiers_given_later_renew_the_record(client, programme):
    published(programme, described_at=datetime(2018, 1, 2, tzinfo=UTC))
    listing = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}

    late = ask(client, since="2018-01-02", until="2018-01-02", **listing)

    header = late.find(f"{OAI}ListIdentifiers/{OAI}header")
    assert [child.text for child in header] == [NAME, "2018-01-02T00:00:00Z"]
    assert error(ask(client, until="2017-12-31", **listing)) == "noRecordsMatch"
    assert error(ask(client, since="2018-01-02T00:00:01Z", **listing)) == "noRecordsMatch"


def test_known_formats_are_listed_for_all_and_for_one(client, programme):
    published(programme)

    for more in ({}, {"identifier": NAME}):
        root = ask(client, verb="ListMetadataFormats", **more)
        found = [prefix.text for prefix in root.iter(f"{OAI}metadataPrefix")]
        assert found == ["oai_dc", "xMetaDissPlus"]


LISTED = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Löschen"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "identify"}, "badVerb"),
        ({"verb": "Identify", "q": "1"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": NAME}, "badArgument"),
        (LISTED | {"metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        (LISTED | {"metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        (LISTED | {"since": "gestern"}, "badArgument"),
        (LISTED | {"since": "2017-02-30"}, "badArgument"),
        (LISTED | {"since": "2017-07-03T08:00:00+02:00"}, "badArgument"),
        (LISTED | {"since": "2017-07-03", "until": "2017-07-03T08:00:00Z"}, "badArgument"),
        (LISTED | {"since": "2017-07-04", "until": "2017-07-03"}, "badArgument"),
        (LISTED | {"until": "9999-12-31"}, ""),
        (LISTED | {"until": "0001-01-01"}, "noRecordsMatch"),
        (LISTED | {"set": "alle"}, "noSetHierarchy"),
        ({"verb": "ListSets"}, "noSetHierarchy"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        (LISTED | {"resumptionToken": "x"}, "badArgument"),
        (
            {"verb": "GetRecord", "identifier": "oai:x:\x00", "metadataPrefix": "oai_dc"},
            "badArgument",
        ),
        ({"verb": "ListMetadataFormats", "identifier": "fehlt"}, "idDoesNotExist"),
    ],
)
def test_a_wrong_question_gets_the_error_of_the_protocol(client, programme, arguments, code):
    published(programme)

    root = ask(client, **arguments)

    if code:
        assert error(root) == code
    else:
        assert root.find(f"{OAI}error") is None
