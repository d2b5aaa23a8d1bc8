"""What lies in the outbox."""

from programme.models import OutgoingMail


def letters() -> list[tuple[str, str]]:
    """Return all letters and their recipients, in the order they were written."""
    return list(OutgoingMail.objects.order_by("pk").values_list("letter", "recipient"))


def newest() -> OutgoingMail:
    """Return the letter written last."""
    return OutgoingMail.objects.latest("pk")
