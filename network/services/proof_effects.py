"""What the meetings hand in for the proof of use: who took part."""

from datetime import date, time

from django.db.models import QuerySet

from network.enums import TOOK_PLACE, OrganisationKind
from network.models import Registration
from programme import clock
from programme.models import Programme
from programme.queries import effects


@effects.hands_in("offices", source="Behörden mit Teilnahme an Netzwerktreffen")
def offices(*, programme: Programme, until: date) -> int:
    """Count the immigration offices that were at a meeting, each once."""
    found = _there(programme, until).order_by()
    return found.values("invitation__organisation").distinct().count()


@effects.hands_in("people", source="Teilnahmen aus Ausländerbehörden an Netzwerktreffen")
def people(*, programme: Programme, until: date) -> int:
    """Count who came from immigration offices; who came to two meetings counts twice."""
    return _there(programme, until).count()


def _there(programme: Programme, until: date) -> QuerySet[Registration]:
    return Registration.objects.attended().filter(
        meeting__programme=programme,
        meeting__status__in=TOOK_PLACE,
        meeting__starts_at__lte=clock.at(until, time.max),
        invitation__organisation__kind=OrganisationKind.IMMIGRATION_OFFICE,
    )
