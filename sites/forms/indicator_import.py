"""Understands the file of an import of values."""

from programme.forms.sheets import SheetForm
from programme.models import User
from sites.models import Site
from sites.rules.indicator_lines import HEADERS


class ImportForm(SheetForm):
    """A table of one site's values; nothing is changed yet."""

    headers = HEADERS


def salt(person: User, site: Site) -> str:
    """Bind a preview to who saw it and to the site."""
    return f"sites.indicator_import:{person.pk}:{site.pk}"
