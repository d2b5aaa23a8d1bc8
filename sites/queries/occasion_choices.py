"""Sites as occasions of vouchers."""

from django.urls import reverse

from programme.models import Programme
from programme.queries.occasion_choices import OccasionChoice
from sites.models import Site


def sites(*, programme: Programme) -> list[OccasionChoice]:
    """Return all sites of the programme by name, with the page of each."""
    return [
        OccasionChoice(
            key=f"{Site._meta.label_lower}:{site.pk}",
            title=site.name,
            group="Standorte",
            url=reverse("sites:site", args=[site.slug]),
        )
        for site in Site.objects.filter(programme=programme).order_by("name")
    ]
