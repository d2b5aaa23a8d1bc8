"""Made-up contacts, answers and registrations, so that every page has something to show."""

from datetime import datetime, time, timedelta

from django.db import transaction

from network.enums import Answer, ContactKind, MeetingKind, RegistrationStatus
from network.models import (
    AgendaItem,
    CalendarReply,
    Certificate,
    Contact,
    Invitation,
    Material,
    Meeting,
    Membership,
    MinutesItem,
    Organisation,
    Registration,
    Reminder,
    Survey,
    Workshop,
)
from network.rules import agenda, demo_people
from network.rules.deadlines import HESSEN
from network.rules.meetings import Plan
from network.services import answers, invitations, meetings, registrations
from network.services.master_meetings import DOCUMENTED_MEETINGS
from network.services.registrations import Person
from programme import clock, tokens
from programme.models import Programme, User

MEMBERS = {
    "mitglied@example.org": "fulda",
    "standort@example.org": "giessen",
    "standort2@example.org": "wiesbaden",
}
SEATS = 31
AGENDA = """09:30 Ankommen
10:00 Begrüßung
10:15 Termine online vergeben: was sich bewährt hat | Ausländerbehörde Wiesbaden
11:15 Notfälle ohne Termin: wer entscheidet am Empfang? | Ausländerbehörde Gießen
12:15 Mittagspause
13:15 Werkstatt in zwei Gruppen
14:45 Ergebnisse und Verabredungen"""
REASONS = (
    "Personalengpass in der Urlaubszeit",
    "Terminüberschneidung mit der Kreistagssitzung",
    "",
    "Umzug des Amtes in derselben Woche",
    "Das Thema ist bei uns abgeschlossen",
)
SECOND_MEETING = "2-landesnetzwerktreffen"


