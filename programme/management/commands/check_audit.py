"""Roof command: say whether the logbook is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programme.services import logbook


class Command(BaseCommand):
    help = "Prüft das Protokoll auf Lücken und Änderungen; endet mit 1, wenn es Fehler gibt."

    def handle(self, *args: Any, **options: Any) -> None:
        found = logbook.check()
        if found.fault:
            raise CommandError(found.sentence, returncode=1)
        self.stdout.write(found.sentence)
