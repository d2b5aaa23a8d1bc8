"""Made-up certificates: given out for the documented meeting, still to be issued for the last."""

from datetime import timedelta

from django.db import transaction

from network.models import Certificate, Meeting
from network.queries import certificates
from network.rules.certificates import new_number
from network.services.demo_past import EARLIER
from programme import clock
from programme.models import Programme, User


@transaction.atomic
def load(*, by: User) -> None:
    """Give a number to everybody who was at the documented meeting; once, without mails.

    The files are made when somebody asks for them, so that loading stays quick.
    """
    meeting = Meeting.objects.get(slug=EARLIER.slug)
    starts_at = meeting.starts_at or clock.now()
    Certificate.objects.bulk_create(
        Certificate(
            registration=person,
            number=new_number(year=clock.day_of(starts_at).year),
            issued_at=starts_at + timedelta(days=1),
            by=by,
        )
        for person in certificates.present(meeting)
        if not hasattr(person, "certificate")
    )


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out all certificates with their files."""
    rows = Certificate.objects.filter(registration__meeting__programme=programme)
    for row in rows.exclude(file=""):
        row.file.delete(save=False)
    rows.delete()
