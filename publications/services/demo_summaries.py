"""Sample summaries in three languages, written by one person and signed off by another."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from programme.models import User
from publications.enums import Variant
from publications.models import Publication, Summary
from publications.services import summaries
from publications.services.summaries import SummaryDraft

TEXTS = Path(settings.BASE_DIR) / "publications/data"
TITLES = {
    Variant.GERMAN: "Das Wichtigste in Kürze",
    Variant.EASY: "Der Bericht in Leichter Sprache",
    Variant.ENGLISH: "The report in brief",
}
REVIEWERS = {
    Variant.GERMAN: "",
    Variant.EASY: "Prüfgruppe für Leichte Sprache, Beispielstadt",
    Variant.ENGLISH: "Sprachendienst, Beispielstadt",
}


@transaction.atomic
def load(*, publication: Publication, writer: User, reader: User) -> list[Summary]:
    """Write and sign off all languages; a summary somebody has written already stays as it is."""
    made = []
    known = set(publication.summaries.values_list("variant", flat=True))
    for variant in Variant:
        if variant in known:
            continue
        body = (TEXTS / f"zusammenfassung.{variant}.md").read_text(encoding="utf-8").strip()
        draft = SummaryDraft(TITLES[variant], body, REVIEWERS[variant])
        written = summaries.write(
            publication=publication, variant=variant, draft=draft, seen=0, by=writer
        )
        made.append(summaries.sign_off(summary=written, seen=written.version, by=reader))
    return made
