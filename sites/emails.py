"""Letters of the second floor: recipient, template, context; the service decides whether."""

from collections.abc import Callable, Sequence

from django.urls import reverse

from network.models import Contact
from programme import outbox, tokens
from programme.models import OutgoingMail, Programme, User
from sites.models import Adoption, Application, CoachingDay, Site
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


def coaching_day_to_confirm(day: CoachingDay, *, to: str) -> OutgoingMail:
    """Ask the site to read a coaching day and to confirm it or give it back, by link."""
    token = tokens.token("coaching_day", day.token_seed)
    return _about_day(
        "coaching_day_to_confirm",
        day,
        to,
        outbox.absolute_url(reverse("sites:confirm_coaching_day", args=[token])),
    )


def coaching_day_returned(day: CoachingDay) -> OutgoingMail:
    """Tell the coach why the site gave a coaching day back."""
    url = reverse("sites:edit_coaching_day", args=[day.site.slug, day.pk])
    return _about_day("coaching_day_returned", day, day.coach.email, outbox.absolute_url(url))


def _about_day(letter: str, day: CoachingDay, to: str, url: str) -> OutgoingMail:
    programme = Programme.objects.current()
    return outbox.queue(
        letter=f"sites/{letter}",
        to=to,
        context={
            "programme": programme,
            "day": day,
            "site": day.site,
            "steps": list(day.next_steps.all()),
            "day_url": url,
        },
        reply_to=programme.contact_email,
    )


ApplicationLetter = Callable[[Application, str], OutgoingMail]


def application_received(application: Application, address: str) -> OutgoingMail:
    """Confirm to an office that its application arrived, and until when it can be changed."""
    return _about_application("application_received", application, address)


def application_selected(application: Application, address: str) -> OutgoingMail:
    """Tell an office that it was selected, with the reason and what comes next."""
    return _about_application("application_selected", application, address)


def application_not_selected(application: Application, address: str) -> OutgoingMail:
    """Tell an office that it was not selected, with the reason and what stays open to it."""
    return _about_application("application_not_selected", application, address)


def _about_application(letter: str, application: Application, address: str) -> OutgoingMail:
    programme = application.call.programme
    page = reverse("sites:application", args=[application.pk])
    return outbox.queue(
        letter=f"sites/{letter}",
        to=address,
        context={
            "programme": programme,
            "application": application,
            "call": application.call,
            "organisation": application.organisation,
            "application_url": outbox.absolute_url(page),
        },
        reply_to=programme.contact_email,
    )
