"""Corrections of an edition: enter one, take one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme.pages import FormPage
from publications import permissions
from publications.forms.errata import ErratumForm, WithdrawErratumForm
from publications.models import Edition, Erratum
from publications.queries import errata as queries
from publications.queries.editions import published_edition
from publications.services import errata as services


class Errata(FormPage):
    """The corrections of an edition, and the form for a new one."""

    guard = permissions.may_edit_publications
    purpose = "Einen Fehler in einer veröffentlichten Ausgabe korrigieren"
    template_name = "publications/errata.html"
    form_class = ErratumForm

    @cached_property
    def edition(self) -> Edition:
        found = published_edition(self.kwargs["slug"], self.kwargs["number"])
        return get_object_or_404(found.select_related("publication__programme"))

    def get_form_kwargs(self) -> dict[str, Any]:
        chapters = [(one["anchor"], one["title"]) for one in self.edition.snapshot["chapters"]]
        return super().get_form_kwargs() | {"chapters": chapters}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "programme": self.edition.publication.programme,
            "errata": list(queries.all_errata_of(edition=self.edition)),
        }

    def act(self, form: ErratumForm) -> HttpResponse:
        erratum = services.note(edition=self.edition, by=self.person, **form.cleaned_data)
        messages.success(
            self.request, f"Korrektur {erratum.number} steht in der Online-Ausgabe und im Feed."
        )
        return redirect("publications:errata", *self.kwargs.values())


class WithdrawErratum(FormPage):
    """Take a correction back, with the reason."""

    guard = permissions.may_edit_publications
    purpose = "Eine Korrektur zurücknehmen"
    template_name = "publications/withdraw_erratum.html"
    form_class = WithdrawErratumForm

    @cached_property
    def erratum(self) -> Erratum:
        known = Erratum.objects.select_related("edition__publication").defer("edition__snapshot")
        return get_object_or_404(
            known,
            edition__publication__slug=self.kwargs["slug"],
            edition__number=self.kwargs["number"],
            number=self.kwargs["erratum"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"erratum": self.erratum}

    def act(self, form: WithdrawErratumForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        services.withdraw(erratum=self.erratum, reason=reason, by=self.person)
        messages.success(self.request, f"Korrektur {self.erratum.number} ist zurückgenommen.")
        return redirect("publications:errata", self.kwargs["slug"], self.kwargs["number"])
