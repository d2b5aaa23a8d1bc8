"""Every PDF of a meeting has a readable copy: what stands in papers/ is what people read."""

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django_tasks_db.models import DBTaskResult

from network.enums import AttendanceMode, MinutesKind
from network.rules import letter_codes
from network.services import certificates, day_papers, minutes, paper
from programme import documents
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    MinutesItemFactory,
    RegistrationFactory,
)
from tests.factories.programme import LegalNoticeFactory

pytestmark = pytest.mark.django_db
PAPERS = Path(__file__).parent / "papers"
NOON = datetime(2028, 2, 29, 11, 0, tzinfo=UTC)


@pytest.fixture
def meeting(programme):
    """A meeting on a leap day: two offices, one person online."""
    LegalNoticeFactory(programme=programme)
    meeting = MeetingFactory(
        programme=programme,
        title="3. Landesnetzwerktreffen",
        topic="Wartezeiten & Termine",
        starts_at=datetime(2028, 2, 29, 8, 30, tzinfo=UTC),
        ends_at=datetime(2028, 2, 29, 15, 0, tzinfo=UTC),
        reply_until=datetime(2028, 2, 14, 22, 59, tzinfo=UTC),
        street="Luisenplatz 2",
        postcode="64283",
    )
    fulda, kassel = (
        InvitationFactory(
            meeting=meeting,
            organisation__name=f"Ausländerbehörde {name}",
            organisation__short_name=name,
        )
        for name in ("Fulda", "Kassel")
    )
    there = {"arrived_at": NOON}
    RegistrationFactory(invitation=fulda, full_name="Öznur Groß", function="Leitung", **there)
    RegistrationFactory(invitation=fulda, full_name="Jörg Weiß", mode=AttendanceMode.ONLINE)
    RegistrationFactory(invitation=kassel, full_name="Carsten Süß", **there)
    return meeting


@pytest.fixture
def printed(monkeypatch):
    """Run the jobs and return the text of what they set, without what is new in every run."""
    pages = []

    def keep(*, template, context, dated, identifier):
        pages.append(render_to_string(template, context))
        return documents.Document(content=b"%PDF-", pages=1)

    monkeypatch.setattr(documents, "render_pdf", keep)

    def run():
        for row in DBTaskResult.objects.ready():
            row.task.call(**row.args_kwargs["kwargs"])
        return as_read(pages[-1])

    return run


def as_read(html):
    body = re.sub(r"<(head|svg)\b.*?</\1>", "", html, flags=re.DOTALL)
    blocks = re.sub(r"</?(?:p|h\d|li|tr|table|section|div|dd|dt|br)\b[^>]*>", "\n", body)
    cells = re.sub(r"</(?:td|th)>", " | ", blocks)
    lines = (" ".join(unescape(strip_tags(line)).split()) for line in cells.splitlines())
    text = "\n".join(line for line in lines if line.strip(" |"))
    text = re.sub(r"LN-2028-[0-9A-Z]{4}-[0-9A-Z]{4}", "LN-2028-XXXX-XXXX", text)
    return re.sub(r"/einladung/[\w-]{43}/", "/einladung/…/", text) + "\n"


def copy_of(name):
    return (PAPERS / f"{name}.txt").read_text(encoding="utf-8")


def test_the_attendance_list(meeting, by, printed):
    with time_machine.travel(NOON, tick=False):
        day_papers.print_attendance(meeting=meeting, by=by)

        assert printed() == copy_of("attendance")


def test_the_badges(meeting, by, printed):
    with time_machine.travel(NOON, tick=False):
        day_papers.print_badges(meeting=meeting, by=by)

        assert printed() == copy_of("badges")


def test_the_certificates(meeting, by, printed):
    with time_machine.travel(NOON, tick=False):
        certificates.issue_all(meeting=meeting, by=by)

        assert printed() == copy_of("certificates")


def test_the_letter_with_the_form_to_send_back(meeting, by, printed):
    invitation = meeting.invitations.get(organisation__short_name="Fulda")
    with time_machine.travel(datetime(2028, 1, 10, 9, 0, tzinfo=UTC), tick=False):
        paper.print_letters(meeting=meeting, invitations=[invitation], is_reminder=False, by=by)
        text = printed()

    code = letter_codes.code(invitation.pk)
    assert code in text
    assert text.replace(code, "00000-00") == copy_of("invitation_letter")


def test_the_minutes(meeting, by, printed):
    item = meeting.agenda.create(position=1, title="Begrüßung", speaker="Frau Größe")
    MinutesItemFactory(meeting=meeting, agenda_item=item, text="Alle stellen sich vor.", position=1)
    MinutesItemFactory(
        meeting=meeting,
        agenda_item=item,
        kind=MinutesKind.DECISION,
        text="Merkblätter austauschen",
        owner="Ausländerbehörde Fulda",
        due_on=date(2028, 4, 30),
        position=2,
    )
    with time_machine.travel(NOON, tick=False):
        minutes.print_out(meeting=meeting, by=by)

        assert printed() == copy_of("minutes")
