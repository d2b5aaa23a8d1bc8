"""Correct an approved voucher: a counter-entry and a new voucher."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from programme import permissions
from programme.errors import RuleBroken
from programme.forms.corrections import CorrectVoucherForm
from programme.queries.corrections import counter_of
from programme.rules.corrections import correctable
from programme.rules.vouchers import VoucherEntry
from programme.services import corrections
from programme.services.vouchers import NewFile
from programme.views.voucher_entry import TakesFiles
from programme.views.vouchers import OneVoucher


class CorrectVoucher(OneVoucher, TakesFiles):
    """Take an approved voucher back and book what is right."""

    guard = permissions.is_finance
    purpose = "Einen geprüften Beleg durch Gegenbuchung berichtigen"
    template_name = "programme/correct_voucher.html"
    form_class = CorrectVoucherForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programme": self.voucher.programme}

    def get_initial(self) -> dict[str, Any]:
        names = VoucherEntry.__dataclass_fields__
        return {name: getattr(self.voucher, name) for name in names}

    @property
    def refusal(self) -> str:
        """Say why this voucher cannot be corrected, if it cannot."""
        try:
            correctable(self.voucher, counter=counter_of(self.voucher.pk))
        except RuleBroken as broken:
            return broken.message
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "programme": self.voucher.programme,
            "voucher": self.voucher,
            "refusal": self.refusal,
        }

    def act(self, form: CorrectVoucherForm) -> HttpResponse:
        counter, successor = corrections.correct_approved(
            voucher=self.voucher,
            entry=form.new_entry,
            reason=form.cleaned_data["correction_reason"],
            files=[NewFile.waiting(parked) for parked in self.parked],
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        anew = f" und durch Beleg {successor.number} ersetzt" if successor else ""
        messages.success(
            self.request,
            f"Beleg {self.voucher.number} ist mit Beleg {counter.number} zurückgenommen{anew}. "
            "Die zweite Prüfung macht eine andere Person.",
        )
        return redirect("programme:voucher", number=(successor or counter).number)
