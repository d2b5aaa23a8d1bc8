"""A made-up small meeting that is booked out: one person waits for a seat."""

from datetime import datetime, time, timedelta

from django.db import transaction

from network.enums import MeetingKind, MeetingMode
from network.models import Meeting, Organisation
from network.rules import agenda, demo_people
from network.rules.deadlines import HESSEN
from network.rules.meetings import Plan
from network.services import invitations, meetings, registrations
from network.services.registrations import Person
from programme import clock
from programme.models import Programme, User

SLUG = "fachaustausch-verstaendliche-schreiben"
SEATS = 8
# Office and how many people it registers; the last one finds one seat less than it asks for.
COMING = (
    ("darmstadt", 2),
    ("kreis-gross-gerau", 2),
    ("odenwaldkreis", 1),
    ("offenbach", 2),
    ("ruesselsheim", 2),
)
SILENT = ("landkreis-darmstadt-dieburg", "landkreis-offenbach", "frankfurt")
AGENDA = """09:30 Ankommen
10:00 Zwölf Schreiben neu gefasst: ein Werkstattbericht | Ausländerbehörde Kreis Bergstraße
11:00 Eigene Schreiben überarbeiten
12:45 Was wir verabreden"""


@transaction.atomic
def load(*, programme: Programme, by: User) -> None:
    """Plan the meeting, invite eight offices and register more people than it has seats; once."""
    if Meeting.objects.filter(programme=programme, slug=SLUG).exists():
        return
    meeting = meetings.draft(programme=programme, plan=_plan(), by=by)
    slugs = (*(slug for slug, _ in COMING), *SILENT)
    offices = Organisation.objects.filter(slug__in=slugs)
    sent = invitations.invite(meeting=meeting, organisations=offices, by=by)
    by_slug = {invitation.organisation.slug: invitation for invitation in sent}
    for number, (slug, amount) in enumerate(COMING):
        guests = [_guest(400 + 2 * number + row, row) for row in range(1, amount + 1)]
        registrations.register(invitation=by_slug[slug], people=guests, accept_waiting=True)


def _plan() -> Plan:
    earliest = clock.today() + timedelta(weeks=9)
    day = earliest + timedelta(days=(1 - earliest.weekday()) % 7)  # a Tuesday
    return Plan(
        title="Fachaustausch Verständliche Schreiben",
        kind=MeetingKind.WORKSHOP,
        mode=MeetingMode.ON_SITE,
        topic="Schreiben, die ankommen",
        description="Eine Werkstatt in kleiner Runde: Jede Behörde bringt zwei eigene Schreiben "
        "mit und nimmt sie überarbeitet wieder mit nach Hause.",
        balance_question="Wie sagt ein Schreiben deutlich, welche Pflichten und Fristen gelten, "
        "und zugleich, wo es Hilfe gibt?",
        starts_at=datetime.combine(day, time(10), tzinfo=HESSEN),
        ends_at=datetime.combine(day, time(13), tzinfo=HESSEN),
        reply_until=datetime.combine(day - timedelta(days=14), time(23, 59), tzinfo=HESSEN),
        change_until=datetime.combine(day - timedelta(days=2), time(23, 59), tzinfo=HESSEN),
        venue="Landratsamt, Besprechungsraum",
        city="Heppenheim",
        host=Organisation.objects.get(slug="kreis-bergstrasse"),
        seats=SEATS,
        agenda=agenda.read(AGENDA),
    )


def _guest(number: int, row: int) -> Person:
    name = demo_people.name(number)
    return Person(
        full_name=name, email=demo_people.email(name), function="Sachbearbeitung", row=row
    )
