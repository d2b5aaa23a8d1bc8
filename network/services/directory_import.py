"""Brings a table into the directory, exactly as its preview said."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from network.models import Organisation
from network.queries.directory_plan import Plan, Step, plan
from network.services import organisations
from programme import audit
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.sheets import Line


@transaction.atomic
def run(*, lines: Sequence[Line], seen: str, by: User) -> Plan:
    """Do what the preview with the fingerprint `seen` showed; nothing is ever deleted.

    Refuses a file with problems, and a preview the directory has moved on from.
    """
    list(Organisation.objects.select_for_update().values_list("pk"))
    made = plan(lines=lines)
    if made.problems:
        raise RuleBroken("Die Datei enthält Fehler. Es wurde nichts übernommen.")
    if made.fingerprint != seen:
        raise RuleBroken(
            "Das Verzeichnis hat sich seit der Vorschau geändert. Es wurde nichts übernommen. "
            "Bitte prüfen Sie die neue Vorschau und bestätigen Sie noch einmal."
        )
    added: dict[str, Organisation] = {}
    for step in made.steps:
        _do(step, added, by)
    audit.record(
        by=by,
        verb="directory.imported",
        subject=by,
        sentence="Verzeichnis eingelesen: "
        + ", ".join(f"{count} Zeilen {state}" for state, count in made.counts)
        + ".",
    )
    return made


def _do(step: Step, added: dict[str, Organisation], by: User) -> None:
    entry = step.entry
    organisation = step.organisation or added.get(entry.key)
    if organisation is None:
        organisation = organisations.add(details=entry.details, by=by)
        added[entry.key] = organisation
    elif step.leads and _differs(organisation, entry.details.columns()):
        organisations.change(organisation=organisation, details=entry.details, by=by)
    if entry.contact is None:
        return
    if step.contact is None:
        organisations.add_contact(organisation=organisation, details=entry.contact, by=by)
    elif _differs(step.contact, entry.contact.columns()):
        organisations.change_contact(contact=step.contact, details=entry.contact, by=by)


def _differs(row: object, columns: Mapping[str, object]) -> bool:
    return any(getattr(row, column) != value for column, value in columns.items())
