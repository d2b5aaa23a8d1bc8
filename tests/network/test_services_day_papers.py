"""Papers of the day: who stands on them, that they are accessible, that they are made once."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from network.enums import AttendanceMode, RegistrationStatus
from network.exports import papers
from network.models import Certificate
from network.queries.entrance import expected
from network.services import certificates, day_papers
from programme import documents
from programme.enums import PrintoutStatus
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory
from tests.pdf import failures

pytestmark = pytest.mark.django_db
NOON = datetime(2100, 3, 1, 11, 0, tzinfo=UTC)
LONG = "Prof. Dr. Maximiliane-Friederike Freifrau von und zu Schwarzenberg-Rudolstädter"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def meeting(programme):
    """Two offices: three people there, one of them online, one who waits, one who cancelled."""
    meeting = MeetingFactory.create(programme=programme, title="3. Landesnetzwerktreffen")
    fulda = InvitationFactory.create(meeting=meeting, organisation__short_name="Fulda")
    kassel = InvitationFactory.create(meeting=meeting, organisation__short_name="Kassel")
    rows = (
        (fulda, "Öznur Groß", {"arrived_at": NOON, "function": "Leitung"}),
        (fulda, LONG, {"arrived_at": NOON, "email": ""}),
        (kassel, "Jörg Weiß", {"arrived_at": NOON, "mode": AttendanceMode.ONLINE}),
        (kassel, "Carsten Süß", {}),
        (kassel, "Wanda Wartet", {"status": RegistrationStatus.WAITING}),
        (kassel, "Abel Abgesagt", {"status": RegistrationStatus.CANCELLED}),
    )
    for invitation, name, more in rows:
        RegistrationFactory.create(invitation=invitation, full_name=name, **more)
    return meeting


def run_jobs():
    for row in DBTaskResult.objects.ready():
        row.task.call(**row.args_kwargs["kwargs"])


def valid(content):
    return [failure for profile in ("ua1", "3a") for failure in failures(content, profile)]


def content_of(printout):
    printout.refresh_from_db()
    assert printout.status == PrintoutStatus.READY, printout.error
    with printout.file.open("rb") as file:
        return file.read()


def test_the_list_groups_by_office_and_has_spare_rows(meeting):
    data = papers.attendance(meeting=meeting, people=list(expected(meeting)))

    told = [
        (
            office.organisation.short_name,
            [(row.number, row.person.full_name) for row in office.rows],
        )
        for office in data["offices"]
    ]
    assert told == [
        ("Fulda", [(1, LONG), (2, "Öznur Groß")]),
        ("Kassel", [(3, "Carsten Süß"), (4, "Jörg Weiß")]),
    ]
    assert list(data["spare"]) == list(range(5, 15))


def test_list_and_badges_are_accessible_files(meeting, by):
    printouts = [
        day_papers.print_attendance(meeting=meeting, by=by),
        day_papers.print_badges(meeting=meeting, by=by),
    ]

    run_jobs()

    assert [valid(content_of(printout)) for printout in printouts] == [[], []]
    assert [printout.pages for printout in printouts] == [1, 1]


def test_badges_are_for_people_on_site_ten_a_sheet(meeting):
    people = list(expected(meeting).filter(mode=AttendanceMode.ON_SITE)) * 4

    sheets = papers.badges(meeting=meeting, people=people)["sheets"]

    assert [len(sheet) for sheet in sheets] == [10, 2]
    assert "Jörg Weiß" not in {badge.person.full_name for sheet in sheets for badge in sheet}


@pytest.mark.parametrize(
    ("name", "size"),
    [("Öznur Groß", "large"), ("Jörg Weiß-Müller-Süß", "medium"), (LONG, "tiny")],
)
def test_long_names_are_set_smaller(name, size):
    assert papers.size(name) == size


def test_badges_for_nobody_are_refused(by):
    with pytest.raises(RuleBroken, match="niemand"):
        day_papers.print_badges(meeting=MeetingFactory.create(), by=by)


def test_who_was_there_gets_one_certificate_and_one_mail(meeting, by):
    printouts = [certificates.issue_all(meeting=meeting, by=by) for _ in range(2)]
    run_jobs()
    run_jobs()

    mails = OutgoingMail.objects.filter(letter="network/certificate_issued")
    rows = {row.registration.full_name: row for row in Certificate.objects.all()}
    assert set(rows) == {"Öznur Groß", LONG, "Jörg Weiß"}
    assert mails.count() == 2
    assert all(row.number.startswith("LN-2100-") and row.file for row in rows.values())
    assert [printout.pages for printout in printouts if content_of(printout)] == [3, 3]


def test_certificates_are_set_a_portion_at_a_time_and_end_in_one_file(meeting, by, monkeypatch):
    monkeypatch.setattr(certificates, "PORTION", 2)
    printout = certificates.issue_all(meeting=meeting, by=by)
    done = Certificate.objects.exclude(file="")

    run_jobs()
    printout.refresh_from_db()
    halfway = (done.count(), printout.status)
    run_jobs()

    mails = OutgoingMail.objects.filter(letter="network/certificate_issued")
    assert halfway == (2, PrintoutStatus.WAITING)
    assert (done.count(), mails.count()) == (3, 2)
    assert content_of(printout)


def test_a_certificate_is_tagged_and_names_person_and_number(meeting, by):
    printout = certificates.issue_all(meeting=meeting, by=by)
    run_jobs()

    row = Certificate.objects.get(registration__full_name="Öznur Groß")
    with row.file.open("rb") as file:
        content = file.read()
    assert valid(content) == []
    assert valid(content_of(printout)) == []
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"Teilnahmebescheinigung {row.number}"
        assert len(pdf.pages) == 1


def test_a_job_killed_after_the_first_certificate_and_repeated_ends_the_same(
    meeting, by, monkeypatch
):
    certificates.issue_all(meeting=meeting, by=by)
    real, calls = documents.render_pdf, []

    def dies(**kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise MemoryError
        return real(**kwargs)

    monkeypatch.setattr(documents, "render_pdf", dies)
    with pytest.raises(MemoryError):
        run_jobs()
    run_jobs()

    mails = OutgoingMail.objects.filter(letter="network/certificate_issued")
    assert (mails.count(), Certificate.objects.exclude(file="").count()) == (2, 3)


def test_nobody_there_or_too_early_is_refused(meeting, by):
    too_early = time_machine.travel(datetime(2100, 3, 1, 8, 0, tzinfo=UTC), tick=False)
    with too_early, pytest.raises(RuleBroken, match="begonnen"):
        certificates.issue_all(meeting=meeting, by=by)
    meeting.registrations.update(arrived_at=None)
    with pytest.raises(RuleBroken, match="niemand"):
        certificates.issue_all(meeting=meeting, by=by)
