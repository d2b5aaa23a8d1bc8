"""The administration keeps contact data and legal texts right."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import LegalNotice, LegalPage, Programme, User
from programme.rules.legal import mark_of


class LegalClash(RuleBroken):
    """Somebody else saved after the form was opened; `current` is what stands now."""

    def __init__(self, current: LegalNotice | LegalPage | Programme) -> None:
        super().__init__(
            "Jemand anderes hat diese Angaben geändert, während Sie sie bearbeitet haben. Es wurde "
            "nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie dann "
            "noch einmal."
        )
        self.current = current


@transaction.atomic
def edit_notice(*, notice: LegalNotice, values: dict[str, Any], seen: str, by: User) -> LegalNotice:
    """Change contact data and write down what it was before.

    Refuses to overwrite what somebody else saved since the mark `seen` (LegalClash).
    """
    locked = LegalNotice.objects.select_for_update().get(pk=notice.pk)
    _refuse_clash(locked, values, seen)
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
def edit_programme_notices(
    *, programme: Programme, values: dict[str, Any], seen: str, by: User
) -> Programme:
    """Change the order mailbox and the notices in print, and write down what they were before.

    Editions that are published keep their words; a manuscript has to be signed off again.
    Refuses to overwrite what somebody else saved since the mark `seen` (LegalClash).
    """
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    _refuse_clash(locked, values, seen)
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


def _refuse_clash(
    row: LegalNotice | LegalPage | Programme, values: Iterable[str], seen: str
) -> None:
    if mark_of(row, values) != seen:
        raise LegalClash(row)


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
def edit_page(*, page: LegalPage, body: str, seen: str, by: User) -> LegalPage:
    """Change the text of a legal page; it counts as reviewed today.

    Refuses to overwrite what somebody else saved since the mark `seen` (LegalClash).
    """
    locked = LegalPage.objects.select_for_update().get(pk=page.pk)
    _refuse_clash(locked, ["body"], seen)
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
