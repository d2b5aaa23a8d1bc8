"""Forms that know which version of a record the person opened."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model
from django.utils.formats import date_format, time_format

NOTHING = "–"


class Difference(NamedTuple):
    """One field of which two versions exist."""

    label: str
    stands: str
    written: str


def differing(pairs: Iterable[tuple[str, str, str]]) -> list[Difference]:
    """Return those of (label, stands, written) that say two things."""
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


class VersionedForm(forms.Form):
    """A form with `seen_at`, the version the person opened; empty for a new record.

    `version` is the column that holds the moment of a record's last change.
    """

    version = "updated_at"

    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen_at(self) -> datetime | None:
        """Read the version the person opened; an unreadable one counts as never seen."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None

    def now_seen(self, current: Model) -> None:
        """Take note that the person now sees this version; saving again is then deliberate."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen_at"] = getattr(current, self.version).isoformat()  # type: ignore[index]

    def differences(self, stands: dict[str, Any]) -> list[Difference]:
        """Compare what stands in the database with what the person wrote, field by field."""
        return differing(
            (
                str(field.label),
                told(stands[name], field),
                told(self.cleaned_data.get(name), field),
            )
            for name, field in self.fields.items()
            if name in stands and name != "seen_at"
        )


def told(value: Any, field: forms.Field) -> str:
    """Write a value as people read it in the form: labels, German days, ja and nein."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, time):
        return time_format(value, "H:i")
    if isinstance(value, date):
        return date_format(value, "d.m.Y")
    if isinstance(value, Iterable) and not isinstance(value, str | Model):
        return ", ".join(sorted(str(part) for part in value)) or NOTHING
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").strip() or NOTHING
