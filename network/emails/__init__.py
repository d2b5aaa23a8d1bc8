"""Letters of the first floor: recipient, template, context; the service decides whether."""

from network.emails.answers import (
    answer_by_other,
    late_request,
    late_request_accepted,
    late_request_rejected,
)
from network.emails.certificates import certificate_issued
from network.emails.offices import (
    answer_received,
    invitation,
    invitation_cancelled,
    invitation_changed,
    invitation_entry_cleared,
    invitation_preview,
    invitation_test,
    invitation_withdrawn,
    names_asked,
    reminder,
)
from network.emails.people import (
    meeting_cancelled,
    meeting_changed,
    registration_cancelled,
    registration_confirmed,
    registration_copy,
    registration_promoted,
    registration_replaced,
    registration_waiting,
    registration_workshop_promoted,
    workshop_changed,
)
from network.emails.surveys import survey_asked

__all__ = [
    "answer_by_other",
    "answer_received",
    "certificate_issued",
    "invitation",
    "invitation_cancelled",
    "invitation_changed",
    "invitation_entry_cleared",
    "invitation_preview",
    "invitation_test",
    "invitation_withdrawn",
    "late_request",
    "late_request_accepted",
    "late_request_rejected",
    "meeting_cancelled",
    "meeting_changed",
    "names_asked",
    "registration_cancelled",
    "registration_confirmed",
    "registration_copy",
    "registration_promoted",
    "registration_replaced",
    "registration_waiting",
    "registration_workshop_promoted",
    "reminder",
    "survey_asked",
    "workshop_changed",
]
