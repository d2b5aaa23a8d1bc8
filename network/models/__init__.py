"""The data of the first floor."""

from network.models.agenda import AgendaItem, Workshop
from network.models.answer_entry import AnswerEntry, LateRequest
from network.models.attendance import Certificate, CheckIn, Needs
from network.models.calendar_reply import CalendarReply
from network.models.invitation import Invitation
from network.models.letter import InvitationLetter, Reminder
from network.models.meeting import Meeting
from network.models.membership import Membership
from network.models.organisation import Contact, Organisation, PublicBody
from network.models.records import (
    Material,
    MinutesItem,
    Survey,
    SurveyAnswer,
    SurveyTicket,
)
from network.models.registration import Registration

__all__ = [
    "AgendaItem",
    "AnswerEntry",
    "CalendarReply",
    "Certificate",
    "CheckIn",
    "Contact",
    "Invitation",
    "InvitationLetter",
    "LateRequest",
    "Material",
    "Meeting",
    "Membership",
    "MinutesItem",
    "Needs",
    "Organisation",
    "PublicBody",
    "Registration",
    "Reminder",
    "Survey",
    "SurveyAnswer",
    "SurveyTicket",
    "Workshop",
]
