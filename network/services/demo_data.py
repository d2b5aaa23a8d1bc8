"""Made-up contacts, memberships and meetings, so that every page has something to show."""

from django.db import transaction

from network.enums import ContactKind
from network.models import (
    AgendaItem,
    CalendarReply,
    Contact,
    Invitation,
    Meeting,
    Membership,
    MinutesItem,
    Organisation,
    Registration,
    Reminder,
    Workshop,
)
from network.rules import demo_people
from network.services import (
    demo_after,
    demo_day,
    demo_full,
    demo_letters,
    demo_next,
    demo_past,
)
from network.services.master_meetings import DOCUMENTED_MEETINGS
from programme import clock
from programme.models import Programme, User

MEMBERS = {
    "mitglied@example.org": "fulda",
    "standort@example.org": "giessen",
    "standort2@example.org": "wiesbaden",
    "standort3@example.org": "darmstadt",
    "standort4@example.org": "offenbach",
    "standort5@example.org": "main-kinzig-kreis",
    "standort6@example.org": "kreis-bergstrasse",
}
WITH_COPIES = {"fulda", "giessen"}


@transaction.atomic
def load(*, programme: Programme, people: dict[str, User]) -> None:
    """Enter contacts, memberships, two meetings to come with their answers, and earlier ones.

    The next meeting lies six weeks ahead and has free seats, so that inviting and registering can
    be tried at once; the one after it is booked out. The last one took place twelve days ago and
    waits for its minutes.
    """
    network = list(Organisation.objects.state_network(clock.today()).order_by("slug"))
    for number, organisation in enumerate(network):
        _contact(organisation, number)
    for address, slug in MEMBERS.items():
        Membership.objects.get_or_create(
            user=people[address],
            organisation=Organisation.objects.get(slug=slug),
            defaults={"starts_on": programme.starts_on},
        )
    team = people["team@example.org"]
    demo_past.load(programme=programme, network=network, by=team)
    demo_after.load(programme=programme, by=team)
    demo_next.load(programme=programme, network=network, by=team)
    demo_full.load(programme=programme, by=team)
    demo_letters.load(by=team)
    demo_day.load(by=team)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out contacts, memberships, answers and every meeting that is not documented."""
    demo_day.remove(programme=programme)
    demo_after.remove(programme=programme)
    CalendarReply.objects.all().delete()
    registered = Registration.objects.filter(meeting__programme=programme)
    registered.update(replaces=None)
    registered.delete()
    Invitation.objects.filter(meeting__programme=programme).delete()
    documented = [meeting["slug"] for meeting in DOCUMENTED_MEETINGS]
    for part in (MinutesItem, AgendaItem, Workshop, Reminder):
        part.objects.filter(meeting__programme=programme).delete()
    Meeting.objects.filter(programme=programme).exclude(slug__in=documented).delete()
    Contact.objects.all().delete()
    Membership.objects.all().delete()


def _contact(organisation: Organisation, number: int) -> None:
    prefix = "abh-" if organisation.region and not organisation.slug.startswith("rp-") else ""
    Contact.objects.get_or_create(
        organisation=organisation,
        email=f"{prefix}{organisation.slug}@example.org",
        defaults={
            "kind": ContactKind.MAIN,
            "name": demo_people.name(number),
            "function": "Leitung" if prefix else "Referat Ausländerrecht",
            "gets_copies": organisation.slug in WITH_COPIES,
        },
    )
