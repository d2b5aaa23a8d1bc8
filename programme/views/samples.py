"""Samples of an audit: drawn, looked at, handed out as a binder."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.forms.inspections import SampleForm
from programme.models import AuditSample, Programme
from programme.pages import FormPage, Guarded, ListPage, Page
from programme.queries import samples as queries
from programme.queries.funding import line_figures
from programme.services import binders, samples
from programme.views.audit_room import OneVoucherChain


class SampleList(ListPage):
    """All samples, the newest first."""

    guard = permissions.may_see_audit_room
    template_name = "programme/samples.html"

    def get_queryset(self) -> QuerySet[AuditSample]:
        return queries.samples(programme=Programme.objects.current())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_draw = permissions.is_auditor(self.request.user)
        return super().get_context_data(**kwargs) | {"may_draw": may_draw}


class DrawSample(FormPage):
    guard = permissions.is_auditor
    purpose = "Eine Stichprobe aus den Belegen ziehen"
    form_class = SampleForm
    template_name = "programme/draw_sample.html"

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def get_form_kwargs(self) -> dict[str, Any]:
        as_of = clock.default_as_of(self.programme.starts_on, self.programme.ends_on)
        lines = line_figures(programme=self.programme, as_of=as_of)
        return super().get_form_kwargs() | {"lines": lines, "initial": {"size": 5}}

    def act(self, form: SampleForm) -> HttpResponse:
        sample = samples.draw(programme=self.programme, entry=form.entry, by=self.person)
        messages.success(self.request, f"Die Stichprobe ist gezogen, Startwert {sample.seed}.")
        return redirect("programme:sample", sample.pk)


class OneSample(Guarded):
    """A page about the sample in its address."""

    guard = permissions.may_see_audit_room

    @cached_property
    def sample(self) -> AuditSample:
        found = queries.samples(programme=Programme.objects.current())
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def guarded(self) -> AuditSample:
        return self.sample


class SamplePage(OneSample, Page):
    """Which vouchers were drawn, and how anybody can reckon that again."""

    guard = permissions.may_see_audit_room
    template_name = "programme/sample.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "sample": self.sample,
            "title": str(self.sample),
            "minimum_eur": Decimal(self.sample.criteria.get("minimum_eur", 0)),
            "rows": queries.drawn(sample=self.sample),
        }


class PrintSampleBinder(OneSample, FormPage):
    """Ask for the binder of all vouchers of the sample."""

    guard = permissions.may_see_audit_room
    purpose = "Die Nachweismappe einer Stichprobe anfordern"
    http_method_names = ["post", "options"]
    form_class = forms.Form
    template_name = "programme/sample.html"

    def act(self, form: Any) -> HttpResponse:
        printout = binders.of_sample(sample=self.sample, by=self.person)
        return redirect("programme:printout", printout.pk)


class PrintVoucherBinder(OneVoucherChain, FormPage):
    """Ask for the binder of one voucher."""

    guard = permissions.may_see_audit_room
    purpose = "Die Nachweismappe eines Belegs anfordern"
    http_method_names = ["post", "options"]
    form_class = forms.Form
    template_name = "programme/voucher_chain.html"

    def act(self, form: Any) -> HttpResponse:
        printout = binders.of_voucher(voucher=self.voucher, by=self.person)
        return redirect("programme:printout", printout.pk)
