"""Made-up answers and check-ins of meetings that are over; straight into the tables.

One took place twelve days ago and waits for its minutes, one is documented, and the second
meeting of the network, which is history, gets made-up guests. The report counts only the run time
of the programme, so the two invented meetings change none of its figures.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction

from network.enums import (
    Answer,
    Audience,
    CheckInKind,
    MeetingKind,
    MeetingStatus,
    MinutesKind,
    RegistrationStatus,
    WorkshopPlace,
)
from network.models import (
    AgendaItem,
    CheckIn,
    Invitation,
    Meeting,
    MinutesItem,
    Organisation,
    Registration,
    Workshop,
)
from network.rules import demo_people
from network.rules.agenda import read
from network.rules.deadlines import HESSEN
from network.services.agenda import write_agenda
from programme import clock, tokens
from programme.models import Programme, User

SECOND_MEETING = "2-landesnetzwerktreffen"
# Offices that have missed three meetings in a row; the board shows them in grey.
ABSENT = frozenset({"kassel", "landkreis-limburg-weilburg", "werra-meissner-kreis"})


class Past(NamedTuple):
    """One invented meeting that is over."""

    slug: str
    title: str
    topic: str
    question: str
    status: MeetingStatus
    days_ago: int
    venue: str
    city: str
    agenda: str
    workshops: tuple[str, ...]
    first_guest: int


LATEST = Past(
    slug="fachaustausch-erstvorsprache",
    title="Fachaustausch Erstvorsprache",
    topic="Das erste Gespräch in der Ausländerbehörde",
    question="Wie gelingt es, beim ersten Gespräch Pflichten zu erklären und willkommen zu heißen?",
    status=MeetingStatus.HELD,
    days_ago=12,
    venue="Stadthaus, Sitzungssaal",
    city="Offenbach am Main",
    agenda="""09:30 Ankommen
10:00 Begrüßung
10:15 Was beim ersten Gespräch zählt | Ausländerbehörde Offenbach
11:30 Dolmetschen: wann, wer, wie bezahlt? | Ausländerbehörde Kassel
13:15 Workshops
14:30 Verabredungen""",
    workshops=("Merkblätter, die man versteht", "Dolmetschen am Schalter"),
    first_guest=20,
)
EARLIER = Past(
    slug="fachaustausch-dokumentenpruefung",
    title="Fachaustausch Dokumentenprüfung",
    topic="Dokumente sicher prüfen, Menschen fair behandeln",
    question="Wie bleibt die Prüfung gründlich, ohne Vertrauen zu verspielen?",
    status=MeetingStatus.DOCUMENTED,
    days_ago=150,
    venue="Landratsamt, Raum 1.12",
    city="Marburg",
    agenda="""10:00 Begrüßung