@transaction.atomic
def load(*, programme: Programme, people: dict[str, User]) -> None:
    """Enter contacts, memberships, the next meeting with its answers, and old registrations.

    The next meeting lies six weeks ahead, so that inviting and registering can be tried at once.
    """
    for number, organisation in enumerate(_network()):
        _contact(organisation, number)
    for address, slug in MEMBERS.items():
        Membership.objects.get_or_create(
            user=people[address],
            organisation=Organisation.objects.get(slug=slug),
            defaults={"starts_on": programme.starts_on},
        )
    _next_meeting(programme, people["team@example.org"])
    _second_meeting()


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out contacts, memberships, answers and every meeting that is not documented."""
    Certificate.objects.filter(registration__meeting__programme=programme).delete()
    Material.objects.filter(meeting__programme=programme).delete()
    CalendarReply.objects.all().delete()
    registered = Registration.objects.filter(meeting__programme=programme)
    registered.update(replaces=None)
    registered.delete()
    Invitation.objects.filter(meeting__programme=programme).delete()
    documented = [meeting["slug"] for meeting in DOCUMENTED_MEETINGS]
    for part in (AgendaItem, Workshop, Reminder, MinutesItem, Survey):
        part.objects.filter(meeting__programme=programme).delete()
    Meeting.objects.filter(programme=programme).exclude(slug__in=documented).delete()
    Contact.objects.all().delete()
    Membership.objects.all().delete()


def _network() -> list[Organisation]:
    return list(Organisation.objects.state_network(clock.today()).order_by("slug"))


def _contact(organisation: Organisation, number: int) -> None:
    prefix = "abh-" if organisation.region and not organisation.slug.startswith("rp-") else ""
    Contact.objects.get_or_create(
        organisation=organisation,
        email=f"{prefix}{organisation.slug}@example.org",
        defaults={
            "kind": ContactKind.MAIN,
            "name": demo_people.name(number),
            "function": "Leitung" if prefix else "Referat Ausländerrecht",
        },
    )


def _next_meeting(programme: Programme, office: User) -> None:
    if Meeting.objects.filter(programme=programme, kind=MeetingKind.WORKSHOP).exists():
        return
    meeting = meetings.draft(programme=programme, plan=_plan(), by=office)
    sent = invitations.invite(meeting=meeting, organisations=_network(), by=office)
    by_slug = {invitation.organisation.slug: invitation for invitation in sent}
    for number, invitation in enumerate(by_slug[slug] for slug in sorted(by_slug)):
        _answer(invitation, number)


def _plan() -> Plan:
    earliest = clock.today() + timedelta(weeks=6)
    day = earliest + timedelta(days=(3 - earliest.weekday()) % 7)  # a Thursday
    return Plan(
        title="Fachaustausch Terminvergabe",
        kind=MeetingKind.WORKSHOP,
        topic="Termine gerecht und verlässlich vergeben",
        description="Lange Schlangen am Morgen oder wochenlanges Warten auf einen Termin: Viele "
        "Ausländerbehörden suchen einen Weg dazwischen. Drei Behörden berichten, was sie "
        "verändert haben und was sie heute anders machen würden.",
        balance_question="Wie bleibt genug Zeit für Beratung, wenn Fristen und Sicherheitsfragen "
        "sofortiges Handeln verlangen?",
        starts_at=datetime.combine(day, time(10), tzinfo=HESSEN),
        ends_at=datetime.combine(day, time(15, 30), tzinfo=HESSEN),
        reply_until=datetime.combine(day - timedelta(days=14), time(23, 59), tzinfo=HESSEN),
        venue="Regierungspräsidium Gießen, Großer Saal",
        street="Landgraf-Philipp-Platz 1–7",
        postcode="35390",
        city="Gießen",
        host=Organisation.objects.get(slug="rp-giessen"),
        seats=SEATS,
        agenda=agenda.read(AGENDA),
    )


def _answer(invitation: Invitation, number: int) -> None:
    """Answer as offices do: two of three answer, most of them come, mostly with two people."""
    if number % 3 == 2:
        return
    if number % 10 == 4:
        answers.decline(invitation=invitation, reason=REASONS[number // 10])
    elif number % 10 == 7:
        neighbour = "den Landkreis" if "kreis" not in invitation.organisation.slug else "die Stadt"
        answers.represent(invitation=invitation, represented_by=neighbour)
    else:
        guests = [_guest(invitation, 100 + number)]
        if number % 4:
            guests.append(_guest(invitation, 200 + number, row=2))
        registrations.register(invitation=invitation, people=guests, accept_waiting=True)


def _guest(invitation: Invitation, number: int, *, row: int = 1) -> Person:
    person = demo_people.name(number)
    return Person(
        full_name=person,
        email=demo_people.email(person),
        function="Sachbearbeitung" if row == 1 else "Teamleitung",
        row=row,
    )


def _second_meeting() -> None:
    """Add registrations to the documented meeting; straight into the tables, for it is over."""
    meeting = Meeting.objects.get(slug=SECOND_MEETING)
    if meeting.invitations.exists() or meeting.starts_at is None:
        return
    for number, organisation in enumerate(_network()):
        seed, digest = tokens.issue("invitation")
        comes = number % 4 != 3
        invitation = Invitation.objects.create(
            meeting=meeting,
            organisation=organisation,
            token_seed=seed,
            token_digest=digest,
            invited_at=meeting.starts_at - timedelta(weeks=6),
            answer=Answer.COMING if comes else Answer.OPEN,
            answered_at=meeting.starts_at - timedelta(weeks=3) if comes else None,
        )
        for person in range(300 + 2 * number, 301 + 2 * number + number % 2) if comes else ():
            _past_guest(invitation, demo_people.name(person))


def _past_guest(invitation: Invitation, full_name: str) -> None:
    seed, digest = tokens.issue("registration")
    Registration.objects.create(
        meeting=invitation.meeting,
        invitation=invitation,
        full_name=full_name,
        email=demo_people.email(full_name),
        status=RegistrationStatus.CONFIRMED,
        token_seed=seed,
        token_digest=digest,
        registered_at=invitation.answered_at or clock.now(),
    )
