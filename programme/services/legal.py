"""The administration keeps contact data and legal texts right."""

from typing import Any

from django.db import transaction

from programme import audit, clock
from programme.models import LegalNotice, LegalPage, Programme, User


@transaction.atomic
def edit_notice(*, notice: LegalNotice, values: dict[str, Any], by: User) -> LegalNotice:
    """Change contact data and write down what it was before."""
    locked = LegalNotice.objects.select_for_update().get(pk=notice.pk)
    changes = _set(locked, values)
    if changes:
        audit.record(
            by=by,
            verb="legal_notice.changed",
            subject=locked,
            sentence="Die Anbieterangaben wurden geändert.",
            changes=changes,
        )
    return locked


@transaction.atomic
def edit_programme_notices(*, programme: Programme, values: dict[str, Any], by: User) -> Programme:
    """Change the order mailbox and the notices in print, and write down what they were before.

    Editions that are published keep their words; a manuscript has to be signed off again.
    """
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    changes = _set(locked, values)
    if changes:
        audit.record(
            by=by,
            verb="programme.notices_changed",
            subject=locked,
            sentence="Bestellpostfach oder Hinweise der Publikationen wurden geändert.",
            changes=changes,
        )
    return locked


def _set(row: LegalNotice | Programme, values: dict[str, Any]) -> dict[str, list[str]]:
    """Save what differs; return each changed column with its value before and now."""
    changes = {
        name: [str(getattr(row, name)), str(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name in changes:
        setattr(row, name, values[name])
    row.save()
    return changes


@transaction.atomic
def edit_page(*, page: LegalPage, body: str, by: User) -> LegalPage:
    """Change the text of a legal page; it counts as reviewed today."""
    locked = LegalPage.objects.select_for_update().get(pk=page.pk)
    before, locked.body, locked.reviewed_on = locked.body, body, clock.today()
    locked.save(update_fields=["body", "reviewed_on"])
    audit.record(
        by=by,
        verb="legal_page.changed",
        subject=locked,
        sentence=f"Die Seite „{locked.get_kind_display()}“ wurde geändert.",
        changes={"body": [before, body]},
    )
    return locked
