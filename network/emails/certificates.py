"""The letter that comes with a certificate."""

from django.urls import reverse

from network.emails.addresses import meeting_url
from network.models import Registration
from programme import outbox, tokens
from programme.models import OutgoingMail


def certificate_issued(registration: Registration) -> OutgoingMail:
    """Tell a person where the certificate lies; the file itself does not travel by mail."""
    meeting = registration.meeting
    token = tokens.token("registration", registration.token_seed)
    return outbox.queue(
        letter="network/certificate_issued",
        to=registration.email,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": meeting_url(meeting),
            "registration": registration,
            "organisation": registration.invitation.organisation,
            "certificate": registration.certificate,
            "certificate_url": outbox.absolute_url(reverse("network:certificate", args=[token])),
            "verify_url": outbox.absolute_url(reverse("network:verify_certificate")),
        },
        reply_to=meeting.programme.contact_email,
    )
