"""Forms that know which version of a record the person opened."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model
from django.utils.formats import date_format


class Difference(NamedTuple):
    """One field of which two versions exist."""

    label: str
    stands: str
    written: str


def day_field(label: str, *, help_text: str = "", required: bool = False) -> forms.DateField:
    """Return a calendar day in the browser's date field; German dates are understood too."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class VersionedForm(forms.Form):
    """A form with `seen_at`, the version the person opened; empty for a new record."""

    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen_at(self) -> datetime | None:
        """Read the version the person opened; an unreadable one counts as never seen."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None

    def now_seen(self, current: Any) -> None:
        """Take note that the person now sees this version; saving again is then deliberate."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen_at"] = current.updated_at.isoformat()  # type: ignore[index]

    def differences(self, stands: dict[str, Any]) -> list[Difference]:
        """Compare what stands in the database with what the person wrote, field by field."""
        return [
            Difference(str(self.fields[name].label), _words(value), _words(written))
            for name, value in stands.items()
            if _words(value) != _words(written := self.cleaned_data.get(name))
        ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return date_format(value, "d.m.Y")
    if isinstance(value, Iterable) and not isinstance(value, str | Model):
        return ", ".join(sorted(str(part) for part in value)) or "–"
    return str(value) if value not in (None, "") else "–"
