"""Files in the storage share the fate of the transaction that stored them."""

import weakref
from hashlib import sha256
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile

# Pictures of texts, named after their content: <SHA-256>.png or .jpg.
PICTURES = "bilder"


class _Committed:
    """What waits for the commit: called, the file stays; thrown away, the file goes.

    The connection holds the only reference. Django drops it with everything else that waits when
    the transaction, or the savepoint around it, is rolled back.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        self._undo = weakref.finalize(self, storage.delete, name)
        self._undo.atexit = False

    def __call__(self) -> None:
        self._undo.detach()


def keep(file: FieldFile, *, name: str, content: File[Any]) -> None:
    """Store a content in a field of a row that is saved next; a rollback takes the file away."""
    content.seek(0)
    file.save(name, content, save=False)
    goes_with_rollback(file.storage, file.name or "")


def goes_with_rollback(storage: Storage, name: str) -> None:
    """Delete what was just stored, should the transaction not be committed.

    Robust hooks never stop one another, so this one runs after every commit.
    """
    transaction.on_commit(_Committed(storage, name), robust=True)


def picture(name: str) -> bytes:
    """Return a picture whose content is the one its name promises; else FileNotFoundError."""
    with default_storage.open(f"{PICTURES}/{name}") as file:
        content: bytes = file.read()
    if sha256(content).hexdigest() != name.partition(".")[0]:
        raise FileNotFoundError(name)
    return content
