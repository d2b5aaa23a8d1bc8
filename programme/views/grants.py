"""Notices of the granting authorities and the numbers of the rules they set."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.forms.grants import GrantNoticeForm, NewValueForm
from programme.models import GrantNotice, Programme, RuleParameter
from programme.pages import FormPage, Page
from programme.queries import grants as queries
from programme.queries.parameters import fact, latest_number
from programme.queries.proof_checks import proof_checks
from programme.rules.grants import NoticeEntry
from programme.rules.money import written
from programme.services import grants, parameters
from programme.services.funding_documents import NewPaper


class GrantNotices(Page):
    """What each source has granted, by which notices, and on which numbers."""

    guard = permissions.may_see_funding
    template_name = "programme/grant_notices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "rows": queries.sources_with_notices(programme=programme),
            "checks": proof_checks(),
            "may_record": permissions.is_finance(self.request.user),
        }


class AddGrantNotice(FormPage):
    """Record a notice with its file."""

    guard = permissions.is_finance
    purpose = "Einen Bescheid einer Förderquelle erfassen"
    template_name = "programme/grant_notice_form.html"
    form_class = GrantNoticeForm

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("quelle", "")
        source = next(
            (row for row in queries.sources(programme=self.programme) if row.key == asked), None
        )
        return super().get_initial() | ({"source": source.pk} if source else {})

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programme": self.programme}

    def act(self, form: GrantNoticeForm) -> HttpResponse:
        upload = form.cleaned_data["paper"]
        notice = grants.record(
            entry=form.entry,
            paper=NewPaper(upload.checked, upload.content),
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(
            self.request,
            f"{notice} ist erfasst. Bewilligt sind {written(notice.source.granted_eur)}.",
        )
        return redirect("programme:grant_notices")


class EditGrantNotice(FormPage):
    """Mend what was typed wrongly from a notice."""

    guard = permissions.is_finance
    purpose = "Einen erfassten Bescheid berichtigen"
    template_name = "programme/grant_notice_form.html"
    form_class = GrantNoticeForm

    @cached_property
    def notice(self) -> GrantNotice:
        found = queries.notices(programme=Programme.objects.current())
        return get_object_or_404(found.select_related("source__programme"), pk=self.kwargs["pk"])

    def guarded(self) -> GrantNotice:
        return self.notice

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.notice, name) for name in NoticeEntry.__dataclass_fields__}

    def get_form_kwargs(self) -> dict[str, Any]:
        notice = self.notice
        extra = {"programme": notice.source.programme, "has_paper": notice.document_id is not None}
        return super().get_form_kwargs() | extra

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"notice": self.notice}

    def act(self, form: GrantNoticeForm) -> HttpResponse:
        notice = grants.correct(
            notice=self.notice,
            entry=form.entry,
            paper=form.new_paper,
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(self.request, f"{notice} ist berichtigt.")
        return redirect("programme:grant_notices")


class FollowParameter(FormPage):
    """Let a number of the rules have a new value from a day on."""

    guard = permissions.is_finance
    purpose = "Eine Regelgröße mit neuer Gültigkeit eintragen"
    template_name = "programme/follow_parameter.html"
    form_class = NewValueForm

    @cached_property
    def number(self) -> RuleParameter:
        found = latest_number(
            programme=Programme.objects.current(),
            source=self.kwargs["source"],
            key=self.kwargs["key"],
        )
        return get_object_or_404(found)

    def guarded(self) -> RuleParameter:
        return self.number

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"number": self.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "number": self.number,
            "fact": fact(self.number),
        }

    def act(self, form: NewValueForm) -> HttpResponse:
        number = parameters.follow(
            number=self.number,
            new=form.new,
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(
            self.request,
            f"„{number.get_key_display()}“ gilt ab {number.valid_from:%d.%m.%Y} mit neuem Wert.",
        )
        return redirect("programme:grant_notices")
