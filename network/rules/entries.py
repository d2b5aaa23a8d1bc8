"""What identifies the calendar entries of a person and of an office: UID and SEQUENCE."""

from urllib.parse import urlsplit

from network.models import Invitation, Registration
from programme.outbox import absolute_url


def host() -> str:
    """Return the part of every UID behind the @: the name of the portal."""
    return urlsplit(absolute_url("/")).hostname or "localhost"


def registration_uid(registration: Registration) -> str:
    """Return the UID of a person's entry without the host; it never changes."""
    return f"anmeldung-{registration.pk}"


def invitation_uid(invitation: Invitation) -> str:
    """Return the UID of an office's entry without the host; it never changes."""
    return f"einladung-{invitation.pk}"


def registration_sequence(registration: Registration) -> int:
    """Return the SEQUENCE of a person's entry as it stands."""
    return registration.meeting.calendar_sequence + registration.calendar_sequence


def invitation_sequence(invitation: Invitation) -> int:
    """Return the SEQUENCE of an office's entry as it stands; withdrawing and restoring raise it."""
    return invitation.meeting.calendar_sequence + invitation.calendar_sequence