10:15 Echt oder falsch: Übungen an Mustern | Ausländerbehörde Marburg
13:00 Wenn Zweifel bleiben
14:30 Verabredungen""",
    workshops=(),
    first_guest=60,
)
MINUTES = (
    (1, MinutesKind.NOTE, "Ein zweites Augenpaar fand in der Übung doppelt so viele Fehler.", ""),
    (2, MinutesKind.NOTE, "Zweifel werden in einem Satz begründet und erklärt.", ""),
    (3, MinutesKind.DECISION, "Die Übungsmuster wandern einmal durch alle Behörden.", "Marburg"),
    (3, MinutesKind.DECISION, "Das Programmteam sammelt Textbausteine.", "Programmteam"),
)


@transaction.atomic
def load(*, programme: Programme, network: Sequence[Organisation], by: User) -> None:
    """Enter the guests of the second meeting of the network and two invented meetings; once."""
    second = Meeting.objects.get(slug=SECOND_MEETING)
    if not second.invitations.exists():
        for number, organisation in enumerate(network):
            comes = organisation.slug not in ABSENT and number % 7 != 5
            invitation = _invitation(second, organisation, comes=comes)
            for person in range(1 + number % 2) if invitation.answered_at else ():
                _guest(invitation, 300 + 2 * number + person)
    for past in (EARLIER, LATEST):
        if not Meeting.objects.filter(slug=past.slug).exists():
            _hold(past, _meeting(programme, past), network, by)
    _minutes(Meeting.objects.get(slug=EARLIER.slug))


def _meeting(programme: Programme, past: Past) -> Meeting:
    day = clock.today() - timedelta(days=past.days_ago)
    starts_at = datetime.combine(day, time(10), tzinfo=HESSEN)
    meeting = Meeting.objects.create(
        programme=programme,
        kind=MeetingKind.WORKSHOP,
        title=past.title,
        slug=past.slug,
        topic=past.topic,
        balance_question=past.question,
        status=past.status,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=5),
        reply_until=starts_at - timedelta(days=14),
        venue=past.venue,
        city=past.city,
        seats=60,
        created_at=starts_at - timedelta(weeks=10),
    )
    write_agenda(meeting=meeting, lines=read(past.agenda))
    for position, title in enumerate(past.workshops, 1):
        Workshop.objects.create(
            meeting=meeting,
            position=position,
            title=title,
            begins=time(13, 15),
            ends=time(14, 15),
            seats=20,
        )
    return meeting


def _hold(past: Past, meeting: Meeting, network: Sequence[Organisation], by: User) -> None:
    """Invite everybody; some stay silent or decline, one in nine people does not turn up."""
    choice = list(meeting.workshops.all())
    for number, organisation in enumerate(network):
        answer = _answer(organisation, number)
        invitation = _invitation(meeting, organisation, comes=answer == Answer.COMING)
        if answer in {Answer.DECLINED, Answer.REPRESENTED}:
            invitation.answer, invitation.answered_at = answer, invitation.invited_at
            invitation.represented_by = "die Nachbarbehörde" if answer == Answer.REPRESENTED else ""
            invitation.save(update_fields=["answer", "answered_at", "represented_by"])
        if answer != Answer.COMING:
            continue
        for place in range(1 + (number + past.days_ago) % 2):
            guest = _guest(invitation, past.first_guest + 2 * number + place)
            if choice:
                guest.workshop = choice[(number + place) % len(choice)]
                guest.workshop_place = WorkshopPlace.CONFIRMED
            if past.status == MeetingStatus.DOCUMENTED:
                guest.email = ""  # deleted four weeks after the meeting
            if (number + place) % 9:
                _arrive(guest, minute=(7 * number + 3 * place) % 40, by=by)
            guest.save()


def _answer(organisation: Organisation, number: int) -> Answer:
    if organisation.slug in ABSENT:
        return Answer.OPEN
    if number % 9 == 5:
        return Answer.DECLINED
    return Answer.REPRESENTED if number % 13 == 6 else Answer.COMING


def _invitation(meeting: Meeting, organisation: Organisation, *, comes: bool) -> Invitation:
    seed, digest = tokens.issue("invitation")
    starts_at = meeting.starts_at or clock.now()
    return Invitation.objects.create(
        meeting=meeting,
        organisation=organisation,
        token_seed=seed,
        token_digest=digest,
        invited_at=starts_at - timedelta(weeks=6),
        answer=Answer.COMING if comes else Answer.OPEN,
        answered_at=starts_at - timedelta(weeks=3) if comes else None,
    )


def _guest(invitation: Invitation, number: int) -> Registration:
    seed, digest = tokens.issue("registration")
    full_name = demo_people.name(number)
    return Registration.objects.create(
        meeting=invitation.meeting,
        invitation=invitation,
        full_name=full_name,
        email=demo_people.email(full_name),
        status=RegistrationStatus.CONFIRMED,
        token_seed=seed,
        token_digest=digest,
        registered_at=invitation.answered_at or clock.now(),
    )


def _arrive(guest: Registration, *, minute: int, by: User) -> None:
    """Check in somewhere in the forty minutes before the meeting begins."""
    starts_at = guest.meeting.starts_at or clock.now()
    guest.arrived_at = starts_at - timedelta(minutes=minute)
    CheckIn.objects.create(
        registration=guest,
        kind=CheckInKind.ARRIVED,
        happened_at=guest.arrived_at,
        recorded_at=guest.arrived_at,
        by=by,
    )


def _minutes(meeting: Meeting) -> None:
    """Write and release what was agreed at the documented meeting; once."""
    if meeting.minutes.exists():
        return
    items: list[AgendaItem] = list(meeting.agenda.all())
    day = clock.day_of(meeting.starts_at) if meeting.starts_at else clock.today()
    for position, (item, kind, text, owner) in enumerate(MINUTES, 1):
        MinutesItem.objects.create(
            meeting=meeting,
            agenda_item=items[item],
            position=position,
            kind=kind,
            text=text,
            owner=owner,
            due_on=day + timedelta(days=60) if owner else None,
            done_on=day + timedelta(days=48) if owner == "Marburg" else None,
        )
    meeting.minutes_audience = Audience.PUBLIC
    meeting.minutes_released_at = meeting.starts_at and meeting.starts_at + timedelta(days=10)
    meeting.save(update_fields=["minutes_audience", "minutes_released_at"])
