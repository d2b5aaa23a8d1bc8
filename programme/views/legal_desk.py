"""The administration edits contact data and legal texts."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.forms.legal import LegalNoticeForm, LegalPageForm, MarkedForm, NoticesForm
from programme.models import LegalNotice, LegalPage, Programme
from programme.pages import FormPage
from programme.queries import legal as legal_queries
from programme.rules.legal import is_review_due, mark_of
from programme.services import legal


class LegalForm(FormPage):
    """A record the administration keeps; two people who save at once see both versions."""

    form_class: type[MarkedForm]
    told: str
    goes_on: str
    clash: LegalNotice | LegalPage | Programme | None = None

    @property
    def record(self) -> LegalNotice | LegalPage | Programme:
        """What the form is about."""
        raise NotImplementedError

    @property
    def columns(self) -> list[str]:
        return [name for name in self.form_class.base_fields if name != "seen"]

    def get_initial(self) -> dict[str, Any]:
        stands = model_to_dict(self.record, self.columns)
        return stands | {"seen": mark_of(self.record, self.columns)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = model_to_dict(self.clash, self.columns) if self.clash else {}
        return context | {
            "differences": context["form"].differences(stands) if stands else [],
        }

    def act(self, form: Any) -> HttpResponse:
        try:
            self.hand_over(form)
        except legal.LegalClash as clash:
            self.clash = clash.current
            form.mark_seen(mark_of(clash.current, self.columns))
            raise
        messages.success(self.request, self.told)
        return redirect(self.goes_on)

    def hand_over(self, form: Any) -> None:
        """Hand over to the service."""
        raise NotImplementedError


class EditLegalNotice(LegalForm):
    guard = permissions.may_edit_legal_pages
    purpose = "Anbieterangaben und Kontaktdaten pflegen"
    template_name = "programme/edit_legal_notice.html"
    form_class = LegalNoticeForm
    told = "Die Anbieterangaben sind gespeichert."
    goes_on = "programme:edit_legal_notice"

    @cached_property
    def record(self) -> LegalNotice:
        try:
            return legal_queries.legal_notice()
        except LegalNotice.DoesNotExist as error:
            raise Http404 from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reviewed_on = self.record.accessibility_reviewed_on
        return super().get_context_data(**kwargs) | {
            "pages": legal_queries.legal_pages(),
            "review_due": is_review_due(reviewed_on=reviewed_on, today=clock.today()),
            "reviewed_on": reviewed_on,
        }

    def hand_over(self, form: LegalNoticeForm) -> None:
        legal.edit_notice(
            notice=self.record, values=form.values(), seen=form.cleaned_data["seen"], by=self.person
        )


class EditNotices(LegalForm):
    guard = permissions.may_edit_notices
    purpose = "Bestellpostfach und Hinweise der Publikationen pflegen"
    template_name = "programme/edit_programme_notices.html"
    form_class = NoticesForm
    told = "Bestellpostfach und Hinweise sind gespeichert."
    goes_on = "programme:edit_programme_notices"

    @cached_property
    def record(self) -> Programme:
        return Programme.objects.current()

    def hand_over(self, form: NoticesForm) -> None:
        legal.edit_programme_notices(
            programme=self.record,
            values=form.values(),
            seen=form.cleaned_data["seen"],
            by=self.person,
        )


class EditLegalPage(LegalForm):
    guard = permissions.may_edit_legal_pages
    purpose = "Den Text einer Pflichtseite pflegen"
    template_name = "programme/edit_legal_page.html"
    form_class = LegalPageForm
    told = "Der Text ist gespeichert."
    goes_on = "programme:edit_legal_notice"

    @cached_property
    def record(self) -> LegalPage:
        return get_object_or_404(LegalPage, programme__is_current=True, kind=self.kwargs["kind"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": self.record}

    def hand_over(self, form: LegalPageForm) -> None:
        cleaned = form.cleaned_data
        legal.edit_page(
            page=self.record, body=cleaned["body"], seen=cleaned["seen"], by=self.person
        )
