"""The limits of a title and the rules of region and purpose, kept by the office."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.pages import FormPage
from programme.permissions import is_office
from publications.forms.order_terms import RuleForm, TermsForm, written
from publications.models import OrderRule, Publication
from publications.services import order_terms


class EditTerms(FormPage):
    """How many copies of a title may be ordered; names the rules that hold besides."""

    guard = is_office
    purpose = "Bestellgrenzen einer Publikation festlegen"
    template_name = "publications/order_terms.html"
    form_class = TermsForm

    @cached_property
    def publication(self) -> Publication:
        return get_object_or_404(Publication, slug=self.kwargs["slug"])

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.publication, name) for name in TermsForm.base_fields}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = OrderRule.objects.filter(programme=self.publication.programme_id)
        return super().get_context_data(**kwargs) | {
            "publication": self.publication,
            "rules": rules,
        }

    def act(self, form: TermsForm) -> HttpResponse:
        order_terms.set_terms(publication=self.publication, terms=form.terms(), by=self.person)
        messages.success(self.request, "Die Bestellgrenzen sind gespeichert.")
        return redirect("publications:order_terms", slug=self.publication.slug)


class EditRule(FormPage):
    """One rule of region or purpose."""

    guard = is_office
    purpose = "Eine Regel für Bestellungen ändern"
    template_name = "publications/order_rule.html"
    form_class = RuleForm

    @cached_property
    def rule(self) -> OrderRule:
        return get_object_or_404(OrderRule, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rule": self.rule}

    def get_initial(self) -> dict[str, Any]:
        names = ("text", "effect", "from_copies", "is_active")
        kept = {name: getattr(self.rule, name) for name in names}
        return kept | {"postcodes": written(self.rule.postcodes)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"rule": self.rule}

    def act(self, form: RuleForm) -> HttpResponse:
        order_terms.set_rule(rule=self.rule, values=form.cleaned_data, by=self.person)
        messages.success(self.request, "Die Regel ist gespeichert.")
        return redirect("publications:order_rule", pk=self.rule.pk)
