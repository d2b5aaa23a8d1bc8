"""What the sites hand in for the proof of use: measures put into practice."""

from datetime import date

from django.db.models import Exists, OuterRef

from programme.models import Programme
from programme.queries import effects
from sites.enums import MeasureStatus
from sites.models import Measure, MeasureUpdate


@effects.hands_in("measures", source="umgesetzte Maßnahmen nach den Meldungen der Standorte")
def measures(*, programme: Programme, until: date) -> int:
    """Count the measures that are done and were not reported so only after that day."""
    later = MeasureUpdate.objects.filter(
        measure=OuterRef("pk"), status=MeasureStatus.DONE, happened_on__gt=until
    )
    done = Measure.objects.filter(site__programme=programme, status=MeasureStatus.DONE)
    return done.filter(~Exists(later.order_by())).count()
