"""Roof command: load made-up people and data, so that every page has something to show."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from programme.errors import RuleBroken
from programme.management import loaders


class Command(BaseCommand):
    help = "Lädt Beispieldaten. Weigert sich, wenn es echte Personen gibt."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        programme = loaders.load_master_data()
        if programme.demo_loaded_at:
            self.stdout.write("Die Beispieldaten sind schon geladen.")
            return
        try:
            amount = loaders.load_demo_data(programme=programme)
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken
        self.stdout.write(f"Beispieldaten geladen, {amount} Beispielkonten.")
