"""The files of a meeting as the programme team sees them."""

from django.db.models import QuerySet

from network.models import Material, Meeting
from programme.models import AuditEntry


def of_meeting(meeting: Meeting) -> QuerySet[Material]:
    """Return all files of a meeting by title."""
    return Material.objects.filter(meeting=meeting).order_by("title", "pk")


def versions(material: Material) -> QuerySet[AuditEntry]:
    """Return what happened to a file, the latest first."""
    return AuditEntry.objects.filter(
        subject_type="network.material", subject_id=str(material.pk)
    ).order_by("-at", "-pk")
