"""Asks offices what became of the practice cards they try, once after each meeting."""

from django.db import transaction

from network.models import Contact, Meeting
from programme import clock, jobs, tokens
from sites import emails
from sites.enums import AdoptionState
from sites.models import Adoption

DAY = 24 * 60 * 60


@jobs.job(every=DAY)
@transaction.atomic
def ask_offices() -> int:
    """Write to each office that tries a card, as soon as a meeting took place since it began.

    Each office is asked once a meeting; one without a contact is asked when it has one. Returns
    the number of questions.
    """
    meetings = Meeting.objects.took_place().filter(
        starts_at__isnull=False, starts_at__lte=clock.now(), programme__is_current=True
    )
    latest = meetings.order_by("-starts_at", "-pk").first()
    if latest is None or latest.day is None:
        return 0
    rows = (
        Adoption.objects.select_for_update(of=("self",))
        .filter(state=AdoptionState.TRYING, started_on__lt=latest.day)
        .select_related("card", "organisation", "asked_at_meeting")
        .order_by("pk")
    )
    return sum(_ask(row, latest) for row in rows)


def _ask(adoption: Adoption, meeting: Meeting) -> bool:
    asked = adoption.asked_at_meeting
    if asked and (asked.starts_at is None or meeting.starts_at is None):
        return False
    if asked and asked.starts_at and meeting.starts_at and asked.starts_at >= meeting.starts_at:
        return False
    contacts = list(Contact.objects.addressed().filter(organisation=adoption.organisation_id))
    if not contacts:
        return False
    adoption.asked_at_meeting = meeting
    if not adoption.token_digest:
        adoption.token_seed, adoption.token_digest = tokens.issue("adoption")
    adoption.save(update_fields=["asked_at_meeting", "token_seed", "token_digest"])
    for contact in contacts:
        emails.adoption_question(adoption, contact)
    return True
