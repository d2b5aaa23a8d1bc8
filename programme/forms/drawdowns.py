"""Forms of the drawdowns: the three fields, the receipts, the signed copy."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme.forms.approvals import ApproveForm
from programme.forms.money import AmountField
from programme.forms.uploads import OneFileField
from programme.models import DrawdownShare
from programme.rules.drawdowns import DrawdownEntry, Receipt


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DrawdownForm(forms.Form):
    """What finance enters of a drawdown; the portal divides it between the sources."""

    requested_on = forms.DateField(label="angefordert am", widget=_day_input())
    requested_eur = AmountField(
        label="Betrag in EUR",
        max_length=40,
        help_text="Vorgeschlagen aus Ausgaben und Bedarf; Sie können ihn ändern.",
    )
    reason = forms.CharField(
        label="Begründung des künftigen Bedarfs",
        max_length=4000,
        help_text="Wofür werden die Mittel bis zum nächsten Abruf gebraucht?",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Row("requested_on", "requested_eur"), "reason", "seen_version")

    @property
    def entry(self) -> DrawdownEntry:
        """Return the three fields of a valid form."""
        names = DrawdownEntry.__dataclass_fields__
        return DrawdownEntry(**{name: self.cleaned_data[name] for name in names})


class ReceiptForm(ApproveForm):
    """Amount and day for each source that was asked for money; empty while nothing came in."""

    def __init__(self, *args: Any, shares: Iterable[DrawdownShare], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = []
        self.keys = [share.source.key for share in shares if share.requested_eur]
        for share in shares:
            key, name = share.source.key, share.source.short_name
            if key not in self.keys:
                continue
            self.fields[f"received_eur_{key}"] = AmountField(
                label=f"{name}: eingegangen, EUR",
                max_length=40,
                required=False,
                may_be_zero=True,
                initial=share.requested_eur if share.received_eur is None else share.received_eur,
            )
            self.fields[f"received_on_{key}"] = forms.DateField(
                label=f"{name}: eingegangen am",
                required=False,
                initial=share.received_on,
                widget=_day_input(),
                help_text="Leer lassen, solange nichts eingegangen ist.",
            )
            rows.append(Row(f"received_eur_{key}", f"received_on_{key}"))
        self.helper = FormHelper()
        self.helper.layout = Layout(*rows, "seen_version")

    def clean(self) -> dict[str, Any]:
        """Ask for the amount where a day is given; an amount without day has not come in yet."""
        for key in self.keys:
            eur, day = f"received_eur_{key}", f"received_on_{key}"
            cleaned = self.cleaned_data
            if cleaned.get(day) and eur not in self.errors and cleaned.get(eur) is None:
                self.add_error(eur, "Bitte geben Sie an, welcher Betrag eingegangen ist.")
        return self.cleaned_data

    @property
    def receipts(self) -> dict[str, Receipt]:
        """Return what came in by the key of the source."""
        found = {}
        for key in self.keys:
            day = self.cleaned_data.get(f"received_on_{key}")
            if day:
                found[key] = Receipt(self.cleaned_data[f"received_eur_{key}"], day)
        return found


class SignedCopyForm(forms.Form):
    """The signed request as a file."""

    paper = OneFileField(
        label="Unterschriebene Anforderung (Datei)",
        help_text="PDF, PNG oder JPG, höchstens 20 MB.",
    )


class DayForm(forms.Form):
    """The day a page of dates speaks of."""

    stand = forms.DateField(label="Stand am", required=False, widget=_day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Row("stand"))

    @property
    def day(self) -> date | None:
        """Return the day asked for, None if none or an unreadable one came."""
        cleaned: dict[str, Any] = self.cleaned_data if self.is_valid() or self.errors else {}
        return cleaned.get("stand")
