"""Load what is known about the programme: names, money, rules, fields of action, legal pages."""

from django.db import transaction

from programme import clock
from programme.enums import LegalPageKind
from programme.models import (
    FieldOfAction,
    FundingSource,
    LegalNotice,
    LegalPage,
    Programme,
    RuleParameter,
)
from programme.services import master_texts
from programme.services.master_parameters import NUMBERS


@transaction.atomic
def load() -> Programme:
    """Add the master data that is missing and return the programme.

    Loading again changes nothing: what the administration has edited since stays as it is. The
    programme becomes the one the pages show only if no other is shown already.
    """
    programme, _ = Programme.objects.get_or_create(
        slug=master_texts.SLUG,
        defaults={
            **master_texts.PROGRAMME,
            "is_current": not Programme.objects.filter(is_current=True).exists(),
        },
    )
    _load_funding(programme)
    for position, (key, title, description, cross) in enumerate(master_texts.FIELDS_OF_ACTION, 1):
        FieldOfAction.objects.get_or_create(
            key=key,
            defaults={
                "position": position,
                "title": title,
                "description": description,
                "is_cross_cutting": cross,
            },
        )
    _load_legal_pages(programme)
    return programme


def _load_funding(programme: Programme) -> None:
    sources = {}
    for row in master_texts.SOURCES:
        sources[row["key"]], _ = FundingSource.objects.get_or_create(
            programme=programme, key=row["key"], defaults=row
        )
    for number in NUMBERS:
        RuleParameter.objects.get_or_create(
            source=sources[number.source],
            key=number.key,
            valid_from=number.valid_from,
            defaults={
                "value": number.value,
                "unit": number.unit,
                "valid_to": number.valid_to,
                "basis": number.basis,
                "is_confirmed": number.is_confirmed,
            },
        )


def _load_legal_pages(programme: Programme) -> None:
    reviewed_on = min(master_texts.REVIEWED_ON, clock.today())
    LegalNotice.objects.get_or_create(
        programme=programme,
        defaults={**master_texts.LEGAL_NOTICE, "accessibility_reviewed_on": reviewed_on},
    )
    for kind in LegalPageKind:
        text = (master_texts.LEGAL_TEXTS / f"{kind.value}.md").read_text(encoding="utf-8")
        LegalPage.objects.get_or_create(
            programme=programme, kind=kind, defaults={"body": text, "reviewed_on": reviewed_on}
        )
