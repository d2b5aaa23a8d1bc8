"""Forms of the second check: approve one or several vouchers, or reject one with a reason."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_SEEN = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
MOST_AT_ONCE = 200


class SeenVersionsField(forms.Field):
    """Ticked vouchers as "number:version", so that an approval names what was seen."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> dict[int, int]:
        """Return versions by voucher number."""
        ticked = [_SEEN.fullmatch(str(item)) for item in value or []]
        if len(ticked) > MOST_AT_ONCE:
            raise ValidationError(f"Bitte wählen Sie höchstens {MOST_AT_ONCE} Belege auf einmal.")
        if not ticked or None in ticked:
            raise ValidationError("Bitte wählen Sie mindestens einen Beleg aus der Liste aus.")
        return {int(match[1]): int(match[2]) for match in ticked if match}


class ApproveSeveralForm(forms.Form):
    """Which of the waiting vouchers are arithmetically correct."""

    chosen = SeenVersionsField(label="Belege")

    @property
    def ticked(self) -> list[str]:
        """Return what was ticked, to keep it when the list is shown again."""
        return self.data.getlist("chosen") if hasattr(self.data, "getlist") else []


class ApproveForm(forms.Form):
    """Approval of one voucher in the version that was shown."""

    seen_version = forms.IntegerField(min_value=1, max_value=10**9, widget=forms.HiddenInput)


class RejectForm(ApproveForm):
    """Rejection of one voucher with its reason."""

    reason = forms.CharField(
        label="Grund der Zurückweisung",
        max_length=300,
        help_text="Was stimmt nicht, und was ist zu tun? Die erfassende Person liest diesen Text.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
