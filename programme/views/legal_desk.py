"""The administration edits contact data and legal texts."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.forms.legal import LegalNoticeForm, LegalPageForm, NoticesForm
from programme.models import LegalNotice, LegalPage, Programme
from programme.pages import FormPage
from programme.queries import legal as legal_queries
from programme.rules.legal import is_review_due
from programme.services import legal


class EditLegalNotice(FormPage):
    guard = permissions.may_edit_legal_pages
    purpose = "Anbieterangaben und Kontaktdaten pflegen"
    template_name = "programme/edit_legal_notice.html"
    form_class = LegalNoticeForm

    @cached_property
    def notice(self) -> LegalNotice:
        try:
            return legal_queries.legal_notice()
        except LegalNotice.DoesNotExist as error:
            raise Http404 from error

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"initial": model_to_dict(self.notice)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reviewed_on = self.notice.accessibility_reviewed_on
        return super().get_context_data(**kwargs) | {
            "pages": legal_queries.legal_pages(),
            "review_due": is_review_due(reviewed_on=reviewed_on, today=clock.today()),
            "reviewed_on": reviewed_on,
        }

    def act(self, form: LegalNoticeForm) -> HttpResponse:
        legal.edit_notice(notice=self.notice, values=form.cleaned_data, by=self.person)
        messages.success(self.request, "Die Anbieterangaben sind gespeichert.")
        return redirect("programme:edit_legal_notice")


class EditNotices(FormPage):
    guard = permissions.may_edit_notices
    purpose = "Bestellpostfach und Hinweise der Publikationen pflegen"
    template_name = "programme/edit_programme_notices.html"
    form_class = NoticesForm

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"initial": model_to_dict(self.programme)}

    def act(self, form: NoticesForm) -> HttpResponse:
        legal.edit_programme_notices(
            programme=self.programme, values=form.cleaned_data, by=self.person
        )
        messages.success(self.request, "Bestellpostfach und Hinweise sind gespeichert.")
        return redirect("programme:edit_programme_notices")


class EditLegalPage(FormPage):
    guard = permissions.may_edit_legal_pages
    purpose = "Den Text einer Pflichtseite pflegen"
    template_name = "programme/edit_legal_page.html"
    form_class = LegalPageForm

    @cached_property
    def page(self) -> LegalPage:
        return get_object_or_404(LegalPage, programme__is_current=True, kind=self.kwargs["kind"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"initial": {"body": self.page.body}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": self.page}

    def act(self, form: LegalPageForm) -> HttpResponse:
        legal.edit_page(page=self.page, body=form.cleaned_data["body"], by=self.person)
        messages.success(self.request, "Der Text ist gespeichert.")
        return redirect("programme:edit_legal_notice")
