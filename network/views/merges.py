"""Merge two entries of the directory: choose, look, do."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from network.forms.merges import MergeForm
from network.models import Organisation
from network.permissions import may_run_network
from network.queries import merges as queries
from network.services import merges
from network.views.organisations import OneOrganisation
from programme.pages import FormPage


class MergeOrganisation(OneOrganisation, FormPage):
    """Choose the entry that stays, see what moves and what stands against it, then do it."""

    guard = may_run_network
    purpose = "Zwei Einträge des Verzeichnisses zusammenführen"
    template_name = "network/merge_organisation.html"
    form_class = MergeForm

    @cached_property
    def candidates(self) -> list[Organisation]:
        return queries.candidates(source=self.organisation)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"candidates": self.candidates}

    def get_initial(self) -> dict[str, Any]:
        return {"target": self.request.GET.get("mit", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.POST.get("target") or self.request.GET.get("mit", "")
        target = next((row for row in self.candidates if row.slug == asked), None)
        found = queries.merge(source=self.organisation, target=target) if target else None
        return super().get_context_data(**kwargs) | {
            "candidates": self.candidates,
            "target": target,
            "merge": found,
            "is_unchosen": found is None and ("mit" in self.request.GET or self.request.POST),
        }

    def act(self, form: MergeForm) -> HttpResponse:
        target = merges.merge(source=self.organisation, target=form.chosen(), by=self.person)
        messages.success(
            self.request, f"„{self.organisation.name}“ ist jetzt Teil von „{target.name}“."
        )
        return redirect("network:organisation", target.slug)
