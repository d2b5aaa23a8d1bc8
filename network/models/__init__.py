"""The first floor in rows: organisations, meetings, invitations, registrations."""

from network.models.invitation import Invitation
from network.models.meeting import AgendaItem, Meeting
from network.models.membership import Membership
from network.models.organisation import Contact, Organisation, PublicBody
from network.models.registration import Registration

__all__ = [
    "AgendaItem",
    "Contact",
    "Invitation",
    "Meeting",
    "Membership",
    "Organisation",
    "PublicBody",
    "Registration",
]
