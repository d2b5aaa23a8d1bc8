"""Organisations and their bodies: enter, change, end."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.forms.organisations import BodyForm, EndForm, OrganisationForm, StandingForm
from network.models import Organisation, PublicBody
from network.permissions import may_run_network
from network.queries.organisations import obstacles_to_end
from network.rules.organisations import OrganisationDetails
from network.rules.public_bodies import Standing
from network.services import organisations, public_bodies
from programme import clock
from programme.errors import RuleBroken
from programme.pages import FormPage, Guarded


class AddOrganisation(FormPage):
    """Enter an organisation of any kind."""

    guard = may_run_network
    purpose = "Eine Organisation ins Verzeichnis eintragen"
    template_name = "network/add_organisation.html"
    form_class = OrganisationForm

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": clock.today()}

    def act(self, form: OrganisationForm) -> HttpResponse:
        made = organisations.add(details=form.details(), by=self.person)
        messages.success(
            self.request, f"{made} steht im Verzeichnis. Es fehlt noch ein Kontakt für die Post."
        )
        return redirect("network:organisation", made.slug)


class OneOrganisation:
    """Finds the organisation the address names, once a request."""

    kwargs: dict[str, Any]

    @cached_property
    def organisation(self) -> Organisation:
        rows = Organisation.objects.select_related("merged_into")
        return get_object_or_404(rows, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"organisation": self.organisation}

    def to_organisation(self) -> HttpResponse:
        return redirect("network:organisation", self.organisation.slug)


class ChangeOrganisation(OneOrganisation, FormPage):
    """Correct an organisation."""

    guard = may_run_network
    purpose = "Eine Organisation des Verzeichnisses ändern"
    template_name = "network/change_organisation.html"
    form_class = OrganisationForm

    def get_initial(self) -> dict[str, Any]:
        names = OrganisationDetails.__dataclass_fields__
        return {name: getattr(self.organisation, name) for name in names}

    def act(self, form: OrganisationForm) -> HttpResponse:
        organisations.change(organisation=self.organisation, details=form.details(), by=self.person)
        messages.success(self.request, "Die Änderungen sind gespeichert.")
        return self.to_organisation()


class EndOrganisation(OneOrganisation, FormPage):
    """Say until when an organisation exists, and what still stands against it."""

    guard = may_run_network
    purpose = "Das Ende einer Organisation eintragen"
    template_name = "network/end_organisation.html"
    form_class = EndForm

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": clock.today()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        obstacles = obstacles_to_end(organisation=self.organisation, last_day=clock.today())
        return super().get_context_data(**kwargs) | {"obstacles": obstacles}

    def act(self, form: EndForm) -> HttpResponse:
        last_day = form.cleaned_data["last_day"]
        organisations.end(organisation=self.organisation, last_day=last_day, by=self.person)
        messages.success(
            self.request, f"{self.organisation} besteht nur bis zum {last_day:%d.%m.%Y}."
        )
        return self.to_organisation()


class ReopenOrganisation(OneOrganisation, Guarded):
    """Take the end of an organisation back."""

    guard = may_run_network
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            organisations.reopen(organisation=self.organisation, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, f"{self.organisation} besteht weiter.")
        return self.to_organisation()


class AddBody(OneOrganisation, FormPage):
    """Enter a district or city an office works for."""

    guard = may_run_network
    purpose = "Eine Körperschaft einer Ausländerbehörde eintragen"
    template_name = "network/add_body.html"
    form_class = BodyForm

    def act(self, form: BodyForm) -> HttpResponse:
        body = public_bodies.add(
            office=self.organisation,
            details=form.details(),
            valid_from=form.valid_from(),
            by=self.person,
        )
        messages.success(self.request, f"{body} ist eingetragen.")
        return self.to_organisation()


class OneBody(OneOrganisation):
    """Finds the body the address names, at its own office only."""

    @cached_property
    def body(self) -> PublicBody:
        rows = PublicBody.objects.select_related("office")
        return get_object_or_404(rows, office__slug=self.kwargs["slug"], pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"body": self.body}


class ChangeBody(OneBody, FormPage):
    """Let a body have another status, key or office from a day on."""

    guard = may_run_network
    purpose = "Den Stand einer Körperschaft ab einem Tag ändern"
    template_name = "network/change_body.html"
    form_class = StandingForm

    def get_initial(self) -> dict[str, Any]:
        names = (*Standing.__dataclass_fields__, "office")
        return {name: getattr(self.body, name) for name in names}

    def act(self, form: StandingForm) -> HttpResponse:
        body = public_bodies.change_standing(
            body=self.body,
            standing=form.standing(),
            office=form.cleaned_data["office"],
            from_day=form.cleaned_data["from_day"],
            by=self.person,
        )
        messages.success(
            self.request, f"Ab {body.valid_from:%d.%m.%Y} gilt der neue Stand von {body}."
        )
        return redirect("network:organisation", body.office.slug)


class EndBody(OneBody, FormPage):
    """Say until when a body exists."""

    guard = may_run_network
    purpose = "Das Ende einer Körperschaft eintragen"
    template_name = "network/end_body.html"
    form_class = EndForm

    def act(self, form: EndForm) -> HttpResponse:
        last_day = form.cleaned_data["last_day"]
        public_bodies.end(body=self.body, last_day=last_day, by=self.person)
        messages.success(self.request, f"{self.body} gilt bis zum {last_day:%d.%m.%Y}.")
        return self.to_organisation()
