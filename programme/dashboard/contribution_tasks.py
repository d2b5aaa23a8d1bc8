"""Roof: what the start page asks about the part of the report each site writes."""

from django.urls import reverse

from programme.dashboard.task import Task
from sites.models import Site
from sites.rules.contributions import WITH_THE_SITE


def of_staff(site: Site) -> list[Task]:
    """Ask the staff of a site to write, once a day is set; `site` brings its contribution."""
    row = getattr(site, "contribution", None)
    if row is None or row.due_on is None or row.state not in WITH_THE_SITE:
        return []
    address = reverse("sites:write_contribution", args=[site.slug])
    hint = "zurückgegeben, bitte überarbeiten" if row.state_reason else "Ihr Teil des Berichts"
    return [Task(1, f"Beitrag schreiben, fällig am {row.due_on:%d.%m.%Y}", hint, address)]


def of_team(waiting: int) -> list[Task]:
    """Ask the programme team to read what was handed in."""
    if not waiting:
        return []
    word = "Beitrag freigeben" if waiting == 1 else "Beiträge freigeben"
    return [Task(waiting, word, "von Standorten abgegeben", reverse("sites:contributions"))]
