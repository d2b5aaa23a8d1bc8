"""Understands the file of an import into the directory."""

from network.rules.directory_lines import HEADERS, OPTIONAL
from programme.forms.sheets import SheetForm
from programme.models import User


class ImportForm(SheetForm):
    """A table of organisations and contacts; nothing is changed yet."""

    headers = HEADERS
    optional = OPTIONAL


def salt(person: User) -> str:
    """Bind a preview to who saw it."""
    return f"network.directory_import:{person.pk}"
