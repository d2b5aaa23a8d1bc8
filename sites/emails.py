"""Letters of the second floor: recipient, template, context; the service decides whether."""

from django.urls import reverse

from network.models import Contact
from programme import outbox, tokens
from programme.models import OutgoingMail, Programme
from sites.models import Adoption


def adoption_question(adoption: Adoption, contact: Contact) -> OutgoingMail:
    """Ask an office what became of the practice card it tries, with a link to answer."""
    programme = Programme.objects.current()
    token = tokens.token("adoption", adoption.token_seed)
    return outbox.queue(
        letter="sites/adoption_question",
        to=contact.email,
        context={
            "programme": programme,
            "card": adoption.card,
            "organisation": adoption.organisation,
            "contact": contact,
            "meeting": adoption.asked_at_meeting,
            "started_on": adoption.started_on,
            "answer_url": outbox.absolute_url(reverse("sites:adoption_answer", args=[token])),
        },
        reply_to=programme.contact_email,
    )
