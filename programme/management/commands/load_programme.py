"""Roof command: load the real master data of all floors."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from programme.management import loaders


class Command(BaseCommand):
    help = "Lädt die Stammdaten des Programms. Kann wiederholt werden."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        programme = loaders.load_master_data()
        self.stdout.write(f"Stammdaten geladen: {programme.title}.")
