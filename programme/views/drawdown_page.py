"""One drawdown: the second check, what came in, the request on paper."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.enums import DrawdownStatus
from programme.errors import RuleBroken
from programme.forms.approvals import ApproveForm, RejectForm
from programme.forms.drawdowns import ReceiptForm, SignedCopyForm
from programme.models import Drawdown, Programme
from programme.pages import FormPage, Guarded, Page
from programme.queries import drawdowns as queries
from programme.queries.history import history_of
from programme.rules.drawdowns import CHANGEABLE
from programme.services import drawdown_decisions, drawdown_papers, drawdown_receipts
from programme.services.funding_documents import NewPaper

WITH_MONEY = frozenset({DrawdownStatus.APPROVED, DrawdownStatus.RECEIVED})


class OneDrawdown(Guarded):
    """A page about the drawdown in its address; finds it once, with everything shown."""

    guard = permissions.may_see_funding

    @cached_property
    def drawdown(self) -> Drawdown:
        found = queries.drawdowns(programme=Programme.objects.current())
        return get_object_or_404(found, number=self.kwargs["number"])

    def guarded(self) -> Drawdown:
        return self.drawdown

    def details(self) -> dict[str, Any]:
        """Return what the page of a drawdown shows."""
        row, user = self.drawdown, self.request.user
        writes = permissions.is_finance(user)
        is_open = row.status == DrawdownStatus.RECORDED
        is_own = row.recorded_by_id == user.pk
        seen = {"seen_version": row.revision}
        return {
            "programme": row.programme,
            "drawdown": row,
            "title": str(row),
            "shares": row.shares.all(),
            "history": history_of(row),
            "may_decide": writes and is_open and not is_own,
            "waits_for_other": writes and is_open and is_own,
            "may_correct": writes and row.status in CHANGEABLE,
            "may_receive": writes and row.status in WITH_MONEY,
            "approve_form": ApproveForm(initial=seen, auto_id="id_approve_%s"),
            "reject_form": RejectForm(initial=seen),
            "receipt_form": ReceiptForm(
                initial=seen, shares=row.shares.all(), auto_id="id_receipt_%s"
            ),
            "copy_form": SignedCopyForm(auto_id="id_copy_%s"),
            "approve_key": uuid4(),
            "reject_key": uuid4(),
            "receipt_key": uuid4(),
            "copy_key": uuid4(),
        }


class DrawdownPage(OneDrawdown, Page):
    """Everything about one drawdown."""

    guard = permissions.may_see_funding
    template_name = "programme/drawdown.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.details()


class Decide(OneDrawdown, FormPage):
    """Something done on the page of a drawdown, where its form stands."""

    guard = permissions.is_finance
    template_name = "programme/drawdown.html"
    http_method_names = ["post", "options"]
    own_form = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        key = self.own_form.replace("form", "key")
        return context | self.details() | {self.own_form: context["form"], key: self.form_key}

    def done(self, sentence: str) -> HttpResponse:
        """Go back to the page of the drawdown."""
        messages.success(self.request, sentence)
        return redirect("programme:drawdown", number=self.drawdown.number)


class ApproveDrawdown(Decide):
    guard = permissions.is_finance
    purpose = "Einen Mittelabruf als zweite Person prüfen"
    form_class = ApproveForm
    own_form = "approve_form"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"auto_id": "id_approve_%s"}

    def act(self, form: ApproveForm) -> HttpResponse:
        row = drawdown_decisions.approve(
            drawdown=self.drawdown,
            seen_revision=form.cleaned_data["seen_version"],
            by=self.person,
        )
        return self.done(f"{row} ist rechnerisch geprüft.")


class RejectDrawdown(Decide):
    guard = permissions.is_finance
    purpose = "Einen Mittelabruf mit Begründung zurückweisen"
    form_class = RejectForm
    own_form = "reject_form"

    def act(self, form: RejectForm) -> HttpResponse:
        row = drawdown_decisions.reject(
            drawdown=self.drawdown,
            seen_revision=form.cleaned_data["seen_version"],
            reason=form.cleaned_data["reason"],
            by=self.person,
        )
        return self.done(f"{row} ist zurückgewiesen.")


class ReceiveDrawdown(Decide):
    guard = permissions.is_finance
    purpose = "Eingang der abgerufenen Mittel erfassen"
    form_class = ReceiptForm
    own_form = "receipt_form"

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"shares": self.drawdown.shares.all(), "auto_id": "id_receipt_%s"}
        return super().get_form_kwargs() | own

    def act(self, form: ReceiptForm) -> HttpResponse:
        row = drawdown_receipts.receive(
            drawdown=self.drawdown,
            seen_revision=form.cleaned_data["seen_version"],
            receipts=form.receipts,
            by=self.person,
        )
        return self.done(f"Der Eingang zum {row} ist erfasst.")


class KeepSignedCopy(Decide):
    guard = permissions.is_finance
    purpose = "Die unterschriebene Anforderung ablegen"
    form_class = SignedCopyForm
    own_form = "copy_form"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"auto_id": "id_copy_%s"}

    def act(self, form: SignedCopyForm) -> HttpResponse:
        upload = form.cleaned_data["paper"]
        row = drawdown_receipts.keep_signed_copy(
            drawdown=self.drawdown,
            paper=NewPaper(upload.checked, upload.content),
            by=self.person,
        )
        return self.done(f"Die unterschriebene Anforderung zum {row} ist abgelegt.")


class PrintDrawdown(Decide):
    """Ask for the request on paper; the worker sets it."""

    guard = permissions.may_see_funding
    purpose = "Eine Mittelanforderung drucken"
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super(Decide, self).get_context_data(**kwargs) | self.details()

    def act(self, form: forms.Form) -> HttpResponse:
        try:
            printout = drawdown_papers.print_request(drawdown=self.drawdown, by=self.person)
        except RuleBroken as broken:
            messages.error(self.request, broken.message)
            return redirect("programme:drawdown", number=self.drawdown.number)
        return redirect("programme:printout", pk=printout.pk)
