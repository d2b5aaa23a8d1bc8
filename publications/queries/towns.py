"""What the portal knows about towns: the offices and partners that lie in them."""

from network.models import Organisation


def postcodes_of(*, city: str) -> list[str]:
    """Return the postcodes of organisations in a town of this name; one query."""
    rows = Organisation.objects.filter(city__iexact=city).exclude(postcode="")
    return list(rows.order_by("postcode").values_list("postcode", flat=True).distinct())
