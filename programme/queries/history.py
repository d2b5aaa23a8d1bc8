"""What the logbook says about a record."""

from django.db.models import Model, QuerySet

from programme.models import AuditEntry


def history_of(*subjects: Model) -> QuerySet[AuditEntry]:
    """Return the entries about one record, or several of one kind, oldest first; none without."""
    if not subjects:
        return AuditEntry.objects.none()
    entries = AuditEntry.objects.filter(
        subject_type=subjects[0]._meta.label_lower,
        subject_id__in=[str(subject.pk) for subject in subjects],
    )
    return entries.select_related("actor").order_by("at", "pk")
