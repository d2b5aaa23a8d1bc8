"""The letter with the link to an anonymous survey."""

from network.emails.addresses import meeting_url
from network.models import Registration, Survey
from programme import outbox
from programme.models import OutgoingMail


def survey_asked(registration: Registration, *, survey: Survey, url: str) -> OutgoingMail:
    """Ask a person who took part how it was; the link says nothing about them."""
    meeting = registration.meeting
    return outbox.queue(
        letter="network/survey_asked",
        to=registration.email,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": meeting_url(meeting),
            "registration": registration,
            "survey": survey,
            "questions": len(survey.questions),
            "survey_url": url,
        },
        reply_to=meeting.programme.contact_email,
    )
