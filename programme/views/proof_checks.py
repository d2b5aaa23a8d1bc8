"""Notices of the authorities about a proof: record, mend, confirm as a second person."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from programme import permissions
from programme.forms.approvals import ApproveForm
from programme.forms.proof_checks import ProofCheckForm
from programme.models import Programme, ProofCheck
from programme.pages import FormPage, Guarded, Page
from programme.queries import proof_checks as queries
from programme.queries.history import history_of
from programme.rules import proof_checks as rules
from programme.rules.proof_checks import CheckEntry
from programme.rules.proofs import titled
from programme.services import proof_checks as services
from programme.services.funding_documents import NewPaper
from programme.views.while_open import WhileOpen


class AddProofCheck(FormPage):
    """Record a notice about a submitted proof with its file."""

    guard = permissions.is_finance
    purpose = "Einen Bescheid über die Prüfung eines Nachweises erfassen"
    template_name = "programme/proof_check_form.html"
    form_class = ProofCheckForm

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("nachweis", "")
        return super().get_initial() | ({"proof": asked} if asked.isdecimal() else {})

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programme": self.programme}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = queries.submitted_proofs(programme=self.programme)
        return super().get_context_data(**kwargs) | {"has_proofs": sent.exists()}

    def act(self, form: ProofCheckForm) -> HttpResponse:
        upload = form.cleaned_data["paper"]
        check = services.record(
            entry=form.entry, paper=NewPaper(upload.checked, upload.content), by=self.person
        )
        messages.success(
            self.request, f"{check} ist erfasst. Eine zweite Person bestätigt ihn noch."
        )
        return redirect("programme:proof_check", pk=check.pk)


class OneProofCheck(Guarded):
    """A page about the notice in its address."""

    guard = permissions.may_see_funding

    @cached_property
    def check(self) -> ProofCheck:
        return get_object_or_404(queries.proof_checks(), pk=self.kwargs["pk"])

    def guarded(self) -> ProofCheck:
        return self.check

    def details(self) -> dict[str, Any]:
        """Return what the page of a notice shows."""
        row, user = self.check, self.request.user
        writes = permissions.is_finance(user)
        is_open, is_own = row.confirmed_by_id is None, row.recorded_by_id == user.pk
        return {
            "programme": row.proof.programme,
            "check": row,
            "title": str(row),
            "proof_title": titled(row.proof),
            "proved_eur": rules.proved_eur(row.proof, row.source),
            "history": history_of(row),
            "may_mend": writes and is_open,
            "may_confirm": writes and is_open and not is_own,
            "waits_for_other": writes and is_open and is_own,
            "confirm_form": ApproveForm(initial={"seen_version": row.revision}),
            "confirm_key": uuid4(),
        }


class ProofCheckPage(OneProofCheck, Page):
    """Everything about one notice, and its second check."""

    guard = permissions.may_see_funding
    template_name = "programme/proof_check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.details()


class ConfirmProofCheck(OneProofCheck, FormPage):
    guard = permissions.is_finance
    purpose = "Einen Prüfbescheid als zweite Person bestätigen"
    template_name = "programme/proof_check.html"
    http_method_names = ["post", "options"]
    form_class = ApproveForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | self.details()
        return context | {"confirm_form": context["form"], "confirm_key": self.form_key}

    def act(self, form: ApproveForm) -> HttpResponse:
        check = services.confirm(
            check=self.check, seen_revision=form.cleaned_data["seen_version"], by=self.person
        )
        messages.success(self.request, f"{check} ist bestätigt und gilt.")
        return redirect("programme:proof_check", pk=check.pk)


class EditProofCheck(OneProofCheck, WhileOpen):
    guard = permissions.is_finance
    purpose = "Einen erfassten Prüfbescheid berichtigen"
    template_name = "programme/proof_check_form.html"
    form_class = ProofCheckForm

    def still_open(self) -> None:
        rules.unconfirmed(self.check)

    def page_of_record(self) -> str:
        return reverse("programme:proof_check", args=[self.check.pk])

    def get_initial(self) -> dict[str, Any]:
        shown = {name: getattr(self.check, name) for name in CheckEntry.__dataclass_fields__}
        return shown | {"seen_version": self.check.revision}

    def get_form_kwargs(self) -> dict[str, Any]:
        extra = {"programme": self.check.proof.programme, "has_paper": True}
        return super().get_form_kwargs() | extra

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"check": self.check, "has_proofs": True}

    def act(self, form: ProofCheckForm) -> HttpResponse:
        check = services.correct(
            check=self.check,
            seen_revision=form.cleaned_data["seen_version"] or 0,
            entry=form.entry,
            paper=form.new_paper,
            by=self.person,
        )
        messages.success(self.request, f"{check} ist berichtigt.")
        return redirect("programme:proof_check", pk=check.pk)
