"""Letters of the second floor: recipient, template, context; the service decides whether."""

from collections.abc import Sequence

from django.urls import reverse

from network.models import Contact
from programme import outbox, tokens
from programme.models import OutgoingMail, Programme, User
from sites.models import Adoption, Site
from sites.queries.indicators import Gap


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


def missing_indicators(site: Site, person: User, gaps: Sequence[Gap]) -> OutgoingMail:
    """Remind a person at a site of the values that are missing, with a link to enter them."""
    path = reverse("sites:enter_indicators", args=[site.slug, gaps[0].address])
    return outbox.queue(
        letter="sites/missing_indicators",
        to=person.email,
        context={
            "programme": site.programme,
            "site": site,
            "person": person,
            "gaps": gaps,
            "enter_url": outbox.absolute_url(path),
        },
        reply_to=site.programme.contact_email,
    )
