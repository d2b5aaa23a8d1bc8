"""Addresses of pages as they stand in mails."""

from django.urls import reverse

from network.models import Invitation, Meeting, Registration
from programme import outbox, tokens


def invitation_url(invitation: Invitation) -> str:
    """Return the office's own link."""
    token = tokens.token("invitation", invitation.token_seed)
    return outbox.absolute_url(reverse("network:invitation", args=[token]))


def registration_url(registration: Registration) -> str:
    """Return a person's own link."""
    token = tokens.token("registration", registration.token_seed)
    return outbox.absolute_url(reverse("network:registration", args=[token]))


def meeting_url(meeting: Meeting) -> str:
    """Return the public page of a meeting."""
    return outbox.absolute_url(reverse("network:meeting", args=[meeting.slug]))
