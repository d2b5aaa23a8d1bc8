"""Proofs of use: the list, one proof with its open problems first, narrative, signatures."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.enums import ProofStatus
from programme.exports import proofs as exports
from programme.forms import proofs as forms
from programme.models import Drawdown, Programme, ProofOfUse, Voucher
from programme.pages import CountedPaginator, FormPage, Guarded, Page
from programme.queries import effects, proof_problems
from programme.queries import proofs as queries
from programme.queries.history import history_of
from programme.queries.proof_checks import proof_checks
from programme.queries.proof_records import records_of
from programme.queries.yearly_proofs import yearly_proofs
from programme.rules import proofs as rules
from programme.rules.funding.finding import Severity
from programme.services import proof_papers
from programme.services import proofs as services
from programme.views.while_open import WhileOpen


class ProofList(Page):
    """All proofs and those that may be begun."""

    guard = permissions.may_see_funding
    template_name = "programme/proofs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        rows = list(queries.proofs())
        begun = {row.drawdown_id for row in rows}
        drawn = Drawdown.objects.filter(programme=programme, spent_eur__gt=0)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "rows": rows,
            "waiting": [row for row in drawn.exclude(status="rejected") if row.pk not in begun],
            "yearly": yearly_proofs(programme=programme, begun=rows),
            "has_final": any(row.kind == "final" for row in rows),
            "may_write": permissions.is_finance(self.request.user),
            "form_key": uuid4(),
        }


class BeginProof(FormPage):
    guard = permissions.is_finance
    purpose = "Einen Verwendungsnachweis beginnen"
    template_name = "programme/begin_proof.html"
    http_method_names = ["post", "options"]
    form_class = forms.BeginProofForm

    def act(self, form: forms.BeginProofForm) -> HttpResponse:
        programme = Programme.objects.current()
        what = form.cleaned_data["what"]
        drawdown = year = None
        if what.startswith("jahr-"):
            year = int(what.removeprefix("jahr-"))
        elif what != "final":
            drawdown = get_object_or_404(Drawdown, programme=programme, number=what)
        proof = services.begin(programme=programme, drawdown=drawdown, year=year, by=self.person)
        return redirect("programme:proof", pk=proof.pk)


class OneProof(Guarded):
    """A page about the proof in its address, with its figures: frozen or as they stand."""

    guard = permissions.may_see_funding

    @cached_property
    def proof(self) -> ProofOfUse:
        return get_object_or_404(queries.proofs_with_texts(), pk=self.kwargs["pk"])

    def guarded(self) -> ProofOfUse:
        return self.proof

    @cached_property
    def rows(self) -> list[Voucher]:
        return queries.vouchers_of(self.proof)

    @cached_property
    def judged(self) -> tuple[dict[str, Any], list[proof_problems.Problem]]:
        """Return the figures as they stand and what is open; of a submitted proof the sums."""
        proof, records = self.proof, records_of(self.proof)
        if proof.status in rules.SENT:
            return queries.present(proof, records=records), []
        live = queries.figures(proof, self.rows, records=records)
        today = clock.today()
        return live, proof_problems.problems(proof, self.rows, live, today=today, records=records)

    @property
    def hidden(self) -> set[str]:
        """Return the numbers of the vouchers this person may not read."""
        is_sent = self.proof.status in rules.SENT
        return {
            str(row.number)
            for row in (queries.sensitive_vouchers(self.proof) if is_sent else self.rows)
            if row.is_sensitive and not permissions.may_read_voucher(self.request.user, row)
        }

    @property
    def warned(self) -> list[str]:
        return proof_problems.warned_rules(self.judged[1])

    def details(self) -> dict[str, Any]:
        """Return what the page of a proof shows."""
        proof, user = self.proof, self.request.user
        is_sent = proof.status in rules.SENT
        live, found = self.judged
        hidden = self.hidden
        figures = rules.without_names(proof.figures if is_sent else live, hidden)
        pages = CountedPaginator(figures["vouchers"], known_count=len(figures["vouchers"]))
        blocks = any(each.finding.severity is Severity.BLOCK for each in found)
        writes = permissions.is_finance(user)
        checked = proof.status == ProofStatus.CHECKED
        seen, warned = {"seen_version": proof.revision}, self.warned
        before = proof.replaces.figures if proof.replaces else {}
        return {
            "programme": proof.programme,
            "proof": proof,
            "title": rules.titled(proof),
            "page": pages.get_page(self.request.GET.get("seite")),
            "hides_names": bool(hidden),
            "statement": exports.statement(figures),
            "problems": found,
            "blocks": blocks,
            "is_sent": is_sent,
            "since": rules.differences(proof.figures, live) if is_sent else (),
            "against": rules.differences(before, live) if before and not is_sent else (),
            "texts": proof.texts.all(),
            "indicators": proof.indicators.all(),
            "history": history_of(proof),
            "may_write": writes and not is_sent,
            "may_check": writes and proof.status == ProofStatus.DRAFT and not blocks,
            "may_submit": writes and checked and not blocks and proof.checked_by_id != user.pk,
            "waits_for_other": writes and checked and proof.checked_by_id == user.pk,
            "may_renew": writes and proof.status == ProofStatus.SUBMITTED,
            "check_form": forms.SignProofForm(initial=seen, warned=warned, auto_id="id_check_%s"),
            "submit_form": forms.SignProofForm(initial=seen, warned=warned, auto_id="id_submit_%s"),
            "renew_form": forms.RenewProofForm(),
            **{f"{name}_key": uuid4() for name in ("check", "submit", "renew")},
            **self.examination(is_sent=is_sent),
        }

    def examination(self, *, is_sent: bool) -> dict[str, Any]:
        """Return what the authorities said about a submitted proof."""
        return {
            "checks": proof_checks().filter(proof=self.proof) if is_sent else (),
            "may_record_check": is_sent and permissions.is_finance(self.request.user),
        }


class ProofPage(OneProof, Page):
    """Open problems first, then statement, narrative, list of vouchers."""

    guard = permissions.may_see_funding
    template_name = "programme/proof.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.details()


class EditProof(OneProof, WhileOpen):
    """Write the narrative."""

    guard = permissions.is_finance
    purpose = "Den Sachbericht eines Verwendungsnachweises schreiben"
    template_name = "programme/edit_proof.html"
    form_class = forms.NarrativeForm

    def still_open(self) -> None:
        rules.still_open(self.proof)

    def page_of_record(self) -> str:
        return reverse("programme:proof", args=[self.proof.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        known = effects.known(programme=self.proof.programme, until=self.proof.period_to)
        return super().get_form_kwargs() | {"proof": self.proof, "known": known}

    def get_initial(self) -> dict[str, Any]:
        return {"overview": self.proof.narrative, "seen_version": self.proof.revision}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "proof": self.proof,
            "programme": self.proof.programme,
            "title": rules.titled(self.proof),
        }
        return super().get_context_data(**kwargs) | own

    def act(self, form: forms.NarrativeForm) -> HttpResponse:
        services.describe(
            proof=self.proof,
            seen_revision=form.cleaned_data["seen_version"] or 0,
            narrative=form.narrative,
            by=self.person,
        )
        messages.success(self.request, "Der Sachbericht ist gespeichert.")
        return redirect("programme:proof", pk=self.proof.pk)


class Sign(OneProof, FormPage):
    """Something done on the page of a proof, where its form stands."""

    guard = permissions.is_finance
    template_name = "programme/proof.html"
    http_method_names = ["post", "options"]
    own_form = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | self.details()
        if not self.own_form:
            return context
        key = self.own_form.replace("form", "key")
        return context | {self.own_form: context["form"], key: self.form_key}


class CheckProof(Sign):
    guard = permissions.is_finance
    purpose = "Einen Verwendungsnachweis als sachlich richtig zeichnen"
    form_class = forms.SignProofForm
    own_form = "check_form"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"auto_id": "id_check_%s", "warned": self.warned}

    def act(self, form: forms.SignProofForm) -> HttpResponse:
        seen = form.cleaned_data["seen_version"]
        services.check(
            proof=self.proof,
            seen_revision=seen,
            seen_warnings=form.seen_warnings,
            by=self.person,
        )
        messages.success(self.request, "Gezeichnet: sachlich richtig.")
        return redirect("programme:proof", pk=self.proof.pk)


class SubmitProof(Sign):
    guard = permissions.is_finance
    purpose = "Einen Verwendungsnachweis als rechnerisch richtig zeichnen und einreichen"
    form_class = forms.SignProofForm
    own_form = "submit_form"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"auto_id": "id_submit_%s", "warned": self.warned}

    def act(self, form: forms.SignProofForm) -> HttpResponse:
        seen = form.cleaned_data["seen_version"]
        services.submit(
            proof=self.proof,
            seen_revision=seen,
            seen_warnings=form.seen_warnings,
            by=self.person,
        )
        messages.success(self.request, "Der Nachweis ist eingereicht, seine Zahlen stehen fest.")
        return redirect("programme:proof", pk=self.proof.pk)


class RenewProof(Sign):
    guard = permissions.is_finance
    purpose = "Eine neue Fassung eines eingereichten Verwendungsnachweises beginnen"
    form_class = forms.RenewProofForm
    own_form = "renew_form"

    def act(self, form: forms.RenewProofForm) -> HttpResponse:
        fresh = services.renew(proof=self.proof, reason=form.cleaned_data["reason"], by=self.person)
        return redirect("programme:proof", pk=fresh.pk)


class PrintProof(Sign):
    """Ask for the proof as PDF or table; the worker makes it."""

    guard = permissions.may_see_funding
    purpose = "Einen Verwendungsnachweis als PDF oder Tabelle erstellen"
    form_class = forms.PrintProofForm

    def act(self, form: forms.PrintProofForm) -> HttpResponse:
        printout = proof_papers.ask(
            proof=self.proof, kind=form.cleaned_data["kind"], by=self.person
        )
        return redirect("programme:printout", pk=printout.pk)
