"""Collect answers from calendars and returned mails by hand or by a timer of the system."""

import imaplib
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from network.services import mailbox


class Command(BaseCommand):
    help = "Holt Antworten aus Kalendern und zurückgekommene E-Mails aus dem Postfach (IMAP_URL)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IMAP_URL:
            raise CommandError("Es ist kein Postfach eingerichtet: IMAP_URL fehlt.")
        try:
            counts = mailbox.collect.call()
        except ImproperlyConfigured as wrong:
            raise CommandError(str(wrong)) from wrong
        except (imaplib.IMAP4.error, OSError) as error:
            raise CommandError(f"Das Postfach ist nicht erreichbar: {error}") from error
        self.stdout.write(
            f"Antworten: {counts['answers']}, zurückgekommene E-Mails: {counts['bounces']}, "
            f"nicht lesbar: {counts['broken']}."
        )
