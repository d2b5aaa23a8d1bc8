"""The administration keeps contact data and legal texts right."""

from typing import Any

from django.db import transaction

from programme import audit, clock
from programme.models import LegalNotice, LegalPage, User


@transaction.atomic
def edit_notice(*, notice: LegalNotice, values: dict[str, Any], by: User) -> LegalNotice:
    """Change contact data and write down what it was before."""
    locked = LegalNotice.objects.select_for_update().get(pk=notice.pk)
    changes = {}
    for name, value in values.items():
        before = getattr(locked, name)
        if before != value:
            changes[name] = [str(before), str(value)]
            setattr(locked, name, value)
    locked.save()
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
