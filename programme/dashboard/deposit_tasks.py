"""Roof: copies of publications that libraries still wait for."""

from collections.abc import Iterator

from django.urls import reverse

from programme.dashboard.task import Task


def of_team(waiting: int, late: int) -> Iterator[Task]:
    """Ask the programme team to send what is open; say how much of it is late."""
    if not waiting:
        return
    hint = f"{late} davon überfällig" if late else "Pflichtexemplare für Bibliotheken"
    yield Task(waiting, "Pflichtexemplare abgeben", hint, reverse("publications:deposits"))
