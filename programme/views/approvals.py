"""The second check: several vouchers on one page, or one voucher on its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.forms.approvals import ApproveForm, ApproveSeveralForm, RejectForm
from programme.models import Programme
from programme.pages import CountedPaginator, FormPage
from programme.queries import vouchers as queries
from programme.services import approvals
from programme.views.vouchers import OneVoucher


class ApproveVouchers(FormPage):
    """The vouchers that wait for this person's check, a page of them at a time."""

    guard = permissions.is_finance
    purpose = "Mehrere Belege als zweite Person prüfen"
    template_name = "programme/approve_vouchers.html"
    form_class = ApproveSeveralForm

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = queries.waiting_for(programme=self.programme, user=self.person)
        totals = queries.list_totals(vouchers=waiting)
        page = CountedPaginator(waiting, known_count=totals.count).get_page(
            self.request.GET.get("seite")
        )
        context = super().get_context_data(**kwargs)
        form = context["form"]
        wants_all = self.request.GET.get("auswahl") == "alle" and not form.is_bound
        rows = []
        for voucher in page:
            value = f"{voucher.number}:{voucher.version}"
            rows.append((voucher, value, wants_all or value in form.ticked))
        return context | {
            "programme": self.programme,
            "page": page,
            "rows": rows,
            "ticked": sum(1 for *_, is_ticked in rows if is_ticked),
            "count": totals.count,
            "total_eur": totals.total_eur,
        }

    def act(self, form: ApproveSeveralForm) -> HttpResponse:
        approved = approvals.approve_several(
            programme=self.programme,
            seen_versions=form.cleaned_data["chosen"],
            by=self.person,
        )
        numbers = ", ".join(str(voucher.number) for voucher in approved)
        noun = "Beleg" if len(approved) == 1 else "Belege"
        messages.success(self.request, f"Als rechnerisch richtig geprüft: {noun} {numbers}.")
        return redirect("programme:approve_vouchers")


class Decide(OneVoucher, FormPage):
    """A decision about one voucher; the form stands on the page of the voucher."""

    guard = permissions.is_finance
    template_name = "programme/voucher.html"
    http_method_names = ["post", "options"]
    own_form = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        key = self.own_form.replace("form", "key")
        return context | self.details() | {self.own_form: context["form"], key: self.form_key}


class ApproveVoucher(Decide):
    guard = permissions.is_finance
    purpose = "Einen Beleg als zweite Person prüfen"
    form_class = ApproveForm
    own_form = "approve_form"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"auto_id": "id_approve_%s"}

    def act(self, form: ApproveForm) -> HttpResponse:
        voucher = approvals.approve(
            voucher=self.voucher,
            seen_version=form.cleaned_data["seen_version"],
            by=self.person,
        )
        messages.success(self.request, f"Beleg {voucher.number} ist rechnerisch geprüft.")
        return redirect("programme:voucher", number=voucher.number)


class RejectVoucher(Decide):
    guard = permissions.is_finance
    purpose = "Einen Beleg mit Begründung zurückweisen"
    form_class = RejectForm
    own_form = "reject_form"

    def act(self, form: RejectForm) -> HttpResponse:
        voucher = approvals.reject(
            voucher=self.voucher,
            seen_version=form.cleaned_data["seen_version"],
            reason=form.cleaned_data["reason"],
            by=self.person,
        )
        messages.success(self.request, f"Beleg {voucher.number} ist zurückgewiesen.")
        return redirect("programme:voucher", number=voucher.number)
