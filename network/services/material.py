"""Files of a meeting: added after a check of their content, released, replaced, removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from django.core.files import File
from django.db import transaction

from network.enums import Audience
from network.models import Material, Meeting
from programme import audit, clock, storing
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.uploads import CheckedFile

LONGEST_STEM = 110


@dataclass(frozen=True)
class NewFile:
    """A file that passed the check."""

    checked: CheckedFile
    content: File[bytes]


@dataclass(frozen=True)
class About:
    """What is said about a file, who reads it, and from which day on (None: at once)."""

    title: str = ""
    description: str = ""
    audience: Audience = Audience.TEAM
    release_on: date | None = None


@transaction.atomic
def add(*, meeting: Meeting, files: Sequence[NewFile], about: About, by: User) -> list[Material]:
    """Keep files of a meeting; without a title, or with several files, the names are the titles.

    The same content twice is kept once. Refuses nothing the check of the content let through.
    """
    row = Meeting.objects.locked(meeting.pk)
    known = set(row.material.values_list("sha256", flat=True))
    kept = []
    for new in files:
        if new.checked.sha256 in known:
            continue
        known.add(new.checked.sha256)
        stem = PurePosixPath(new.checked.name).stem
        title = about.title if about.title and len(files) == 1 else stem
        material = Material(
            meeting=row,
            title=title[:160],
            description=about.description,
            audience=about.audience,
            release_on=about.release_on,
            by=by,
        )
        _store(material, new)
        kept.append(material)
        _note(material, "added", f"Material „{material.title}“ hinzugefügt.", by)
    return kept


@transaction.atomic
def describe(*, material: Material, about: About, by: User) -> Material:
    """Change what is said about a file, who reads it and from when; refuses an empty title."""
    row = _locked(material)
    if not about.title.strip():
        raise RuleBroken("Bitte geben Sie einen Titel an.", field="title")
    names = ("title", "description", "audience", "release_on")
    changes = {
        name: [str(getattr(row, name)), str(getattr(about, name))]
        for name in names
        if getattr(row, name) != getattr(about, name)
    }
    for name in names:
        setattr(row, name, getattr(about, name))
    row.save(update_fields=names)
    if changes:
        _note(row, "described", f"Angaben zu „{row.title}“ geändert.", by, changes)
    return row


@transaction.atomic
def release(*, material: Material, audience: Audience, by: User) -> Material:
    """Let an audience read a file from today on; the team alone means taking it back."""
    row = _locked(material)
    row.audience = audience
    row.release_on = None if audience == Audience.TEAM else clock.today()
    row.save(update_fields=["audience", "release_on"])
    _note(row, "released", f"Material „{row.title}“: {audience.label}.", by)
    return row


@transaction.atomic
def replace(*, material: Material, new: NewFile, note: str, by: User) -> Material:
    """Put a new version in the place of a file; links stay, the old file is deleted.

    `note` says what changed and stands in the history. Refuses the same content again.
    """
    row = _locked(material)
    if new.checked.sha256 == row.sha256:
        raise RuleBroken("Das ist dieselbe Datei wie bisher.", field="file")
    _delete_later(row)
    row.added_at, row.by = clock.now(), by
    _store(row, new)
    said = f": {note.strip()}" if note.strip() else "."
    _note(row, "replaced", f"Neue Fassung von „{row.title}“{said}", by)
    return row


@transaction.atomic
def remove(*, material: Material, by: User) -> None:
    """Delete a file and what is said about it; nothing brings it back."""
    row = _locked(material)
    _delete_later(row)
    _note(row, "removed", f"Material „{row.title}“ gelöscht.", by)
    row.delete()


def _locked(material: Material) -> Material:
    return Material.objects.select_for_update(of=("self",)).get(pk=material.pk)


def _store(row: Material, new: NewFile) -> None:
    """Keep the content under a name nobody can guess or choose."""
    checked = new.checked
    row.name = f"{PurePosixPath(checked.name).stem[:LONGEST_STEM]}.{checked.extension}"
    row.content_type, row.size_bytes = checked.content_type, checked.size_bytes
    row.sha256 = checked.sha256
    stored_as = f"{checked.sha256[:32]}.{checked.extension}"
    storing.keep(row.file, name=stored_as, content=new.content)
    row.save()


def _delete_later(row: Material) -> None:
    """Delete the file once it is certain that the row no longer points to it."""
    storage, name = row.file.storage, row.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)


def _note(
    row: Material, verb: str, sentence: str, by: User, changes: dict[str, list[str]] | None = None
) -> None:
    audit.record(
        by=by, verb=f"material.{verb}", subject=row, sentence=sentence, changes=changes or {}
    )
