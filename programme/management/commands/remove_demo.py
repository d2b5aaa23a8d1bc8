"""Roof command: take the made-up data out again and leave the master data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from programme.errors import RuleBroken
from programme.management import loaders
from programme.models import Programme
from programme.services import demo_data


class Command(BaseCommand):
    help = "Entfernt alle Beispieldaten; die Stammdaten bleiben."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo_data.refuse_real_people()
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken
        programme = Programme.objects.filter(demo_loaded_at__isnull=False).first()
        if programme is None:
            self.stdout.write("Es sind keine Beispieldaten geladen.")
            return
        loaders.remove_demo_data(programme=programme)
        self.stdout.write("Die Beispieldaten sind entfernt.")
