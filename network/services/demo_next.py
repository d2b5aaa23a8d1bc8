"""The made-up meeting that comes next: hybrid, three workshops, two of three offices answered."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from network.enums import AttendanceMode, MeetingKind, MeetingMode
from network.models import Invitation, Meeting, Organisation
from network.rules import agenda, demo_people
from network.rules.deadlines import HESSEN
from network.rules.meetings import Plan
from network.rules.workshops import WorkshopPlan
from network.services import answers, invitations, meetings, registrations, workshops
from network.services.registrations import Person
from programme import clock
from programme.models import FieldOfAction, Programme, User

SLUG = "fachaustausch-terminvergabe"
SEATS_ON_SITE, SEATS_ONLINE = 30, 18  # who registers first finds a free seat in both
AGENDA = """09:30 Ankommen
10:00 Begrüßung
10:15 Termine online vergeben: was sich bewährt hat | Ausländerbehörde Wiesbaden
11:15 Notfälle ohne Termin: wer entscheidet am Empfang? | Ausländerbehörde Gießen
12:15 Mittagspause
13:15 Workshops
14:45 Ergebnisse und Verabredungen"""
# title, room, seats, who leads, field of action
WORKSHOPS = (
    ("Termine online vergeben", "Raum 1", 12, "Ausländerbehörde Wiesbaden", "public_appearance"),
    ("Notfälle am Empfang", "Raum 2", 8, "Ausländerbehörde Gießen", "internal_organisation"),
    ("Zeit für Beratung, Zeit für Fristen", "Großer Saal", None, "Programmteam", "balance"),
)
REASONS = (
    "Personalengpass in der Urlaubszeit",
    "Terminüberschneidung mit der Kreistagssitzung",
    "",
    "Umzug des Amtes in derselben Woche",
    "Das Thema ist bei uns abgeschlossen",
)
DIETS = {101: ("vegetarian",), 112: ("halal",), 118: ("vegan", "gluten_free"), 203: ("halal",)}
ACCESS = {109: "Rollstuhl, Platz am Gang"}


@transaction.atomic
def load(*, programme: Programme, network: Sequence[Organisation], by: User) -> None:
    """Plan the meeting, invite the network and let two of three answer; once."""
    if Meeting.objects.filter(programme=programme, slug=SLUG).exists():
        return
    meeting = meetings.draft(programme=programme, plan=_plan(), by=by)
    choice = [workshops.add(meeting=meeting, plan=_workshop(*row), by=by).pk for row in WORKSHOPS]
    sent = invitations.invite(meeting=meeting, organisations=network, by=by)
    by_slug = {invitation.organisation.slug: invitation for invitation in sent}
    for number, slug in enumerate(sorted(by_slug)):
        _answer(by_slug[slug], number, choice)


def _plan() -> Plan:
    earliest = clock.today() + timedelta(weeks=6)
    day = earliest + timedelta(days=(3 - earliest.weekday()) % 7)  # a Thursday
    return Plan(
        title="Fachaustausch Terminvergabe",
        kind=MeetingKind.WORKSHOP,
        mode=MeetingMode.HYBRID,
        topic="Termine gerecht und verlässlich vergeben",
        description="Lange Schlangen am Morgen oder wochenlanges Warten auf einen Termin: Viele "
        "Ausländerbehörden suchen einen Weg dazwischen. Zwei Behörden berichten, was sie "
        "verändert haben und was sie heute anders machen würden.",
        balance_question="Wie bleibt genug Zeit für Beratung, wenn Fristen und Sicherheitsfragen "
        "sofortiges Handeln verlangen?",
        starts_at=datetime.combine(day, time(10), tzinfo=HESSEN),
        ends_at=datetime.combine(day, time(15, 30), tzinfo=HESSEN),
        reply_until=datetime.combine(day - timedelta(days=14), time(23, 59), tzinfo=HESSEN),
        change_until=datetime.combine(day - timedelta(days=2), time(23, 59), tzinfo=HESSEN),
        venue="Regierungspräsidium Gießen, Großer Saal",
        street="Landgraf-Philipp-Platz 1–7",
        postcode="35390",
        city="Gießen",
        host=Organisation.objects.get(slug="rp-giessen"),
        seats=SEATS_ON_SITE,
        online_seats=SEATS_ONLINE,
        online_url="https://konferenz.example.org/fachaustausch",
        agenda=agenda.read(AGENDA),
    )


def _workshop(title: str, room: str, seats: int | None, speaker: str, field: str) -> WorkshopPlan:
    return WorkshopPlan(
        title=title,
        room=room,
        seats=seats,
        speaker=speaker,
        field_of_action=FieldOfAction.objects.filter(key=field).first(),
        begins=time(13, 15),
        ends=time(14, 45),
    )


def _answer(invitation: Invitation, number: int, choice: Sequence[int]) -> None:
    """Answer as offices do: two of three answer, most of them come, mostly with two people."""
    if number % 3 == 2:
        return
    if number % 10 == 4:
        answers.decline(invitation=invitation, reason=REASONS[number // 10])
    elif number % 10 == 7:
        neighbour = "den Landkreis" if "kreis" not in invitation.organisation.slug else "die Stadt"
        answers.represent(invitation=invitation, represented_by=neighbour)
    else:
        guests = [_guest(100 + number, 1, choice)]
        if number % 4:
            guests.append(_guest(200 + number, 2, choice))
        registrations.register(invitation=invitation, people=guests, accept_waiting=True)


def _guest(number: int, row: int, choice: Sequence[int]) -> Person:
    person = demo_people.name(number)
    return Person(
        full_name=person,
        email=demo_people.email(person),
        function="Sachbearbeitung" if row == 1 else "Teamleitung",
        mode=AttendanceMode.ONLINE if number % 4 == 1 else AttendanceMode.ON_SITE,
        workshop=[*choice, None][(number + row) % 4],
        diet=DIETS.get(number, ()),
        access=ACCESS.get(number, ""),
        row=row,
    )
