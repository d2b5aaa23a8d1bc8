"""Findings of audits: the list, one finding, writing, answering and closing it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.enums import FindingState
from programme.forms.approvals import ApproveForm
from programme.forms.inspections import AnswerForm, FindingFilterForm, FindingForm
from programme.forms.versions import Difference, differing, told
from programme.models import AuditFinding, Programme
from programme.pages import FormPage, Guarded, ListPage, Page
from programme.queries import findings as queries
from programme.queries.history import history_of
from programme.rules.inspections import may_be_corrected
from programme.services import findings
from programme.views.while_open import WhileOpen


class FindingList(ListPage):
    """All findings, what is not closed first."""

    guard = permissions.may_see_audit_room
    template_name = "programme/findings.html"

    @cached_property
    def filter(self) -> FindingFilterForm:
        return FindingFilterForm(self.request.GET)

    def get_queryset(self) -> QuerySet[AuditFinding]:
        return queries.narrowed(
            rows=queries.findings(programme=Programme.objects.current()),
            state=self.filter.value("stand"),
            kind=self.filter.value("art"),
            text=self.filter.value("suche"),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "filter": self.filter,
            "rows": queries.listed(rows=context["object_list"], day=clock.today()),
            "may_record": permissions.is_auditor(self.request.user),
        }


class AddFinding(FormPage):
    """Write down a finding; the address may name what it is about ("?gegenstand=voucher:12")."""

    guard = permissions.is_auditor
    purpose = "Eine Feststellung der Prüfung erfassen"
    form_class = FindingForm
    template_name = "programme/add_finding.html"

    def get_initial(self) -> dict[str, Any]:
        kind, _, number = self.request.GET.get("gegenstand", "").partition(":")
        return {"kind": kind, "number": number if number.isdecimal() else ""}

    def act(self, form: FindingForm) -> HttpResponse:
        programme = Programme.objects.current()
        finding = findings.record(programme=programme, entry=form.entry, by=self.person)
        messages.success(self.request, f"{finding} ist erfasst und wartet auf eine Antwort.")
        return redirect("programme:finding", finding.number)


class OneFinding(Guarded):
    """A page about the finding in its address."""

    guard = permissions.may_see_audit_room

    @cached_property
    def finding(self) -> AuditFinding:
        found = queries.findings(programme=Programme.objects.current())
        return get_object_or_404(found, number=self.kwargs["number"])

    def guarded(self) -> AuditFinding:
        return self.finding

    def details(self) -> dict[str, Any]:
        """Return what the page of a finding shows."""
        row, user = self.finding, self.request.user
        is_open = row.state != FindingState.CLOSED
        seen = {"seen_version": row.revision}
        return {
            "finding": row,
            "title": str(row),
            "subject_url": queries.subject_url(row.subject_key),
            "history": history_of(row),
            "may_answer": permissions.is_finance(user) and is_open and row.found_by_id != user.pk,
            "may_correct": permissions.is_auditor(user) and is_open,
            "may_close": permissions.is_auditor(user)
            and row.state == FindingState.ANSWERED
            and row.answered_by_id != user.pk,
            "answer_form": AnswerForm(initial=seen | {"text": row.answer}, auto_id="id_answer_%s"),
            "close_form": ApproveForm(initial=seen, auto_id="id_close_%s"),
            "answer_key": uuid4(),
            "close_key": uuid4(),
        }


class FindingPage(OneFinding, Page):
    """Everything about one finding."""

    guard = permissions.may_see_audit_room
    template_name = "programme/finding.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.details()


class EditFinding(OneFinding, WhileOpen):
    """Change a finding; whoever saves an outdated one sees both texts."""

    guard = permissions.is_auditor
    purpose = "Eine Feststellung der Prüfung ändern"
    form_class = FindingForm
    template_name = "programme/edit_finding.html"

    def still_open(self) -> None:
        may_be_corrected(self.finding)

    def page_of_record(self) -> str:
        return reverse("programme:finding", args=[self.finding.number])

    def stored(self) -> dict[str, Any]:
        """Return what stands now, by the names of the fields."""
        row = self.finding
        kind, _, number = row.subject_key.partition(":")
        names = ("text", "amount_eur", "follow_up_on")
        return {"kind": kind, "number": int(number)} | {name: getattr(row, name) for name in names}

    def get_initial(self) -> dict[str, Any]:
        return self.stored() | {"seen_version": self.finding.revision}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        found = {"finding": self.finding, "title": str(self.finding)}
        return context | found | {"differences": self.differences(context["form"])}

    def differences(self, form: FindingForm) -> list[Difference]:
        """Compare field by field if somebody else saved meanwhile; saving again is deliberate."""
        cleaned = getattr(form, "cleaned_data", {})
        if "seen_version" not in cleaned or cleaned["seen_version"] == self.finding.revision:
            return []
        form.now_seen(self.finding.revision)
        fields = {name: form.fields[name] for name in self.stored()}
        return differing(
            (str(field.label), told(self.stored()[name], field), told(cleaned.get(name), field))
            for name, field in fields.items()
        )

    def act(self, form: FindingForm) -> HttpResponse:
        row = findings.correct(
            finding=self.finding,
            seen_revision=form.cleaned_data["seen_version"] or 0,
            entry=form.entry,
            by=self.person,
        )
        messages.success(self.request, f"{row} ist geändert und wartet auf eine Antwort.")
        return redirect("programme:finding", row.number)


class Decide(OneFinding, FormPage):
    """Something done on the page of a finding, where its form stands."""

    guard = permissions.may_see_audit_room
    template_name = "programme/finding.html"
    http_method_names = ["post", "options"]
    own_form = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        prefix = self.own_form.removesuffix("_form")
        return super().get_form_kwargs() | {"auto_id": f"id_{prefix}_%s"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        key = self.own_form.replace("form", "key")
        return context | self.details() | {self.own_form: context["form"], key: self.form_key}

    def done(self, sentence: str) -> HttpResponse:
        """Go back to the page of the finding."""
        messages.success(self.request, sentence)
        return redirect("programme:finding", self.finding.number)


class AnswerFinding(Decide):
    guard = permissions.is_finance
    purpose = "Eine Feststellung der Prüfung beantworten"
    form_class = AnswerForm
    own_form = "answer_form"

    def act(self, form: AnswerForm) -> HttpResponse:
        row = findings.answer(
            finding=self.finding,
            seen_revision=form.cleaned_data["seen_version"],
            text=form.cleaned_data["text"],
            by=self.person,
        )
        return self.done(
            f"{row} ist beantwortet. Die Prüfung schließt sie, wenn alles geklärt ist."
        )


class CloseFinding(Decide):
    guard = permissions.is_auditor
    purpose = "Eine Feststellung der Prüfung schließen"
    form_class = ApproveForm
    own_form = "close_form"

    def act(self, form: ApproveForm) -> HttpResponse:
        row = findings.close(
            finding=self.finding,
            seen_revision=form.cleaned_data["seen_version"],
            by=self.person,
        )
        return self.done(f"{row} ist erledigt.")
