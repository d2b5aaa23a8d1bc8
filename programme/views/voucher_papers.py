"""Hand in a paper that an approved voucher lacks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from programme import permissions
from programme.forms.voucher_papers import PaperForm
from programme.rules.vouchers import lacks_paper, missing_kinds
from programme.services import voucher_papers
from programme.views.vouchers import OneVoucher
from programme.views.while_open import WhileOpen


class HandInPaper(OneVoucher, WhileOpen):
    """One file; without it no proof of use can be signed (F20)."""

    guard = permissions.is_finance
    purpose = "Eine fehlende Datei zu einem geprüften Beleg nachreichen"
    form_class = PaperForm
    template_name = "programme/hand_in_paper.html"

    @property
    def kinds(self) -> set[str]:
        return {file.kind for file in self.voucher.files.all()}

    def still_open(self) -> None:
        lacks_paper(self.voucher, kinds=self.kinds)

    def page_of_record(self) -> str:
        return reverse("programme:voucher", args=[self.voucher.number])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"missing": missing_kinds(self.kinds)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"voucher": self.voucher}

    def act(self, form: PaperForm) -> HttpResponse:
        voucher = voucher_papers.hand_in(
            voucher=self.voucher,
            file=form.file,
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(
            self.request, f"{form.file.kind.label} zu Beleg {voucher.number} ist abgelegt."
        )
        return redirect(self.page_of_record())
