"""Two colleagues of one office, and how registrations of a meeting stand."""

from network.models import Registration
from network.services.registrations import Person

OEZNUR = Person("Öznur Groß", "oeznur@example.org", "Sachbearbeitung", row=1)
JOERG = Person("Jörg Weiß", "joerg@example.org", row=2)


def states(meeting) -> dict[str, str]:
    return dict(Registration.objects.filter(meeting=meeting).values_list("email", "status"))
